"""What a ledger entry contributes."""

from __future__ import annotations

from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.payments.model import Entry, EntryKind, Part
from kasstroom.reports.effective import DOCUMENTS, effective_on
from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.sources import Known
from kasstroom.reports.tally import Tally

GIVEN_UP = frozenset({EntryKind.WRITE_OFF, EntryKind.RECOVERY})


def of_entry(entry: Entry, known: Known) -> dict[Cell, int]:
    """On its effective day (`kasstroom.reports.effective`; the document it books is the invoice
    with the number `external_id`), each amount in its own currency:

    OPEN, OPEN_MOVED       allocations to `principal`, by kind and due date of the invoice; of an
                           invoice that is not in the books: `invoice`, without due date
    CHARGES, CHARGES_MOVED allocations to `costs` and `interest`, by part
    UNALLOCATED, UNALLOCATED_MOVED  the amount less all allocations
    BOOKED, BOOKED_ITEMS   the whole amount, and one, by kind of entry
    LOST                   allocations to `principal` of a write-off or recovery, sign turned, so
                           that what was given up is positive; by policy, see `_policy`
    """
    tally = Tally()
    document = _invoice(entry, entry.external_id, known) if entry.kind in DOCUMENTS else None
    on = effective_on(entry, document.issued_on if document else None)
    for allocation in entry.allocations:
        invoice = _invoice(entry, allocation.invoice, known)
        if allocation.part is Part.PRINCIPAL:
            place = _place(invoice)
            tally.money(Measure.OPEN, allocation.amount, *place)
            tally.money(Measure.OPEN_MOVED, allocation.amount, *place, on=on)
        else:
            tally.money(Measure.CHARGES, allocation.amount, allocation.part)
            tally.money(Measure.CHARGES_MOVED, allocation.amount, allocation.part, on=on)
        if entry.kind in GIVEN_UP and allocation.part is Part.PRINCIPAL:
            policy = _policy(entry, invoice, known)
            tally.money(Measure.LOST, -allocation.amount, policy, on=on)
    tally.money(Measure.UNALLOCATED, entry.unallocated)
    tally.money(Measure.UNALLOCATED_MOVED, entry.unallocated, on=on)
    tally.money(Measure.BOOKED, entry.amount, entry.kind, on=on)
    tally.count(Measure.BOOKED_ITEMS, entry.kind, on=on)
    return tally.cells


def _invoice(entry: Entry, number: str, known: Known) -> Invoice | None:
    return known.invoice(entry.org, entry.debtor, number)


def _place(invoice: Invoice | None) -> tuple[str, str]:
    if invoice is None:
        return DocumentKind.INVOICE, ""
    return invoice.kind, invoice.due_on.isoformat()


def _policy(entry: Entry, invoice: Invoice | None, known: Known) -> str:
    """The policy of the last credit decision about the invoice's order (same debtor, same
    `order_reference`, decided when the entry was booked or before); empty when there is none, so
    that a later decision never changes what a write-off says."""
    if invoice is None or not invoice.order_reference:
        return ""
    found = [
        decision
        for decision in known.decisions(entry.org, entry.debtor)
        if decision.order_reference == invoice.order_reference
        and decision.decided_at <= entry.booked_at
    ]
    return max(found, key=lambda made: (made.decided_at, made.id)).policy if found else ""
