"""What an invoice or credit note contributes, as it stands now."""

from __future__ import annotations

from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.money import Money
from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.sources import Known
from kasstroom.reports.tally import Tally
from kasstroom.resolution.model import HOLDING, DisputeReason


def of_invoice(invoice: Invoice, known: Known) -> dict[Cell, int]:
    """In the invoice's currency:

    SOLD, SOLD_ITEMS  the amount, and one, on `issued_on`, by kind
    OPEN_ITEMS        one while `open` is not zero, by kind and due date
    OPEN_BY_ISSUE     `open`, by kind and `issued_on`
    SETTLED           an invoice (no credit note) with `settled_on`: its whole amount on that day,
                      by `settled_on` - `due_on` in days (negative: early)
    DISPUTED          `disputed`, by reason: see `_held`
    OPEN_DISPUTED     `disputed` as far as it lies within `open`, by due date
    """
    tally = Tally()
    tally.money(Measure.SOLD, invoice.amount, invoice.kind, on=invoice.issued_on)
    tally.count(Measure.SOLD_ITEMS, invoice.kind, on=invoice.issued_on)
    if invoice.open:
        tally.count(Measure.OPEN_ITEMS, invoice.kind, invoice.due_on)
        tally.money(Measure.OPEN_BY_ISSUE, invoice.open, invoice.kind, invoice.issued_on)
    if invoice.settled_on and invoice.kind is DocumentKind.INVOICE:
        late = (invoice.settled_on - invoice.due_on).days
        tally.money(Measure.SETTLED, invoice.amount, late, on=invoice.settled_on)
    if invoice.disputed:
        _held(invoice, known, tally)
        within = min(invoice.disputed.minor, max(0, invoice.open.minor))
        held = Money(within, invoice.open.currency)
        tally.money(Measure.OPEN_DISPUTED, held, invoice.due_on)
    return tally.cells


def _held(invoice: Invoice, known: Known, tally: Tally) -> None:
    """What is disputed of what is still to be paid, over the disputes of this invoice that hold
    (open or accepted) in the order of their ids: each its amount, as far as something is left.
    What then is left is `other`."""
    left, currency = invoice.disputed.minor, invoice.open.currency
    disputes = known.disputes(invoice.org, invoice.debtor)
    for dispute in sorted(disputes, key=lambda one: one.id):
        if dispute.invoice == invoice.number and dispute.state in HOLDING:
            held = min(left, dispute.amount.minor)
            tally.money(Measure.DISPUTED, Money(held, currency), dispute.reason)
            left -= held
    tally.money(Measure.DISPUTED, Money(left, currency), DisputeReason.OTHER)
