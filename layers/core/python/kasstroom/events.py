"""Every fact we publish: one frozen dataclass each, its name on the bus beside it.

The JSON is a CloudEvents 1.0 envelope in EventBridge `detail` with the dataclass as `data`.
Schemas and samples in `events/published` are generated from here (`make schemas`); within a version
a field is never lost or retyped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from kasstroom.money import Money

SOURCE = "kasstroom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`subject` is the id of what it is about; `at` is the instant it became true (UTC)."""

    TYPE: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1
    org: str
    debtor: str
    subject: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtorCreated(Event):
    TYPE: ClassVar[str] = "debtor.created"
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtorUpdated(Event):
    TYPE: ClassVar[str] = "debtor.updated"
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLimitChanged(Event):
    TYPE: ClassVar[str] = "credit.limit.changed"
    limit: Money
    previous: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditDecisionMade(Event):
    TYPE: ClassVar[str] = "credit.decision.made"
    outcome: str
    amount: Money
    reasons: tuple[str, ...]
    order_reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationHeld(Event):
    TYPE: ClassVar[str] = "credit.reservation.held"
    amount: Money
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationCommitted(Event):
    TYPE: ClassVar[str] = "credit.reservation.committed"
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationReleased(Event):
    TYPE: ClassVar[str] = "credit.reservation.released"
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationConsumed(Event):
    TYPE: ClassVar[str] = "credit.reservation.consumed"
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationRenewed(Event):
    TYPE: ClassVar[str] = "credit.reservation.renewed"
    amount: Money
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationExpired(Event):
    TYPE: ClassVar[str] = "credit.reservation.expired"
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceIssued(Event):
    TYPE: ClassVar[str] = "invoice.issued"
    kind: str
    amount: Money
    issued_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePartiallyPaid(Event):
    TYPE: ClassVar[str] = "invoice.partially_paid"
    paid: Money
    open: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePaid(Event):
    TYPE: ClassVar[str] = "invoice.paid"
    paid: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceCredited(Event):
    TYPE: ClassVar[str] = "invoice.credited"
    credited: Money
    credit_note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReceived(Event):
    TYPE: ClassVar[str] = "payment.received"
    amount: Money
    provider: str
    provider_id: str
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentAllocated(Event):
    TYPE: ClassVar[str] = "payment.allocated"
    allocated: Money
    invoices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentUnmatched(Event):
    TYPE: ClassVar[str] = "payment.unmatched"
    amount: Money
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentLinkCreated(Event):
    TYPE: ClassVar[str] = "payment_link.created"
    invoices: tuple[str, ...]
    amount: Money
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentLinkPaid(Event):
    TYPE: ClassVar[str] = "payment_link.paid"
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentLinkRevoked(Event):
    TYPE: ClassVar[str] = "payment_link.revoked"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DunningSent(Event):
    TYPE: ClassVar[str] = "dunning.sent"
    step: str
    channel: str
    language: str
    invoices: tuple[str, ...]
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class DunningSkipped(Event):
    TYPE: ClassVar[str] = "dunning.skipped"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DunningStopped(Event):
    TYPE: ClassVar[str] = "dunning.stopped"
    reason: str


# A slotted dataclass replaces its class, so a name can be listed twice: the last one counts.
BY_TYPE: dict[str, type[Event]] = {event.TYPE: event for event in Event.__subclasses__()}
EVENTS: tuple[type[Event], ...] = tuple(BY_TYPE[name] for name in sorted(BY_TYPE))
