"""What a KPI is: one definition, for the API, the exports, the dashboards and the dictionary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from kasstroom.money import minor_digits
from kasstroom.reports.kpi.amounts import MOVES
from kasstroom.reports.kpi.figures import Figures
from kasstroom.reports.measures import SHAPES, Measure

HUNDRED = Decimal(100)
DIGITS = 2
"""Decimals of days and percents."""


class Unit(StrEnum):
    DAYS = "days"
    PERCENT = "percent"
    POINTS = "points"
    AMOUNT = "amount"
    COUNT = "count"


class Better(StrEnum):
    """Which way is good news."""

    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Names:
    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Kpi:
    """One figure. `exact` is not rounded; None is "no figure", never 0 or 100 by dividing by
    nothing. `formula` and `source` are for the dictionary; `measures` are the cells it reads."""

    name: str
    unit: Unit
    better: Better
    means: Names
    formula: str
    source: str
    measures: tuple[Measure, ...]
    exact: Callable[[Figures], Decimal | None]

    @property
    def now_only(self) -> bool:
        """Whether it reads what is not kept by day: of a past day there is no figure then."""
        return any(is_now_only(measure) for measure in self.measures)

    def of(self, figures: Figures) -> Decimal | None:
        if self.now_only and not figures.is_now:
            return None
        return rounded(self.exact(figures), self.unit, figures.currency)


@dataclass(frozen=True, slots=True)
class Table:
    """Several figures that belong together: rows of one dataclass, `row`, whose field names are
    stable. No rows: no figure."""

    name: str
    means: Names
    formula: str
    source: str
    measures: tuple[Measure, ...]
    row: type
    of: Callable[[Figures], tuple[Any, ...]]


def is_now_only(measure: Measure) -> bool:
    return not SHAPES[measure].daily and measure not in MOVES


def rounded(value: Decimal | None, unit: Unit, currency: str = "") -> Decimal | None:
    """Half up, and nothing below zero that rounds to nothing: -0.00 is 0.00."""
    return None if value is None else _quantized(value, _digits(unit, currency))


def as_amount(value: Decimal, currency: str) -> Decimal:
    """Rounded half up to the currency's smallest unit."""
    return _quantized(value, minor_digits(currency))


def _digits(unit: Unit, currency: str) -> int:
    if unit is Unit.AMOUNT:
        return minor_digits(currency)
    return 0 if unit is Unit.COUNT else DIGITS


def _quantized(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + Decimal(0)


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """`part` in percent of `whole`, not rounded; None without a whole."""
    return per(HUNDRED * part, whole)


def percent(part: Decimal, whole: Decimal) -> Decimal | None:
    """As `share`, rounded: for the rows of a table."""
    return rounded(share(part, whole), Unit.PERCENT)


def per(part: Decimal, whole: Decimal) -> Decimal | None:
    """None where there is nothing to divide by: nothing sold, or less than nothing."""
    return part / whole if whole > 0 else None
