"""Payment behaviour counted anew from the ledger: what the running count has to agree with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kasstroom.invoices.model import Invoice
from kasstroom.money import EUR
from kasstroom.payments.model import Entry, EntryKind
from kasstroom.risk.behaviour import MONTHS_KEPT, money_parts, month_of
from kasstroom.risk.model import MonthPaid, PaymentBehaviour


@dataclass(frozen=True, slots=True)
class _Part:
    """Money that landed on one invoice, `days_late` after its due date (zero when on time)."""

    minor: int
    days_late: int
    paid_on: date
    settled: bool


def recount(
    invoices: Iterable[Invoice], entries: Iterable[Entry], currency: str = EUR
) -> PaymentBehaviour:
    """What the ledger of one debtor says of invoices in `currency`, the account's. Promises and
    disputes are not in the ledger and stay zero."""
    parts = tuple(_parts({i.number: i for i in invoices}, entries, currency))
    late = tuple(part for part in parts if part.days_late)
    return PaymentBehaviour(
        paid_invoices=sum(part.settled for part in parts),
        late_invoices=sum(part.settled for part in late),
        paid_minor=sum(part.minor for part in parts),
        late_minor=sum(part.minor for part in late),
        minor_days_late=sum(part.minor * part.days_late for part in parts),
        by_month=_by_month(parts),
        last_paid_on=max((part.paid_on for part in parts), default=None),
    )


def _parts(
    invoices: dict[str, Invoice], entries: Iterable[Entry], currency: str
) -> Iterator[_Part]:
    """Every part paid, in the order the entries were booked: the part that left nothing open is
    the one that settled its invoice."""
    open_minor: dict[str, int] = defaultdict(int)
    for entry in sorted(entries, key=lambda e: (e.booked_at, e.kind is EntryKind.PAYMENT)):
        money = money_parts(a.amount.minor for a in entry.allocations)
        for allocation, minor in zip(entry.allocations, money, strict=True):
            number = allocation.invoice
            open_minor[number] += allocation.amount.minor
            counts = entry.kind is EntryKind.PAYMENT and allocation.amount.currency == currency
            if counts and minor:
                days = max(0, (entry.booked_on - invoices[number].due_on).days)
                yield _Part(minor, days, entry.booked_on, not open_minor[number])


def _by_month(parts: tuple[_Part, ...]) -> dict[str, MonthPaid]:
    names = sorted({month_of(part.paid_on) for part in parts})[-MONTHS_KEPT:]
    return {name: _month(tuple(p for p in parts if month_of(p.paid_on) == name)) for name in names}


def _month(parts: tuple[_Part, ...]) -> MonthPaid:
    return MonthPaid(
        sum(part.minor for part in parts),
        sum(part.minor for part in parts if part.days_late),
        sum(part.minor * part.days_late for part in parts),
    )
