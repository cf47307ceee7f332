"""A debtor's address as the post reads it.

PostNL: name; street and number; postcode, two spaces, town in capitals; three to six lines. Abroad
the country comes last, in capitals, in a language the sending country sorts by (UPU S42).
"""

from __future__ import annotations

from kasstroom.debtors.addresses import tidy
from kasstroom.debtors.model import Address, Debtor
from kasstroom.messages.countries import COUNTRIES

HOME = "NL"
NUMBER_FIRST = frozenset({"AU", "CA", "FR", "GB", "IE", "LU", "NZ", "US"})
"""Where the house number stands before the street."""
POSTCODE_LAST = frozenset({"AU", "CA", "GB", "IE", "NZ", "US"})
"""Where the postcode stands behind the town, in Great Britain and Ireland on a line of its own."""
OWN_LINE = frozenset({"GB", "IE"})
NO_POSTCODE = frozenset({"AE", "HK", "IE", "QA", "SR", "AW", "CW", "SX"})


def missing_address(debtor: Debtor) -> tuple[str, ...]:
    """What a letter needs and the debtor's address lacks, by field name; empty: it can be sent."""
    address = tidy(debtor.address)
    needed = {"street": address.street, "city": address.city}
    if address.country not in NO_POSTCODE:
        needed["postcode"] = address.postcode
    if address.country == HOME:
        needed["house_number"] = address.house_number
    needed["country"] = COUNTRIES.get(address.country, "")
    return tuple(name for name, value in needed.items() if not value.strip())


def postal_address(debtor: Debtor) -> tuple[str, ...]:
    """The lines of the address, name first; empty when something is missing of it."""
    if missing_address(debtor):
        return ()
    return (_one(debtor.name), *address_lines(debtor.address))


def address_lines(address: Address) -> tuple[str, ...]:
    """Street, town and, abroad, the country; written as the country of arrival wants it."""
    tidied = tidy(address)
    lines = (_street(tidied), *_town(tidied))
    abroad = (COUNTRIES[tidied.country],) if tidied.country != HOME else ()
    return tuple(line for line in (*lines, *abroad) if line)


def _street(address: Address) -> str:
    parts = [address.street, address.house_number]
    if address.country in NUMBER_FIRST:
        parts.reverse()
    return _one(" ".join(parts))


def _town(address: Address) -> tuple[str, ...]:
    city, postcode = _one(address.city).upper(), _one(address.postcode)
    if address.country in OWN_LINE:
        return city, postcode
    if address.country in POSTCODE_LAST:
        return (f"{city}  {postcode}".strip(),)
    between = "  " if address.country == HOME else " "
    return (f"{postcode}{between}{city}".strip(),)


def _one(text: str) -> str:
    return " ".join(text.split())
