"""How late an organisation's customers pay, as a curve: the product-limit estimate of Kaplan and
Meier (1958) over money instead of patients.

Every euro that was paid in the last year, at its number of days after the due date, is an event.
Every euro that is still open at its age, and every euro that was written off, is one that was not
paid up to there. So what is open for long makes the curve of old items flat by itself, and nobody
has to say when an item is hopeless.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kasstroom.invoices.model import DocumentKind
from kasstroom.reports.kpi.amounts import ZERO
from kasstroom.reports.kpi.figures import Figures
from kasstroom.reports.measures import Measure

ONE = Decimal(1)
NEVER = 10**6
"""Days: what was written off is never paid."""


@dataclass(frozen=True, slots=True)
class Delays:
    """`unpaid[i]` is the share that is still unpaid at the end of `days[i]` days after the due
    date; `days` rise."""

    days: tuple[int, ...] = ()
    unpaid: tuple[Decimal, ...] = ()

    def still_unpaid(self, days_late: int) -> Decimal:
        at = bisect_right(self.days, days_late)
        return self.unpaid[at - 1] if at else ONE


def delays(paid: Mapping[int, Decimal], unpaid: Mapping[int, Decimal]) -> Delays:
    """`paid` by days late, `unpaid` by the age up to which it was not paid."""
    ends: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    for amounts in (paid, unpaid):
        for days, amount in amounts.items():
            ends[days] += max(ZERO, amount)
    at_risk, share = sum(ends.values(), ZERO), ONE
    days_seen, shares = [], []
    for days in sorted(ends):
        if (now := max(ZERO, paid.get(days, ZERO))) > 0:
            share *= 1 - now / at_risk
            days_seen.append(days)
            shares.append(share)
        at_risk -= ends[days]
    return Delays(tuple(days_seen), tuple(shares))


def delays_of(figures: Figures, on: date) -> Delays:
    """As they were known at the end of `on`; empty when nothing was paid in the year before."""
    known = figures.at(on)
    settled = figures.amounts.year_to(Measure.SETTLED, on)
    paid = {int(days_late): amount for (days_late,), amount in settled.items()}
    unpaid: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    unpaid[NEVER] = sum(figures.amounts.year_to(Measure.LOST, on).values(), ZERO)
    for due_on, amount in open_invoices(known).items():
        unpaid[(on - due_on).days] += amount
    return delays(paid, unpaid) if any(amount > 0 for amount in paid.values()) else Delays()


def open_invoices(figures: Figures) -> dict[date, Decimal]:
    """What is open of invoices with a due date, by that date."""
    return {
        due_on: amount
        for (kind, due_on), amount in figures.open_by_due().items()
        if kind == DocumentKind.INVOICE and due_on and amount > 0
    }
