"""What a booking means for its invoices, told by comparing them before and after it. Pure.

Every booking is told here, so that an invoice never becomes paid or open in silence, whichever way
it came there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from kasstroom.events import Event
from kasstroom.events.invoices import (
    InvoicePaid,
    InvoicePartiallyPaid,
    InvoiceReopened,
    InvoiceWrittenOff,
)
from kasstroom.invoices.model import Invoice, InvoiceState
from kasstroom.money import Money
from kasstroom.payments.model import Entry, EntryKind

BRINGS = frozenset(
    {
        EntryKind.PAYMENT, EntryKind.REVERSAL, EntryKind.REFUND_RETURNED, EntryKind.REALLOCATION,
        EntryKind.EXCHANGE,
    }
)  # fmt: skip
"""Entries by which an invoice gets a debtor's money."""
Invoices = Mapping[str, Invoice]


def news_of(
    before: Invoices,
    after: Invoices,
    entries: Sequence[Entry],
    now: datetime,
    *,
    reopened_for: str = "",
) -> tuple[Event, ...]:
    """Of every invoice the entries touch; credit notes are no news. `reopened_for` says why an
    invoice is open again, without it the kind of the entry that opened it does."""
    events: list[Event] = []
    for number in dict.fromkeys(a.invoice for e in entries for a in e.allocations):
        if before[number].amount.minor >= 0:
            events += _of_one(before[number], after[number], entries, now, reopened_for)
    return tuple(events)


def settles(before: Invoices, after: Invoices) -> bool:
    """Whether something that was asked for is not any more."""
    return any(i.claimable.minor > 0 >= after[n].claimable.minor for n, i in before.items())


def _of_one(
    was: Invoice, then: Invoice, entries: Sequence[Entry], now: datetime, reopened_for: str
) -> Iterator[Event]:
    who = {"org": was.org, "debtor": was.debtor, "subject": was.number, "at": now}
    brought = _brought(was, entries)
    claimed_again = then.written_off_minor < was.written_off_minor and brought.minor <= 0
    for entry in entries:
        if entry.kind is EntryKind.WRITE_OFF and entry.allocations[0].invoice == was.number:
            yield InvoiceWrittenOff(**who, amount=-entry.amount, by=entry.by, reason=entry.reason)
    if then.payable and (not was.payable or claimed_again):
        why = reopened_for or _opened_by(was.number, entries)
        yield InvoiceReopened(**who, open=then.payable, reason=why)
    elif brought.minor > 0 and (then.payable or _still_given_up(was, then)):
        yield InvoicePartiallyPaid(**who, paid=brought, open=then.payable)
    elif brought.minor > 0:
        yield InvoicePaid(**who, paid=brought)
    elif was.payable and then.state is InvoiceState.PAID:
        # Its principal was paid before and its last charges are waived, or a few cents were all.
        yield InvoicePaid(**who, paid=brought)


def _brought(invoice: Invoice, entries: Sequence[Entry]) -> Money:
    """The money it got by these entries; below zero: was taken off it."""
    parts = (a for e in entries if e.kind in BRINGS for a in e.allocations)
    minor = -sum(part.amount.minor for part in parts if part.invoice == invoice.number)
    return Money(minor, invoice.open.currency)


def _still_given_up(was: Invoice, then: Invoice) -> bool:
    """Part of what was written off came in after all, and the rest of it did not."""
    return not was.payable and then.state is InvoiceState.WRITTEN_OFF


def _opened_by(number: str, entries: Sequence[Entry]) -> str:
    """The kind of the last entry by which more of it is open."""
    opened = (
        entry.kind
        for entry in reversed(entries)
        if any(a.invoice == number and a.amount.minor > 0 for a in entry.allocations)
    )
    kind = next(opened)
    return entries[-1].kind if kind is EntryKind.EXCHANGE else kind
