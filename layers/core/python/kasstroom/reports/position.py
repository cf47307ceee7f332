"""What one debtor owed at the end of any day, from the bookings that count on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kasstroom.invoices.model import Invoice
from kasstroom.money import Money
from kasstroom.payments.model import Entry, EntryKind, Part
from kasstroom.reports.effective import effective_on
from kasstroom.resolution.model import Dispute, DisputeState
from kasstroom.time import day_of


@dataclass(frozen=True, slots=True)
class StandingItem:
    """An invoice or credit note on that day. `open` is the principal; `costs` and `interest` stand
    apart; `disputed` is the part of `open` that is held."""

    invoice: Invoice
    open: Money
    costs: Money
    interest: Money
    disputed: Money


@dataclass(frozen=True, slots=True)
class Position:
    """`unallocated` is money without an invoice by currency, in minor units, zero or negative as a
    rule. The open amounts and that together are what is outstanding."""

    items: tuple[StandingItem, ...]
    unallocated: dict[str, int]

    def outstanding_minor(self, currency: str) -> int:
        open_minor = sum(i.open.minor for i in self.items if i.open.currency == currency)
        return open_minor + self.unallocated.get(currency, 0)


def counted(invoices: Iterable[Invoice], entries: Iterable[Entry]) -> Iterator[tuple[date, Entry]]:
    """Every entry with the day it counts on."""
    issued = {invoice.number: invoice.issued_on for invoice in invoices}
    for entry in entries:
        # The entry of a document has the document's number as its external id.
        yield effective_on(entry, issued.get(entry.external_id)), entry


def position_on(
    as_of: date,
    today: date,
    invoices: Sequence[Invoice],
    entries: Iterable[Entry],
    disputes: Sequence[Dispute],
) -> Position:
    """As of the end of the Amsterdam day `as_of`; what has nothing open is left out."""
    minor: defaultdict[tuple[str, Part], int] = defaultdict(int)
    unallocated: defaultdict[str, int] = defaultdict(int)
    credited: defaultdict[str, list[tuple[date, int]]] = defaultdict(list)
    for day, entry in counted(invoices, entries):
        if day > as_of:
            continue
        unallocated[entry.amount.currency] += entry.unallocated.minor
        for allocation in entry.allocations:
            minor[allocation.invoice, allocation.part] += allocation.amount.minor
            if entry.kind is EntryKind.CREDIT_NOTE:
                credited[allocation.invoice].append((day, -allocation.amount.minor))
    items = []
    for invoice in invoices:
        number, currency = invoice.number, invoice.amount.currency
        open_, costs, interest = (minor.get((number, part), 0) for part in Part)
        if open_ or costs or interest:
            if as_of == today:
                held = invoice.disputed_minor
            else:
                held = _held_on(as_of, disputes, number, credited[number])
            held = max(0, min(held, open_))
            amounts = (Money(m, currency) for m in (open_, costs, interest, held))
            items.append(StandingItem(invoice, *amounts))
    return Position(tuple(items), {c: m for c, m in unallocated.items() if m})


def _held_on(
    as_of: date, disputes: Iterable[Dispute], number: str, credited: list[tuple[date, int]]
) -> int:
    """In minor units. An accepted dispute holds its amount until a credit note takes it off."""
    held, since = 0, date.max
    for dispute in disputes:
        opened_on = day_of(dispute.opened_at)
        if dispute.invoice == number and opened_on <= as_of and _holds(dispute, as_of):
            held += dispute.amount.minor
            since = min(since, opened_on)
    return held - sum(minor for day, minor in credited if day >= since)


def _holds(dispute: Dispute, as_of: date) -> bool:
    ended = (DisputeState.REJECTED, DisputeState.WITHDRAWN)
    over = dispute.state in ended and dispute.decided_at is not None
    return not over or day_of(dispute.decided_at) > as_of  # type: ignore[arg-type]


def state_on(dispute: Dispute, as_of: date) -> DisputeState:
    decided = dispute.decided_at
    return dispute.state if decided and day_of(decided) <= as_of else DisputeState.OPEN
