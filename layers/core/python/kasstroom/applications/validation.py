"""What an application must say before it can be sent. Every fault at once, each with its field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kasstroom.applications.model import LEGAL_FORMS, Applicant
from kasstroom.debtors.addresses import split_number
from kasstroom.debtors.identities import Identities
from kasstroom.debtors.model import DebtorKind
from kasstroom.errors import Refused
from kasstroom.money import EUR, Money

MOST = Money(1_000_000_000)
"""Ten million euros; above it something was mistyped."""
LONGEST_TERM_DAYS = 365
LONGEST_TEXT = 300
LONGEST = {"name": 200, "city": 100, "street": 200, "contact_name": 200}
_EMAIL = re.compile(r"[^@\s<>\"(),;:]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\Z")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}\Z")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")
_NL_POSTCODE = re.compile(r"[1-9]\d{3} [A-Z]{2}\Z")
_POSTCODE = re.compile(r"[0-9A-Z][0-9A-Z -]{1,9}\Z")
_NL_VAT = re.compile(r"NL(\d{9})B\d{2}\Z")

DETAILS = {
    "missing": "This is needed before the application can be sent.",
    "forbidden_character": "This text has a character that nobody can see; leave it out.",
    "too_long": "This is longer than we can keep.",
    "invalid_kvk": "A KvK number has eight digits, such as 12345678.",
    "invalid_vat": "This is not a VAT number; check the digits, such as NL004495445B01.",
    "vat_is_private": "Give the btw-id of the sole trader, not the older VAT number: that one holds"
    " the owner's citizen service number, which we may not keep (art. 46 UAVG).",
    "invalid_legal_form": "Choose one of the legal forms that go with this kind.",
    "invalid_house_number": "A house number begins with digits, such as 25 or 25-1a.",
    "invalid_postcode": "A Dutch postcode has four digits and two letters, such as 3511 ED.",
    "invalid_country": "Give the country as two letters, such as NL.",
    "invalid_email": "This is not an e-mail address such as name@company.nl.",
    "invalid_phone": "Give the phone number with country code, such as +31612345678.",
    "invalid_iban": "This is not an IBAN; check the digits, such as NL91 ABNA 0417 1643 00.",
    "invalid_amount": "Give an amount in euros above zero, such as 5000.00.",
    "amount_too_large": "Give an amount of at most ten million euros.",
    "wrong_currency": "Give the amount in EUR.",
    "invalid_terms": "A payment term has 1 to 365 days.",
    "not_asked": "This is not asked of a consumer; leave it out.",
    "consent_missing": "The applicant has to agree to the check first.",
}
"""What to put right, by code; pages have their own words for the same codes."""
_ADDRESS = ("street", "house_number", "postcode", "city", "country")
_BUSINESS = ("kvk", "vat", "legal_form", "contact_name", "phone", "iban", "terms_days")


@dataclass(frozen=True, slots=True)
class Fault:
    field: str
    code: str

    @property
    def pointer(self) -> str:
        inside = f"address/{self.field}" if self.field in _ADDRESS else self.field
        return f"/body/{inside}"

    @property
    def detail(self) -> str:
        return DETAILS[self.code]


class Incomplete(Refused):
    """The application cannot be sent yet; `faults` has everything there is to put right."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        first = faults[0]
        detail = f"The application cannot be sent yet. {first.field}: {first.detail}"
        super().__init__("application_incomplete", detail, first.pointer)
        self.faults = faults


def faults_of(data: Applicant, kind: DebtorKind, identities: Identities) -> tuple[Fault, ...]:
    """One fault per field at most, in the order of the form."""
    consumer = kind is DebtorKind.CONSUMER
    found = [
        *_party(data, kind, identities),
        *_address(data),
        *_contact(data, identities, consumer),
        *_wish(data),
    ]
    if consumer:
        found += [Fault(name, "not_asked") for name in _BUSINESS if getattr(data, name)]
    if not data.consent:
        found.append(Fault("consent", "consent_missing"))
    return tuple({fault.field: fault for fault in reversed(found)}.values())[::-1]


def too_long(data: Applicant) -> tuple[Fault, ...]:
    """What even a draft cannot hold."""
    held = {name: getattr(data, name) for name in Applicant.__dataclass_fields__}
    held |= {name: getattr(data.address, name) for name in _ADDRESS}
    texts = ((name, value) for name, value in held.items() if isinstance(value, str))
    return tuple(Fault(name, "too_long") for name, value in texts if len(value) > LONGEST_TEXT)


def _party(data: Applicant, kind: DebtorKind, identities: Identities) -> Iterator[Fault]:
    country = data.address.country
    yield from _text(data.name, "name")
    if kind is DebtorKind.CONSUMER:
        return
    if data.kvk and not identities.kvk_ok(data.kvk):
        yield Fault("kvk", "invalid_kvk")
    elif not data.kvk and country == "NL":
        yield Fault("kvk", "missing")
    if data.vat:
        yield from _vat(data.vat, country, kind, identities)
    elif country != "NL":
        yield Fault("vat", "missing")
    if data.legal_form not in LEGAL_FORMS[kind] and (data.legal_form or LEGAL_FORMS[kind]):
        yield Fault("legal_form", "invalid_legal_form" if data.legal_form else "missing")


def _vat(vat: str, country: str, kind: DebtorKind, identities: Identities) -> Iterator[Fault]:
    if not identities.vat_ok(vat, country):
        yield Fault("vat", "invalid_vat")
    elif kind is DebtorKind.SOLE_TRADER and _NL_VAT.match(vat) and not is_btw_id(vat):
        yield Fault("vat", "vat_is_private")


def is_btw_id(vat: str) -> bool:
    """Whether a Dutch VAT number is one of those given to sole traders since 2020, which say
    nothing about a person: with letters as numbers it leaves 1 by 97 (Belastingdienst)."""
    as_digits = "".join(str(int(sign, 36)) for sign in vat)
    return int(as_digits) % 97 == 1


def _address(data: Applicant) -> Iterator[Fault]:
    address = data.address
    yield from _text(address.street, "street")
    if not address.house_number:
        yield Fault("house_number", "missing")
    elif not split_number(address.house_number)[0].isdecimal():
        yield Fault("house_number", "invalid_house_number")
    form = _NL_POSTCODE if address.country == "NL" else _POSTCODE
    if not address.postcode:
        yield Fault("postcode", "missing")
    elif not form.match(address.postcode):
        yield Fault("postcode", "invalid_postcode")
    yield from _text(address.city, "city")
    if not _COUNTRY.match(address.country):
        yield Fault("country", "invalid_country")


def _contact(data: Applicant, identities: Identities, consumer: bool) -> Iterator[Fault]:
    if not consumer:
        yield from _text(data.contact_name, "contact_name")
    if not data.email:
        yield Fault("email", "missing")
    elif not _EMAIL.match(data.email) or len(data.email) > 254:
        yield Fault("email", "invalid_email")
    if data.phone and not _E164.match(data.phone):
        yield Fault("phone", "invalid_phone")
    if data.iban and not identities.iban_ok(data.iban):
        yield Fault("iban", "invalid_iban")


def _wish(data: Applicant) -> Iterator[Fault]:
    if data.requested is None:
        yield Fault("requested", "missing")
    elif data.requested.currency != EUR:
        yield Fault("requested", "wrong_currency")
    elif data.requested.minor <= 0:
        yield Fault("requested", "invalid_amount")
    elif data.requested > MOST:
        yield Fault("requested", "amount_too_large")
    if data.terms_days is not None and not 1 <= data.terms_days <= LONGEST_TERM_DAYS:
        yield Fault("terms_days", "invalid_terms")


def _text(value: str, field: str) -> Iterator[Fault]:
    if not value.strip():
        yield Fault(field, "missing")
    elif len(value) > LONGEST[field]:
        yield Fault(field, "too_long")
