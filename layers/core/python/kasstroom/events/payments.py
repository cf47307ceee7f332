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
