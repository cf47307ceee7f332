"""What the dashboard shows of one organisation, in one currency: numbers, no words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WEEKS = 13
"""How far the trends look back."""
AHEAD = 4
"""Weeks of the forecast."""
FUNNEL_DAYS = 28
"""Reminders of this many days are followed until they were paid."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure now and a week ago; None: there is no figure."""

    now: int | None
    before: int | None

    @property
    def by(self) -> int | None:
        if self.now is None or self.before is None:
            return None
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class Aged:
    """One bucket of the ageing in minor units, and how much of it is disputed."""

    bucket: str
    minor: int
    disputed_minor: int = 0


@dataclass(frozen=True, slots=True)
class Week:
    """How it stood at the end of a day: open and late in minor units, DSO in days."""

    on: date
    open_minor: int
    late_minor: int
    dso: Decimal | None


@dataclass(frozen=True, slots=True)
class Expected:
    """Money that should come in from `starts_on`, seven days long, in minor units. Four of five
    weeks lie between `low` and `high`; None while there is too little past to say."""

    starts_on: date
    likely: int
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Funnel:
    """Reminders that went out, by how far they came. Not every channel tells what is read, and a
    letter not even that it arrived."""

    sent: int
    delivered: int
    read: int
    paid: int


@dataclass(frozen=True, slots=True)
class Risk:
    """Minor units. `oldest_due_on`: since when the oldest invoice should have been paid."""

    uncovered_minor: int
    above_limit_minor: int
    over_90_minor: int
    oldest_due_on: date | None


@dataclass(frozen=True, slots=True)
class Dashboard:
    """`received` are the last seven days beside the seven before, and so are `disputes`, which are
    counted; `late_items` and `open_items` are counts too, None with several currencies: they are
    not counted apart. `unmatched_minor` came in and waits for a person. `soon_minor` is open and
    due within the weeks of the forecast. `late_percent` is the KPI `overdue_percent`,
    `paid_percent` is `reminders_paid`, `approved_percent` is `approval_rate`; `benchmark_days` is
    what DSO is usual."""

    as_of: date
    currency: str
    currencies: tuple[str, ...]
    open: Moved
    late: Moved
    open_items: int | None
    late_items: int | None
    late_percent: Decimal | None
    received: Moved
    disputes: Moved
    unmatched_minor: int
    soon_minor: int
    expected: tuple[Expected, ...]
    risk: Risk
    ageing: tuple[Aged, ...]
    weeks: tuple[Week, ...]
    funnel: Funnel
    paid_percent: Decimal | None
    decisions: tuple[tuple[str, int], ...]
    approved_percent: Decimal | None
    benchmark_days: Decimal

    @property
    def empty(self) -> bool:
        """Nothing was ever invoiced and nothing decided: there is nothing to show yet."""
        moved = (self.open.now, self.received.now, self.received.before)
        return not (any(moved) or self.open_items or sum(n for _, n in self.decisions))

    @property
    def expected_minor(self) -> int | None:
        """Over all weeks together; None without a forecast."""
        return sum(week.likely for week in self.expected) if self.expected else None

    @property
    def expected_range(self) -> tuple[int, int] | None:
        """Lowest and highest over all weeks together, None when one of them is not known."""
        lows = [week.low for week in self.expected if week.low is not None]
        highs = [week.high for week in self.expected if week.high is not None]
        known = bool(lows) and len(lows) == len(highs) == len(self.expected)
        return (sum(lows), sum(highs)) if known else None
