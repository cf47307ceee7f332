"""Whether a number can be what it says it is: form and check digits, nobody is asked."""

from __future__ import annotations

from typing import Protocol


class Identities(Protocol):
    """The adapter is `kasstroom_partners.identities.CheckedIdentities`.

    True says that the number is well-formed, not that it is in use: for that the register or VIES
    is asked (`kasstroom.screening`). Spaces, dots and dashes do not matter.
    """

    def iban_ok(self, iban: str) -> bool:
        """ISO 13616: length by country and the two check digits (mod 97)."""
        ...

    def vat_ok(self, vat: str, country: str = "") -> bool:
        """An EU VAT number. With `country` (two letters, `NL`) the number may lack its prefix and
        must belong to that country; a country outside the EU has no rule here and is True."""
        ...

    def kvk_ok(self, kvk: str) -> bool:
        """A Dutch trade-register number: eight digits; it has no check digit."""
        ...
