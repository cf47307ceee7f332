"""The payment term agreed with a debtor, and a warning when an invoice keeps another."""

from __future__ import annotations

from datetime import datetime

from kasstroom.changes import Changes
from kasstroom.events.invoices import InvoiceTermsDeviated
from kasstroom.invoices.model import DocumentKind, Invoice


def deviation(invoice: Invoice, agreed_days: int | None, now: datetime) -> Changes:
    """`agreed_days` None: no term was agreed with this debtor, so nothing deviates from it."""
    given_days = (invoice.due_on - invoice.issued_on).days
    if agreed_days in (None, given_days) or invoice.kind is not DocumentKind.INVOICE:
        return Changes()
    event = InvoiceTermsDeviated(
        org=invoice.org, debtor=invoice.debtor, subject=invoice.number, at=now,
        agreed_days=agreed_days, given_days=given_days, due_on=invoice.due_on,
    )  # fmt: skip
    return Changes(events=(event,))
