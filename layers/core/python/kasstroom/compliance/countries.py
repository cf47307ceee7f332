"""The country packs there are. A new country is one module, one line here and its tests."""

from __future__ import annotations

from typing import Final

from kasstroom.compliance.country_be import BE
from kasstroom.compliance.country_de import DE
from kasstroom.compliance.country_nl import NL
from kasstroom.compliance.country_pack import CountryPack
from kasstroom.errors import Refused

HOME: Final = NL.code
COUNTRIES: Final = {pack.code: pack for pack in (NL, BE, DE)}


def country(code: str = HOME) -> CountryPack:
    """Refused for a country without a pack: its law is not known here."""
    try:
        return COUNTRIES[code]
    except KeyError:
        known = ", ".join(COUNTRIES)
        detail = f"The rules of {code!r} are not known; there are packs for {known}."
        raise Refused("unknown_country", detail, "/country") from None


def country_or_home(code: str) -> CountryPack:
    """For what must always have an answer, such as the hours of contact: without a pack those of
    home, the strictest we know."""
    return COUNTRIES.get(code, COUNTRIES[HOME])
