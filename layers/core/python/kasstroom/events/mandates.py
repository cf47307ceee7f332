"""What happens in direct debit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kasstroom.events import Event
from kasstroom.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateRegistered(Event):
    TYPE: ClassVar[str] = "mandate.registered"
    reference: str
    scheme: str
    signed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateSuspended(Event):
    """A return says that it cannot be used; `next_step` is what to do (`mandates.reasons`)."""

    TYPE: ClassVar[str] = "mandate.suspended"
    reference: str
    reason: str
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateAmended(Event):
    """The debtor pays from another account under the same mandate; the ends of both."""

    TYPE: ClassVar[str] = "mandate.amended"
    reference: str
    by: str
    account_end: str
    account_end_before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateRevoked(Event):
    TYPE: ClassVar[str] = "mandate.revoked"
    reference: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionAnnounced(Event):
    """Planned, and Kasstroom tells this debtor: `amount` is collected on `collect_on` from an
    account that ends in `account_end`, under the mandate `mandate`, by the creditor
    `creditor_id`."""

    TYPE: ClassVar[str] = "collection.announced"
    amount: Money
    collect_on: date
    invoices: tuple[str, ...]
    mandate: str
    creditor_id: str
    account_end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionExported(Event):
    """The file for the bank was made; `message_id` is its name there."""

    TYPE: ClassVar[str] = "collection.exported"
    message_id: str
    collect_on: date
    lines: int
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionCancelled(Event):
    """This debtor was told of a collection that does not take place."""

    TYPE: ClassVar[str] = "collection.cancelled"
    collect_on: date
    amount: Money
    invoices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionReturned(Event):
    """A direct debit was refused or came back; `reason` is the bank's code, `next_step` what to do
    about it."""

    TYPE: ClassVar[str] = "collection.returned"
    collection: str
    amount: Money
    reason: str
    next_step: str
    invoices: tuple[str, ...]
