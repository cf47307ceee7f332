"""What happens in payments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kasstroom.events import Event
from kasstroom.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReceived(Event):
    TYPE: ClassVar[str] = "payment.received"
    amount: Money
    provider: str
    provider_id: str
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentNotCompleted(Event):
    """A payer began to pay on `link` and did not: `state` is failed, canceled or expired. The
    invoices are open as they were, and the payer may try again."""

    TYPE: ClassVar[str] = "payment.not_completed"
    amount: Money
    link: str
    provider: str
    provider_id: str
    state: str


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
    """Nothing is left to pay on it; `amount` came in on it, zero when it was paid another way."""

    TYPE: ClassVar[str] = "payment_link.paid"
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentLinkRevoked(Event):
    """Ended by people, or by itself: `reason` is then credited, written_off or disputed, and the
    link opens again when that is over."""

    TYPE: ClassVar[str] = "payment_link.revoked"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentLinkReissued(Event):
    """The same link opens with a new address only; the old one opens nothing any more."""

    TYPE: ClassVar[str] = "payment_link.reissued"
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRefunded(Event):
    """Money went back to the payer; `subject` is the payment."""

    TYPE: ClassVar[str] = "payment.refunded"
    amount: Money
    provider_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundReturned(Event):
    """A refund bounced: the money is ours again."""

    TYPE: ClassVar[str] = "payment.refund_returned"
    amount: Money
    provider_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentChargedBack(Event):
    TYPE: ClassVar[str] = "payment.charged_back"
    amount: Money
    provider_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargebackReversed(Event):
    TYPE: ClassVar[str] = "payment.chargeback_reversed"
    amount: Money
    provider_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReallocated(Event):
    """A person moved money to other invoices; `invoices` are the ones it pays now."""

    TYPE: ClassVar[str] = "payment.reallocated"
    invoices: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentDiffers(Event):
    """A provider's list and the ledger do not agree; `subject` is the provider's id."""

    TYPE: ClassVar[str] = "payment.differs"
    kind: str
    provider: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRequested(Event):
    """Money will be sent back; `subject` is the refund."""

    TYPE: ClassVar[str] = "refund.requested"
    payment: str
    amount: Money
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutKnown(Event):
    """A provider told what it paid out to the bank, where the statement shows it with `reference`;
    `subject` is the provider's id."""

    TYPE: ClassVar[str] = "payout.known"
    provider: str
    reference: str
    amount: Money
