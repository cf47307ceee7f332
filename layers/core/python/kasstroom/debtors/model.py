"""The debtor: the party that owes, with how to reach it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kasstroom.changes import Versioned
from kasstroom.organisations.model import Language
from kasstroom.time import Instant


class DebtorKind(StrEnum):
    COMPANY = "company"
    SOLE_TRADER = "sole_trader"
    PARTNERSHIP = "partnership"
    CONSUMER = "consumer"


NATURAL_PERSONS = frozenset({DebtorKind.SOLE_TRADER, DebtorKind.PARTNERSHIP, DebtorKind.CONSUMER})
"""Kinds whose owner is personally liable: GDPR art. 22 and contact-hour rules apply to them."""


OWNED_BY_PEOPLE = frozenset({"eenmanszaak", "vof", "maatschap", "cv"})
"""The same of what a trade register calls the legal form, whatever we were told."""


class Channel(StrEnum):
    """How a debtor can be reached. A new channel is one line here and one adapter file."""

    EMAIL = "email"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    LETTER = "letter"
    PHONE = "phone"


class IdentifierScheme(StrEnum):
    KVK = "kvk"
    VAT = "vat"
    OIN = "oin"
    GLN = "gln"
    PEPPOL = "peppol"
    ERP = "erp"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Address:
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "NL"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number somebody else knows the debtor by."""

    scheme: IdentifierScheme
    value: str


@dataclass(frozen=True, slots=True)
class Contact:
    """`phone` is E.164 (`+31612345678`); WhatsApp needs `whatsapp_opt_in_at` (opt-in proof)."""

    email: str = ""
    phone: str = ""
    whatsapp_opt_in_at: Instant | None = None
    preferred: Channel = Channel.EMAIL


@dataclass(frozen=True, slots=True)
class Debtor(Versioned):
    """`number` is the debtor's number in the creditor's books and unique per organisation.
    `sector` is an SBI code or the creditor's own word; `employees` None: not known."""

    org: str
    number: str
    name: str
    kind: DebtorKind
    created_at: datetime
    language: Language = Language.NL
    address: Address = field(default_factory=Address)
    contact: Contact = field(default_factory=Contact)
    identifiers: tuple[Identifier, ...] = ()
    sector: str = ""
    employees: int | None = None

    @property
    def is_natural_person(self) -> bool:
        return self.kind in NATURAL_PERSONS


@dataclass(frozen=True, slots=True)
class Listed:
    """A debtor in the organisation's list, which is kept beside the debtor itself."""

    org: str
    number: str
    created_at: datetime
