"""What a debtor must look like before it is kept."""

from __future__ import annotations

import re
from dataclasses import replace

from kasstroom.debtors.model import Debtor
from kasstroom.debtors.phone_numbers import e164, in_e164
from kasstroom.errors import Refused

NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+\.[^@\s]+\Z")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")


def tidied(debtor: Debtor) -> Debtor:
    """The same debtor with the telephone number in the form that can be dialled, as far as it is
    one."""
    if not debtor.contact.phone:
        return debtor
    phone = in_e164(debtor.contact.phone, debtor.address.country)
    return replace(debtor, contact=replace(debtor.contact, phone=phone))


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
    if contact.phone and e164(contact.phone) != contact.phone:
        detail = "Give the phone number with country code, such as +31612345678."
        raise Refused("invalid_phone", detail, "/body/contact/phone")
    if not _COUNTRY.match(debtor.address.country):
        detail = "Give the country as two letters, such as NL."
        raise Refused("invalid_country", detail, "/body/address/country")
    if len(debtor.sector) > 40:
        raise Refused("invalid_sector", "A sector has at most 40 characters.", "/body/sector")
    if debtor.employees is not None and not 0 <= debtor.employees <= 10_000_000:
        detail = "Give the number of people employed, 0 to 10000000."
        raise Refused("invalid_employees", detail, "/body/employees")
    for index, identifier in enumerate(debtor.identifiers):
        if not identifier.value.strip() or len(identifier.value) > 100:
            detail = "An identifier has 1 to 100 characters."
            raise Refused("invalid_identifier", detail, f"/body/identifiers/{index}/value")
