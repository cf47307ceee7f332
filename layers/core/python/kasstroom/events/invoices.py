"""What happens in invoices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kasstroom.events import Event
from kasstroom.money import Money


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
class InvoiceTermsDeviated(Event):
    """The due date is not what was agreed with this debtor; the invoice was booked as it came."""

    TYPE: ClassVar[str] = "invoice.terms_deviated"
    agreed_days: int
    given_days: int
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceReopened(Event):
    """It was settled and is open again: the payment came back, or it is claimed after all."""

    TYPE: ClassVar[str] = "invoice.reopened"
    open: Money
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceWrittenOff(Event):
    TYPE: ClassVar[str] = "invoice.written_off"
    amount: Money
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceCharged(Event):
    """Collection costs or interest were put on an invoice, or waived (a negative amount)."""

    TYPE: ClassVar[str] = "invoice.charged"
    kind: str
    amount: Money
    open: Money
