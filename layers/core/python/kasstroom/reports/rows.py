"""From the books to rows of the lake; the debtor's name is added when the rows are written, and
the organisation stands in the name of their folder."""

from __future__ import annotations

from datetime import date

from kasstroom.invoices.model import Invoice
from kasstroom.money import Money
from kasstroom.payments.model import Entry
from kasstroom.reports.ageing import Aged, bucket_of, days_past_due
from kasstroom.reports.ports import Row


def _money(name: str, money: Money) -> Row:
    return {f"{name}_minor": money.minor, f"{name}_amount": money.decimal}


def open_item(invoice: Invoice, as_of: date) -> Row:
    return {
        "debtor": invoice.debtor,
        "number": invoice.number,
        "kind": str(invoice.kind),
        "issued_on": invoice.issued_on,
        "due_on": invoice.due_on,
        "days_past_due": days_past_due(invoice.due_on, as_of),
        "bucket": str(bucket_of(invoice, as_of)),
        "currency": invoice.amount.currency,
        **_money("invoiced", invoice.amount),
        **_money("open", invoice.open),
        "created_at": invoice.created_at,
    }


def ageing(aged: Aged) -> Row:
    row: Row = {"debtor": aged.debtor, "currency": aged.currency}
    for bucket, amount in aged.by_bucket.items():
        row |= _money(bucket, amount)
    return row | _money("outstanding", aged.outstanding)


def payment(entry: Entry) -> Row:
    """The ledger books money received as negative; a report of payments shows it positive."""
    return {
        "debtor": entry.debtor,
        "entry": entry.id,
        "booked_on": entry.booked_on,
        "booked_at": entry.booked_at,
        "source": entry.source,
        "external_id": entry.external_id,
        "invoices": " ".join(allocation.invoice for allocation in entry.allocations),
        "currency": entry.amount.currency,
        **_money("received", -entry.amount),
        **_money("unallocated", -entry.unallocated),
    }
