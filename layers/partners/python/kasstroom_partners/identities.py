"""Form and check digits of numbers, by python-stdnum: nobody is asked."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_KVK = re.compile(r"[0-9]{8}\Z")
_NOISE = str.maketrans("", "", " .-")
_ASCII = re.compile(r"[A-Za-z0-9+*]*\Z")
_GREECE = {"GR": "EL"}
"""VAT numbers of Greece begin with EL."""


class CheckedIdentities:
    """`kasstroom.debtors.identities.Identities`. stdnum is loaded when it is first asked."""

    def iban_ok(self, iban: str) -> bool:
        from stdnum import iban as rule

        return _is_plain(iban) and rule.is_valid(iban)

    def vat_ok(self, vat: str, country: str = "") -> bool:
        bare = vat.translate(_NOISE).upper()
        if not bare or not _is_plain(bare):
            return False
        prefix = _GREECE.get(country.upper(), country.upper())
        if prefix and not _is_member(prefix):
            return True
        return _rule_of_eu().is_valid(_prefixed(bare, prefix))

    def kvk_ok(self, kvk: str) -> bool:
        return bool(_KVK.match(kvk.translate(_NOISE)))


def _is_plain(number: str) -> bool:
    """Digits of other scripts are no digits of a bank."""
    return bool(_ASCII.match(number.translate(_NOISE)))


def _prefixed(bare: str, prefix: str) -> str:
    """`004495445B01` of NL as `NL004495445B01`; what bears another country's prefix then fails."""
    return bare if bare.startswith(prefix) else f"{prefix}{bare}"


@cache
def _rule_of_eu() -> Any:
    from stdnum.eu import vat

    return vat


def _is_member(prefix: str) -> bool:
    """XI is Northern Ireland, which is in the VAT area for goods."""
    return prefix.lower() in {*_rule_of_eu().MEMBER_STATES, "el"}
