"""What the API shows of an invoice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kasstroom.invoices.documents import media_type_of
from kasstroom.invoices.model import DocumentKind, Invoice, InvoiceState, MediaType
from kasstroom.money import Money
from kasstroom.time import day_of


@dataclass(frozen=True, slots=True)
class InvoiceView:
    """`open` is the principal; `payable` adds the `costs` and `interest` charged on it, and
    `disputed` is the part of that which is held until somebody decides. `days_overdue` counts from
    the day after `due_on`, 0 when nothing is open. `collecting_on`: the day of the direct debit it
    is in, announced or at the bank. `has_document`: we have the invoice itself, as PDF or UBL."""

    number: str
    debtor: str
    kind: DocumentKind
    state: InvoiceState
    issued_on: date
    due_on: date
    amount: Money
    open: Money
    costs: Money
    interest: Money
    payable: Money
    disputed: Money
    written_off: Money
    days_overdue: int
    payment_reference: str
    purchase_order: str
    order_reference: str
    credits_invoice: str
    source: str
    created_at: datetime
    collecting_on: date | None
    has_document: bool


@dataclass(frozen=True, slots=True)
class DocumentView:
    """`url` opens the file for a quarter of an hour; ask for it with GET."""

    invoice: str
    media_type: MediaType
    url: str


def document_view(i: Invoice, url: str = "") -> DocumentView:
    return DocumentView(i.number, media_type_of(i.document), url)


def invoice_view(i: Invoice, now: datetime, collecting_on: date | None = None) -> InvoiceView:
    currency = i.open.currency
    late = (day_of(now) - i.due_on).days
    return InvoiceView(
        i.number, i.debtor, i.kind, i.state, i.issued_on, i.due_on, i.amount, i.open,
        Money(i.costs_minor, currency), Money(i.interest_minor, currency), i.payable,
        i.disputed, Money(i.written_off_minor, currency),
        max(0, late) if i.payable.minor > 0 else 0,
        i.payment_reference, i.purchase_order, i.order_reference, i.credits_invoice,
        i.source, i.created_at,
        collecting_on, bool(i.document),
    )  # fmt: skip
