"""The dashboard from the figures of an organisation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal

from kasstroom.credit.decision import Outcome
from kasstroom.invoices.model import DocumentKind
from kasstroom.messages.model import MessageState
from kasstroom.money import EUR, Money
from kasstroom.reports.ageing import Bucket
from kasstroom.reports.contributing.messages import ASKS_FOR_MONEY, PAID
from kasstroom.reports.dashboard import (
    AHEAD,
    FUNNEL_DAYS,
    WEEKS,
    Aged,
    Dashboard,
    Expected,
    Funnel,
    Moved,
    Risk,
    Week,
)
from kasstroom.reports.kpi import forecast
from kasstroom.reports.kpi.figures import AGES, YEAR_DAYS, Figures, age_of
from kasstroom.reports.kpi.registry import kpi, measures_of, table
from kasstroom.reports.measures import Cells, Measure

DSO, PAID_AFTER, APPROVED = kpi("dso"), kpi("reminders_paid"), kpi("approval_rate")
LATE, UNCOVERED, ABOVE_LIMIT = kpi("overdue_percent"), kpi("coverage_gap"), kpi("above_limit")
FORECAST = table("cash_forecast")
MEASURES = measures_of(
    (DSO, PAID_AFTER, APPROVED, LATE, UNCOVERED, ABOVE_LIMIT, FORECAST)
) | {
    Measure.OPEN, Measure.OPEN_MOVED, Measure.OPEN_ITEMS, Measure.OPEN_DISPUTED,
    Measure.UNALLOCATED, Measure.UNALLOCATED_MOVED, Measure.BOOKED, Measure.DISPUTES_OPENED,
    Measure.MESSAGES, Measure.REMINDED, Measure.UNMATCHED, Measure.DECISIONS,
}  # fmt: skip
"""What a dashboard reads."""
WEEK = 7
LOOKS_BACK_DAYS = max(WEEKS * WEEK + 366, forecast.LOOKS_BACK_DAYS)
"""The first point of a trend looks back itself."""
_ARRIVED = (MessageState.DELIVERED, MessageState.READ, MessageState.COMPLAINED)


def since(today: date) -> date:
    """The first day of which daily cells are needed."""
    return today - timedelta(days=LOOKS_BACK_DAYS)


def currencies_in(cells: Cells) -> tuple[str, ...]:
    """Those in which there are figures, euros first; euros when there is none."""
    found = {cell.currency for cell, value in cells.items() if value and cell.currency}
    return tuple(sorted(found, key=lambda code: (code != EUR, code))) or (EUR,)


def dashboard(figures: Figures, currencies: tuple[str, ...]) -> Dashboard:
    """Refused as `Figures` is; a figure that cannot be told is None in the view."""
    today = figures.as_of
    counts = _counts(figures) if len(currencies) == 1 else (None, None)
    return Dashboard(
        today, figures.currency, currencies,
        _stood(figures, figures.outstanding), _stood(figures, figures.overdue),
        *counts, LATE.exact(figures),
        _received(figures), _disputes(figures),
        _minor(figures, sum(figures.amounts.now(Measure.UNMATCHED).values(), Decimal(0))),
        _minor(figures, _due_within(figures, today, today + timedelta(days=WEEK * AHEAD))),
        _expected(figures), _risk(figures), _ageing(figures), _weeks(figures), _funnel(figures),
        PAID_AFTER.exact(figures), _decisions(figures), APPROVED.exact(figures),
        figures.assumptions.benchmark.dso_days,
    )  # fmt: skip


def _minor(figures: Figures, amount: Decimal | None) -> int:
    return Money.of(amount or Decimal(0), figures.currency).minor


def _began(figures: Figures, on: date) -> bool:
    """Whether there were books on that day."""
    return figures.first is not None and figures.first <= on


def _stood(figures: Figures, amount: Callable[[date], Decimal]) -> Moved:
    week_ago = figures.ago(WEEK)
    before = _minor(figures, amount(week_ago)) if _began(figures, week_ago) else None
    return Moved(_minor(figures, amount(figures.as_of)), before)


def _counts(figures: Figures) -> tuple[int, int]:
    """Items with something open, and those of them that are late."""
    items = figures.amounts.now(Measure.OPEN_ITEMS)
    late = (
        count for (kind, due_on), count in items.items()
        if kind == DocumentKind.INVOICE and due_on and due_on < figures.as_of.isoformat()
    )  # fmt: skip
    return int(sum(items.values())), int(sum(late))


def _received(figures: Figures) -> Moved:
    week, before = figures.ago(WEEK), figures.ago(2 * WEEK)
    now, then = figures.cash(week), figures.cash(before, week)
    return Moved(_minor(figures, now), _minor(figures, then) if _began(figures, week) else None)


def _disputes(figures: Figures) -> Moved:
    week, before = figures.ago(WEEK), figures.ago(2 * WEEK)
    opened = Measure.DISPUTES_OPENED
    then = int(figures.total(opened, before, week)) if _began(figures, week) else None
    return Moved(int(figures.total(opened, week)), then)


def _due_within(figures: Figures, first: date, last: date) -> Decimal:
    return sum(
        (
            amount for (kind, due_on), amount in figures.open_by_due().items()
            if kind == DocumentKind.INVOICE and due_on and first <= due_on <= last
        ),
        Decimal(0),
    )  # fmt: skip


def _expected(figures: Figures) -> tuple[Expected, ...]:
    """The first weeks of the KPI `cash_forecast`."""
    return tuple(
        Expected(
            row.starts_on, _minor(figures, row.expected),
            None if row.low is None else _minor(figures, row.low),
            None if row.high is None else _minor(figures, row.high),
        )
        for row in FORECAST.of(figures)[:AHEAD]
    )  # fmt: skip


def _risk(figures: Figures) -> Risk:
    ages = figures.ageing()
    late = [
        due_on for (kind, due_on), amount in figures.open_by_due().items()
        if kind == DocumentKind.INVOICE and amount > 0 and due_on and due_on < figures.as_of
    ]  # fmt: skip
    long = ages[Bucket.DAYS_91_120] + ages[Bucket.DAYS_OVER_120]
    return Risk(
        _minor(figures, UNCOVERED.exact(figures)), _minor(figures, ABOVE_LIMIT.exact(figures)),
        _minor(figures, long), min(late, default=None),
    )  # fmt: skip


def _ageing(figures: Figures) -> tuple[Aged, ...]:
    disputed = dict.fromkeys(AGES, Decimal(0))
    for (due_on,), amount in figures.amounts.now(Measure.OPEN_DISPUTED).items():
        on = date.fromisoformat(due_on) if due_on else None
        disputed[age_of(DocumentKind.INVOICE, on, figures.as_of)] += amount
    return tuple(
        Aged(str(age), _minor(figures, amount), _minor(figures, disputed[age]))
        for age, amount in figures.ageing().items()
    )


def _weeks(figures: Figures) -> tuple[Week, ...]:
    """The same day of each week, today last; not from before the books begin."""
    days = (figures.ago(WEEK * back) for back in reversed(range(WEEKS)))
    first = figures.first or figures.as_of
    return tuple(_week(figures.at(on)) for on in days if on >= first)


def _week(then: Figures) -> Week:
    return Week(
        then.as_of, _minor(then, then.outstanding()), _minor(then, then.overdue()), DSO.exact(then)
    )


def _funnel(figures: Figures) -> Funnel:
    start = figures.ago(FUNNEL_DAYS)
    messages = figures.flow(Measure.MESSAGES, start)
    reminded = figures.flow(Measure.REMINDED, start)
    return Funnel(
        int(sum(reminded.values())), _in_state(messages.items(), _ARRIVED),
        _in_state(messages.items(), (MessageState.READ,)),
        int(sum(count for (*_, result), count in reminded.items() if result == PAID)),
    )  # fmt: skip


def _in_state(messages: Iterable[tuple[tuple[str, ...], Decimal]], states: Collection[str]) -> int:
    return int(
        sum(
            count for (template, _, state), count in messages
            if template in ASKS_FOR_MONEY and state in states
        )
    )  # fmt: skip


def _decisions(figures: Figures) -> tuple[tuple[str, int], ...]:
    """Of a year by outcome, those that nobody got too."""
    made = figures.flow(Measure.DECISIONS, figures.ago(YEAR_DAYS))
    return tuple(
        (str(outcome), int(sum(n for (_, came), n in made.items() if came == outcome)))
        for outcome in Outcome
    )
