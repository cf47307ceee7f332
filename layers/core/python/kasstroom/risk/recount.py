"""Payment behaviour counted anew from the ledger: what the running count has to agree with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kasstroom.invoices.model import Invoice
from kasstroom.money import EUR
from kasstroom.payments.model import Entry, EntryKind, Part
from kasstroom.risk.behaviour import MONTHS_KEPT, money_parts, month_of
from kasstroom.risk.model import MonthPaid, PaymentBehaviour


@dataclass(frozen=True, slots=True)
class _Part:
    """Money that landed on one invoice (below zero: was taken off it), `days_late` after its due
    date (zero when on time); `invoices` counts the invoice it settled (1) or re-opened (-1)."""

    minor: int
    days_late: int
    paid_on: date
    invoices: int = 0


def recount(
    invoices: Iterable[Invoice], entries: Iterable[Entry], currency: str = EUR
) -> PaymentBehaviour:
    """What the ledger of one debtor says of invoices in `currency`, the account's. Promises and
    disputes are not in the ledger and stay zero."""
    parts = tuple(_parts({i.number: i for i in invoices}, tuple(entries), currency))
    late = tuple(part for part in parts if part.days_late)
    return PaymentBehaviour(
        paid_invoices=sum(part.invoices for part in parts),
        late_invoices=sum(part.invoices for part in late),
        paid_minor=sum(part.minor for part in parts),
        late_minor=sum(part.minor for part in late),
        minor_days_late=sum(part.minor * part.days_late for part in parts),
        by_month=_by_month(parts),
        last_paid_on=max((part.paid_on for part in parts if part.minor > 0), default=None),
    )


def _parts(
    invoices: dict[str, Invoice], entries: tuple[Entry, ...], currency: str
) -> Iterator[_Part]:
    """Every part paid or taken back, in the order the entries were booked: the part that left
    nothing open is the one that settled its invoice, until it is open again."""
    open_minor: dict[str, int] = defaultdict(int)
    settled_on: dict[str, date] = {}
    paid_on = {entry.id: entry.booked_on for entry in entries}
    for entry in sorted(entries, key=lambda e: (e.booked_at, _ORDER.get(e.kind, 1))):
        money = money_parts(a.amount.minor for a in entry.allocations)
        for allocation, brought in zip(entry.allocations, money, strict=True):
            if allocation.part is not Part.PRINCIPAL or allocation.amount.currency != currency:
                continue
            number, minor = allocation.invoice, allocation.amount.minor
            open_minor[number] += minor
            due_on, day = invoices[number].due_on, paid_on.get(entry.about, entry.booked_on)
            if part := _counted(entry, minor, brought):
                settles = part > 0 and not open_minor[number]
                if settles:
                    settled_on[number] = day
                yield _Part(part, max(0, (day - due_on).days), day, int(settles))
            if open_minor[number] and number in settled_on:
                was = settled_on.pop(number)
                yield _Part(0, max(0, (was - due_on).days), was, -1)


_ORDER = {EntryKind.PAYMENT: 2, EntryKind.INVOICE: 0, EntryKind.CREDIT_NOTE: 0}
"""Entries of one instant: documents first, payments last."""


def _counted(entry: Entry, minor: int, brought: int) -> int:
    """What this part says of how the debtor pays: above zero paid, below zero taken back."""
    match entry.kind:
        case EntryKind.PAYMENT:
            return brought
        case EntryKind.REVERSAL | EntryKind.REFUND_RETURNED:
            return -minor
        case EntryKind.REFUND | EntryKind.CHARGEBACK | EntryKind.REALLOCATION | EntryKind.EXCHANGE:
            return -minor
        case _:
            return 0


def _by_month(parts: tuple[_Part, ...]) -> dict[str, MonthPaid]:
    months = {name: _month(parts, name) for name in sorted({month_of(p.paid_on) for p in parts})}
    paid_in = [name for name, month in months.items() if month.paid_minor]
    return {name: months[name] for name in paid_in[-MONTHS_KEPT:]}


def _month(parts: tuple[_Part, ...], name: str) -> MonthPaid:
    mine = tuple(part for part in parts if month_of(part.paid_on) == name)
    return MonthPaid(
        sum(part.minor for part in mine),
        sum(part.minor for part in mine if part.days_late),
        sum(part.minor * part.days_late for part in mine),
    )
