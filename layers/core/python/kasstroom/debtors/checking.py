"""What a debtor must look like before it is kept."""

from __future__ import annotations

import re

from kasstroom.debtors.model import Debtor
from kasstroom.errors import Refused

NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+\.[^@\s]+\Z")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}\Z")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")


def check(debtor: Debtor) -> None:
    """Refused says which field, and how it should be."""
    if not NUMBER.match(debtor.number):
        detail = "A debtor number has 1 to 64 letters, digits, dots, dashes or underscores."
        raise Refused("invalid_number", detail, "/body/number")
    if not debtor.name.strip() or len(debtor.name) > 200:
        raise Refused("invalid_name", "A name has 1 to 200 characters.", "/body/name")
    contact = debtor.contact
    if contact.email and not _EMAIL.match(contact.email):
        detail = "This is not an e-mail address such as name@company.nl."
        raise Refused("invalid_email", detail, "/body/contact/email")
    if contact.phone and not _E164.match(contact.phone):
        detail = "Give the phone number with country code, such as +31612345678."
        raise Refused("invalid_phone", detail, "/body/contact/phone")
    if not _COUNTRY.match(debtor.address.country):
        detail = "Give the country as two letters, such as NL."
        raise Refused("invalid_country", detail, "/body/address/country")
    for index, identifier in enumerate(debtor.identifiers):
        if not identifier.value.strip() or len(identifier.value) > 100:
            detail = "An identifier has 1 to 100 characters."
            raise Refused("invalid_identifier", detail, f"/body/identifiers/{index}/value")
