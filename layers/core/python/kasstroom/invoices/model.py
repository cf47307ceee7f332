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


class MediaType(StrEnum):
    """What the document of an invoice can be."""

    PDF = "application/pdf"
    XML = "application/xml"


@dataclass(frozen=True, slots=True)
class InvoiceDocument:
    """The invoice itself as its debtor got it: a PDF, or the UBL."""

    media_type: MediaType
    content: bytes


class InvoiceState(StrEnum):
    """Derived from the balance, never stored."""

    OPEN = "open"
    PARTIALLY_PAID = "partially_paid"
    PAID = "paid"
    WRITTEN_OFF = "written_off"


@dataclass(frozen=True, slots=True)
class Invoice(Versioned):
    """An open item. `amount` and `open` are positive for an invoice, negative for a credit note;
    `open` always equals the sum of the ledger entries allocated to `number` as principal.

    `costs_minor` and `interest_minor` are the charges on it that are still open (art. 6:44 BW);
    `written_off_minor` is what we gave up of the principal and may still come. `settled_on` is the
    day a payment left nothing of the principal open, until it is open again. `disputed_minor` is
    held out of reminders, links and direct debits until somebody decides; `interest_until` is the
    last day over which interest was booked. `contract` names the
    agreement it is an instalment of. `document` is the key of the invoice's own document, ""
    when we were never given it.
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
    costs_minor: int = 0
    interest_minor: int = 0
    written_off_minor: int = 0
    settled_on: date | None = None
    disputed_minor: int = 0
    interest_until: date | None = None
    document: str = ""
    contract: str = ""

    @property
    def payable(self) -> Money:
        """The principal with the charges on it: what the debtor has to pay."""
        charges = self.costs_minor + self.interest_minor
        return Money(self.open.minor + charges, self.open.currency)

    @property
    def disputed(self) -> Money:
        """What is disputed of what is still to be paid."""
        return Money(min(self.disputed_minor, max(0, self.payable.minor)), self.open.currency)

    @property
    def claimable(self) -> Money:
        """What may be asked for: all that is to be paid except what is disputed."""
        return self.payable - self.disputed

    @property
    def state(self) -> InvoiceState:
        if not self.payable:
            return InvoiceState.WRITTEN_OFF if self.written_off_minor else InvoiceState.PAID
        return InvoiceState.OPEN if self.open == self.amount else InvoiceState.PARTIALLY_PAID
