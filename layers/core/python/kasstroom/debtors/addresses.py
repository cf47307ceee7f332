"""Addresses as people type them: `25 1`, `25-1a`, `Kerkstraat 25 hs` are all understood."""

from __future__ import annotations

import re
from dataclasses import replace

from kasstroom.debtors.model import Address

_NUMBER = re.compile(r"([0-9]{1,5})(?![0-9])[-/ ,.]*(?:([0-9A-Za-z][-/ ,.0-9A-Za-z]{0,19}))?\Z")
_NUMBER_IN_STREET = re.compile(r"(?<=[\s,])[0-9]{1,5}(?![0-9])(?=.{0,20}\Z)")
_PART_OF_A_NAME = re.compile(r"(?:[0-9]{1,2}(?:e|de|ste|\.)|1[89][0-9]{2})(?:$|[^0-9A-Za-z])")
"""`2e`, `17.` and `1944` are more often in a street's name than on a door, when a number follows:
`Plein 1944 10`, `Straße des 17. Juni 135`."""
_BETWEEN = re.compile(r"[-/ ,.]")
_NL_POSTCODE = re.compile(r"([1-9][0-9]{3})\s*([A-Za-z]{2})\Z")


def split_number(written: str) -> tuple[str, str]:
    """`25 1` and `25-1a` as number and addition: `("25", "1")`, `("25", "1A")`. What is no
    number at all stays whole in the first place."""
    found = _NUMBER.match(written.strip())
    if found is None:
        return written.strip(), ""
    return found[1].lstrip("0") or "0", _BETWEEN.sub("", found[2] or "").upper()


def tidy(address: Address) -> Address:
    """The same address with the house number out of the street and the postcode as `1234 AB`.
    Nothing is lost but spaces and the comma before the number."""
    street, number = address.street.strip(), address.house_number.strip()
    if not number[:1].isdigit():
        # Only an addition, or nothing, was filled in where the number belongs.
        street, found = _split_street(street)
        number = f"{found} {number}".strip()
    return replace(
        address, street=street, house_number=number, city=address.city.strip(),
        postcode=_postcode(address),
    )  # fmt: skip


def address_key(address: Address) -> str:
    """What makes two spellings of an address the same: `3511ED-9`, `3511ED-9A`, `3511ED-9-1`, and
    `DE-10115-9` abroad; empty when it says too little. The addition counts, since another one is
    another door."""
    tidied = tidy(address)
    number, addition = split_number(tidied.house_number)
    postcode = re.sub(r"\s", "", tidied.postcode)
    if not postcode or not number:
        return ""
    country = "" if address.country == "NL" else f"{address.country}-"
    between = "-" if addition[:1].isdigit() else ""
    return f"{country}{postcode}-{number}{between}{addition}"


def _split_street(street: str) -> tuple[str, str]:
    """The street and the house number at its end, which is empty when there is none."""
    found = [m for m in _NUMBER_IN_STREET.finditer(street) if _has_letters(street[: m.start()])]
    if not found:
        return street, ""
    named = (m for m in found[:-1] if not _PART_OF_A_NAME.match(street, m.start()))
    at = next(named, found[-1]).start()
    return street[:at].rstrip(" ,\t\n"), street[at:]


def _has_letters(text: str) -> bool:
    return any(character.isalpha() for character in text)


def _postcode(address: Address) -> str:
    written = address.postcode.strip()
    if address.country == "NL" and (dutch := _NL_POSTCODE.match(written)):
        return f"{dutch[1]} {dutch[2].upper()}"
    return written.upper() if written.isascii() else written
