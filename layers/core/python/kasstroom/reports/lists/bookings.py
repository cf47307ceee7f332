"""Money that moved, and the audit file: every booking with where it landed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kasstroom.debtors.statements import MONEY_MOVED
from kasstroom.invoices.model import Invoice
from kasstroom.money import Money
from kasstroom.payments.model import Entry
from kasstroom.reports.lists.columns import DEBTOR, amount, column
from kasstroom.reports.position import counted
from kasstroom.reports.shape import Asked, Row, Sources, Unit
from kasstroom.reports.walking import OfDebtor, by_debtor, walk

UNALLOCATED = "unallocated"
_ENTRY = (
    column("entry"), column("kind"), column("counts_on", Unit.DAY), column("booked_on", Unit.DAY),
    column("booked_at", Unit.INSTANT), column("source"), column("external_id"),
)  # fmt: skip
PAYMENTS = (
    *DEBTOR, *_ENTRY, column("invoices"), column("currency"), amount("received"),
    amount("unallocated"),
)  # fmt: skip
LEDGER = (
    column("line", Unit.COUNT), *DEBTOR, *_ENTRY, column("about"), column("by"), column("reason"),
    column("invoice"), column("part"), column("currency"), amount("posted"),
    amount("entry_amount", adds_up=False), amount("control_total", adds_up=False),
)  # fmt: skip


def entries_of(debtor: OfDebtor, asked: Asked) -> list[tuple[Row, Entry]]:
    """In the order in which they count, each with the columns every booking has."""
    found = counted(debtor.all(Invoice), debtor.all(Entry))
    wanted = [(d, e) for d, e in found if asked.has(d) and asked.wants(e.amount.currency)]
    return [
        ({**debtor.heading, **_booking(entry), "counts_on": day}, entry)
        for day, entry in sorted(wanted, key=lambda one: (one[0], one[1].booked_at, one[1].id))
    ]


def _booking(entry: Entry) -> Row:
    return {
        "entry": entry.id,
        "kind": str(entry.kind),
        "booked_on": entry.booked_on,
        "booked_at": entry.booked_at,
        "source": entry.source,
        "external_id": entry.external_id,
        "currency": entry.amount.currency,
    }


def _payments(debtor: OfDebtor, asked: Asked) -> Iterator[Row]:
    """The ledger books money received as negative; a report of payments shows it positive."""
    for booking, entry in entries_of(debtor, asked):
        if entry.kind in MONEY_MOVED:
            yield {
                **booking,
                "invoices": " ".join(dict.fromkeys(a.invoice for a in entry.allocations)),
                "received": -entry.amount,
                "unallocated": -entry.unallocated,
            }


payments = by_debtor(_payments, Invoice, Entry)


def ledger(sources: Sources, asked: Asked) -> Iterator[Row]:
    """A line per allocation, and one for what an entry left unallocated: the lines of an entry add
    up to it. `control_total` is the sum of all lines so far in that currency; that of the last line
    is what is outstanding with all charges, when it runs from the beginning.
    """
    control: defaultdict[str, int] = defaultdict(int)
    line = 0
    for debtor in walk(sources.books, asked, (Invoice, Entry)):
        for booking, entry in entries_of(debtor, asked):
            for invoice, part, posted in _lines(entry):
                line += 1
                control[posted.currency] += posted.minor
                yield {
                    "line": line,
                    **booking,
                    "about": entry.about,
                    "by": entry.by,
                    "reason": entry.reason,
                    "invoice": invoice,
                    "part": part,
                    "posted": posted,
                    "entry_amount": entry.amount,
                    "control_total": Money(control[posted.currency], posted.currency),
                }


def _lines(entry: Entry) -> Iterator[tuple[str, str, Money]]:
    for allocation in entry.allocations:
        yield allocation.invoice, str(allocation.part), allocation.amount
    if entry.unallocated or not entry.allocations:
        yield "", UNALLOCATED, entry.unallocated
