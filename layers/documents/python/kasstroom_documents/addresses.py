"""Addresses as documents write them, split into the parts a letter and a match need."""

from __future__ import annotations

import re

from kasstroom.debtors.model import Address
from kasstroom_documents.text import MAX_LINE, clean

_NUMBER = r"[0-9]{1,5}\s?[A-Za-z]{0,3}(?:\s?[-/ ]\s?[A-Za-z0-9]{1,4})?"
_STREET_AND_NUMBER = re.compile(rf"(?P<street>.*[^\s,])[\s,]+(?P<number>{_NUMBER})\Z")
_ONLY_NUMBER = re.compile(rf"{_NUMBER}\Z")
_NL_POSTCODE = re.compile(r"([1-9][0-9]{3})\s?([A-Za-z]{2})\Z")
_COUNTRIES = {
    "NL": ("NLD", "NEDERLAND", "NETHERLANDS", "THE NETHERLANDS", "HOLLAND"),
    "BE": ("BEL", "BELGIE", "BELGIË", "BELGIUM"),
    "DE": ("DEU", "DUITSLAND", "GERMANY", "DEUTSCHLAND"),
    "FR": ("FRA", "FRANKRIJK", "FRANCE"),
    "LU": ("LUX", "LUXEMBURG", "LUXEMBOURG"),
    "GB": ("GBR", "UK", "VERENIGD KONINKRIJK", "UNITED KINGDOM"),
}
_BY_NAME = {name: code for code, names in _COUNTRIES.items() for name in names}


def country_code(text: str) -> str:
    """ISO 3166 alpha-2 from a code or a common name; empty when it is neither."""
    upper = clean(text).upper()
    known = _BY_NAME.get(upper, upper)
    return known if re.fullmatch("[A-Z]{2}", known) else ""


def address(
    street: str = "",
    house_number: str = "",
    postcode: str = "",
    city: str = "",
    country: str = "NL",
    addition: str = "",
) -> Address:
    """An address; the house number is taken from the street line when it has none of its own.

    `addition` is a second street line: it counts only when it is a house number.
    """
    street, house_number, addition = (clean(t)[:MAX_LINE] for t in (street, house_number, addition))
    if not house_number and _ONLY_NUMBER.match(addition):
        house_number = addition
    if not house_number and (split := _STREET_AND_NUMBER.match(street)):
        street, house_number = split["street"], split["number"]
    return Address(street, house_number, _postcode(postcode, country), _line(city), country)


def _line(text: str) -> str:
    return clean(text)[:MAX_LINE]


def _postcode(text: str, country: str) -> str:
    cleaned = _line(text).upper()
    if country == "NL" and (match := _NL_POSTCODE.match(cleaned)):
        return f"{match[1]} {match[2]}"
    return cleaned
