"""What will come in, week by week, and how well the same method would have known it before.

Two steps. What is open now is spread over the weeks by the curve of `delays`, given the age each
item already has. Then what came in above that in the past, for a week that far ahead, is added:
that takes in what is invoiced after the forecast, part payments and credit notes, and gives the
range.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kasstroom.reports.kpi.amounts import YEAR_DAYS, ZERO
from kasstroom.reports.kpi.delays import Delays, delays_of, open_invoices
from kasstroom.reports.kpi.figures import Figures
from kasstroom.reports.kpi.model import as_amount

WEEKS = 13
WEEK_DAYS = 7
LOOK_BACK_WEEKS = 26
LOOKS_BACK_DAYS = YEAR_DAYS + WEEK_DAYS * (WEEKS + LOOK_BACK_WEEKS)
"""Daily cells from this many days before the day asked for give the same forecast as all cells."""
LEAST_WEEKS = 8
"""Forecasts of the past before anything is corrected or a range is given."""
LOW, MIDDLE, HIGH = Decimal("0.1"), Decimal("0.5"), Decimal("0.9")
"""Four of five weeks lie between the low and the high one."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One week, not rounded: `from_open` by the curve, `expected` corrected, and its range."""

    from_open: Decimal
    expected: Decimal
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """Cash of the days `starts_on` to `ends_on`. `from_open` is what is open now will bring;
    `expected` is corrected by past forecasts, and lies between `low` and `high` in four of five
    weeks (None: too little past)."""

    week: int
    starts_on: date
    ends_on: date
    from_open: Decimal
    expected: Decimal
    low: Decimal | None
    high: Decimal | None


class Forecaster:
    """Remembers what it worked out, because every forecast is corrected by those before it."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self._delays: dict[date, Delays] = {}
        self._from_open: dict[date, list[Decimal]] = {}

    def is_known(self, on: date) -> bool:
        """Whether anything was paid before, so that there is something to go by."""
        return bool(self._curve(on).days)

    def foreseen(self, on: date, week: int) -> Foreseen:
        """Only with what was known at the end of `on`."""
        base = self.from_open(on, week)
        missed = sorted(self._missed(on, week))
        if len(missed) < LEAST_WEEKS:
            return Foreseen(base, base, None, None)
        low, middle, high = (
            max(ZERO, base + quantile(missed, part)) for part in (LOW, MIDDLE, HIGH)
        )
        return Foreseen(base, middle, low, high)

    def _missed(self, on: date, week: int) -> list[Decimal]:
        """What came in above what was foreseen, of the latest weeks that are over."""
        latest = on - timedelta(days=WEEK_DAYS * week)
        made = (latest - timedelta(days=WEEK_DAYS * back) for back in range(LOOK_BACK_WEEKS))
        first = self._figures.first
        return [
            self.realised(day, week) - self.from_open(day, week)
            for day in made
            if first and day >= first and self.is_known(day)
        ]

    def realised(self, on: date, week: int) -> Decimal:
        starts_after, until = bounds(on, week)
        return self._figures.cash(starts_after, until)

    def from_open(self, on: date, week: int) -> Decimal:
        if on not in self._from_open:
            curve, open_now = self._curve(on), open_invoices(self._figures.at(on))
            self._from_open[on] = spread(curve, open_now, on)
        return self._from_open[on][week - 1]

    def _curve(self, on: date) -> Delays:
        if on not in self._delays:
            self._delays[on] = delays_of(self._figures, on)
        return self._delays[on]


def spread(curve: Delays, open_now: Mapping[date, Decimal], on: date) -> list[Decimal]:
    """What each of the next weeks brings of what is open at the end of `on`."""
    weeks = [ZERO] * WEEKS
    for due_on, amount in open_now.items():
        age = (on - due_on).days
        unpaid = now = curve.still_unpaid(age)
        for week in range(WEEKS if now > 0 else 0):
            after = curve.still_unpaid(age + WEEK_DAYS * (week + 1))
            weeks[week] += amount * (unpaid - after) / now
            unpaid = after
    return weeks


def bounds(on: date, week: int) -> tuple[date, date]:
    """The day after which the `week`th week from `on` begins, and its last day."""
    until = on + timedelta(days=WEEK_DAYS * week)
    return until - timedelta(days=WEEK_DAYS), until


def quantile(ordered: list[Decimal], part: Decimal) -> Decimal:
    """Between the two nearest by straight line, so that a next one lies below it with a chance of
    `part` (Hyndman and Fan 1996, type 6)."""
    place = min(max(part * (len(ordered) + 1) - 1, ZERO), Decimal(len(ordered) - 1))
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def cash_forecast(figures: Figures) -> tuple[ForecastRow, ...]:
    """The next thirteen weeks; no rows before anything was paid, or when nothing is open."""
    forecaster = figures.once(Forecaster)
    if not forecaster.is_known(figures.as_of) or not open_invoices(figures):
        return ()
    return tuple(_row(figures, forecaster, week) for week in range(1, WEEKS + 1))


def _row(figures: Figures, forecaster: Forecaster, week: int) -> ForecastRow:
    found = forecaster.foreseen(figures.as_of, week)
    starts_after, until = bounds(figures.as_of, week)
    return ForecastRow(
        week,
        starts_after + timedelta(days=1),
        until,
        as_amount(found.from_open, figures.currency),
        as_amount(found.expected, figures.currency),
        if_any(found.low, figures.currency),
        if_any(found.high, figures.currency),
    )


def if_any(value: Decimal | None, currency: str) -> Decimal | None:
    return None if value is None else as_amount(value, currency)
