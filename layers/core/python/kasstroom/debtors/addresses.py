"""Addresses as people type them: `25 1`, `25-1a`, `Kerkstraat 25 hs` are all understood."""

from __future__ import annotations

import re
from dataclasses import replace

from kasstroom.debtors.model import Address

_NUMBER = re.compile(r"\s*(\d{1,5})\s*[-/ ,.]*\s*([0-9A-Za-z][0-9A-Za-z -]{0,19})?\s*\Z")
_STREET_WITH_NUMBER = re.compile(r"(?P<street>\D.*?)[ ,]+(?P<number>\d{1,5}\b.{0,20})\Z")
_NL_POSTCODE = re.compile(r"\s*([1-9]\d{3})\s*([A-Za-z]{2})\s*\Z")


def split_number(written: str) -> tuple[str, str]:
    """`25 1` and `25-1a` as number and addition: `("25", "1")`, `("25", "1A")`. What is no
    number at all stays whole in the first place."""
    found = _NUMBER.match(written)
    if found is None:
        return written.strip(), ""
    return found[1].lstrip("0") or "0", re.sub(r"[\s-]", "", found[2] or "").upper()


def tidy(address: Address) -> Address:
    """The same address with the house number out of the street and the postcode as `1234 AB`."""
    street, number = address.street.strip(), address.house_number.strip()
    if not number and (found := _STREET_WITH_NUMBER.match(street)):
        street, number = found["street"].strip(), found["number"].strip()
    postcode = address.postcode.strip().upper()
    if address.country == "NL" and (dutch := _NL_POSTCODE.match(postcode)):
        postcode = f"{dutch[1]} {dutch[2].upper()}"
    return replace(
        address, street=street, house_number=number, postcode=postcode, city=address.city.strip()
    )


def address_key(address: Address) -> str:
    """What makes two spellings of an address the same: `3511ED-9`; empty when it says too little.
    The addition counts, since another one is another door."""
    tidied = tidy(address)
    number, addition = split_number(tidied.house_number)
    postcode = re.sub(r"\s", "", tidied.postcode)
    if not postcode or not number:
        return ""
    return f"{postcode}-{number}{addition}"
