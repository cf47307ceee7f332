"""What the API shows of how a debtor pays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kasstroom.money import Money
from kasstroom.risk.behaviour import trend
from kasstroom.risk.model import PaymentBehaviour


@dataclass(frozen=True, slots=True)
class MonthView:
    """`month` is `2026-09`; `days_late` the average of what was paid in it."""

    month: str
    paid: Money
    late: Money
    days_late: int | None


@dataclass(frozen=True, slots=True)
class BehaviourView:
    """How this debtor pays. `days_late` is the average weighted by amount, early as zero;
    `late_percent` the share of the amount that came late; `trend_days` how many days later the last
    three months were than the nine before (above zero is worse). Null: not known yet. `months` are
    the last twelve that something was paid in, newest last.
    """

    days_late: int | None
    late_percent: int | None
    trend_days: int | None
    paid: Money
    paid_invoices: int
    late_invoices: int
    promises_kept: int
    promises_broken: int
    disputes: int
    last_paid_on: date | None
    months: tuple[MonthView, ...]


def behaviour_view(known: PaymentBehaviour, currency: str, today: date) -> BehaviourView:
    months = tuple(
        MonthView(name, Money(m.paid_minor, currency), Money(m.late_minor, currency), m.days_late)
        for name, m in sorted(known.by_month.items())
    )
    return BehaviourView(
        known.days_late, known.late_percent, trend(known, today), Money(known.paid_minor, currency),
        known.paid_invoices, known.late_invoices, known.promises_kept, known.promises_broken,
        known.disputes, known.last_paid_on, months,
    )  # fmt: skip
