"""Invoices and credit notes: open items with a balance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kasstroom.changes import Versioned
from kasstroom.money import Money


class DocumentKind(StrEnum):
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class InvoiceState(StrEnum):
    """Derived from the balance, never stored."""

    OPEN = "open"
    PARTIALLY_PAID = "partially_paid"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Invoice(Versioned):
    """An open item. `amount` and `open` are positive for an invoice, negative for a credit note;
    `open` always equals the sum of the ledger entries allocated to `number`.
    """

    org: str
    debtor: str
    number: str
    kind: DocumentKind
    issued_on: date
    due_on: date
    amount: Money
    open: Money
    created_at: datetime
    payment_reference: str = ""
    purchase_order: str = ""
    order_reference: str = ""
    credits_invoice: str = ""
    source: str = "api"
    fingerprint: str = ""

    @property
    def state(self) -> InvoiceState:
        if not self.open:
            return InvoiceState.PAID
        return InvoiceState.OPEN if self.open == self.amount else InvoiceState.PARTIALLY_PAID
