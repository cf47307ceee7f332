"""The payment reference of an invoice, findable when a bank line carries it."""

from __future__ import annotations

from kasstroom.changes import Changes, Reference
from kasstroom.errors import Refused
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.payments.references import compact, has_check_digit, is_rf
from kasstroom.ports import Books

PAYMENT_REFERENCE = "payment_reference"
_SHORTEST_CHECKED = 9


def findable(books: Books, invoice: Invoice) -> Changes:
    """Only references with check digits: others prove nothing. A debtor may use one for all its
    invoices; Refused when it is another debtor's, whose payments it would take."""
    value = compact(invoice.payment_reference)
    if invoice.kind is not DocumentKind.INVOICE or not _is_protected(value):
        return Changes()
    known = books.lookup(invoice.org, PAYMENT_REFERENCE, value)
    if known is None:
        name = Reference(invoice.org, PAYMENT_REFERENCE, value, invoice.debtor, invoice.number)
        return Changes(create=(name,))
    if known.debtor != invoice.debtor:
        detail = f"{invoice.payment_reference} is the payment reference of {known.target} already."
        raise Refused("payment_reference_taken", detail, "/body/payment_reference")
    return Changes()


def _is_protected(value: str) -> bool:
    digits = value.isascii() and value.isdigit() and len(value) >= _SHORTEST_CHECKED
    return is_rf(value) or (digits and has_check_digit(value))
