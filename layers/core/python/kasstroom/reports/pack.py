"""What the management pack shows: the figures of a day that a board asks for, each as it is defined
for every other report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kasstroom.money import Money
from kasstroom.reports import dashboard_figures
from kasstroom.reports.dashboard import Funnel
from kasstroom.reports.kpi.ages import ageing
from kasstroom.reports.kpi.figures import Figures
from kasstroom.reports.kpi.forecast import cash_forecast
from kasstroom.reports.kpi.registry import KPIS, kpi, measures_of, table
from kasstroom.reports.lists.figures import figures_of, valued
from kasstroom.reports.shape import Asked, Row, Sources, Words

PACK = "pack"
"""The one column of the report: the pack as a whole, for who draws it."""
FIRST = ("outstanding", "overdue", "dso", "cei", "coverage_gap")
MORE = (
    "overdue_percent", "dso_against_benchmark", "dso_best_possible", "average_days_delinquent",
    "days_past_due", "collection_rate", "promises_kept", "dispute_days", "unapplied_cash",
    "auto_match", "approval_rate", "cost_to_collect", "roi",
)  # fmt: skip
RISK = (
    "coverage_gap", "coverage_gap_percent", "above_limit", "limit_utilisation", "expected_loss",
    "bad_debt", "overdue", "disputed",
)  # fmt: skip
_TABLES = ("ageing", "cash_forecast")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with what it is called; `unit` as of its KPI. None: no figure."""

    name: str
    means: Words
    unit: str
    value: Money | Decimal | None


@dataclass(frozen=True, slots=True)
class AgePart:
    bucket: str
    amount: Money
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class TrendPoint:
    on: date
    open: Money
    late: Money
    dso: Decimal | None


@dataclass(frozen=True, slots=True)
class WeekAhead:
    starts_on: date
    expected: Money
    low: Money | None
    high: Money | None


@dataclass(frozen=True, slots=True)
class Pack:
    """What has no figure is empty or None. `benchmark_days` is the market's DSO."""

    as_of: date
    currency: str
    first: tuple[Told, ...]
    more: tuple[Told, ...]
    ageing: tuple[AgePart, ...]
    trend: tuple[TrendPoint, ...]
    benchmark_days: Decimal
    benchmark_source: str
    forecast: tuple[WeekAhead, ...]
    funnel: Funnel
    risk: tuple[Told, ...]


def rows(sources: Sources, asked: Asked) -> Iterator[Row]:
    """One row that holds the pack."""
    wanted = (*map(kpi, dict.fromkeys((*FIRST, *MORE, *RISK))), *map(table, _TABLES))
    measures = measures_of(wanted) | dashboard_figures.MEASURES
    yield {PACK: pack_of(figures_of(sources, asked, measures))}


def pack_of(figures: Figures) -> Pack:
    board = dashboard_figures.dashboard(figures, (figures.currency,))
    benchmark = figures.assumptions.benchmark
    return Pack(
        figures.as_of,
        figures.currency,
        _told(figures, FIRST),
        _told(figures, MORE),
        tuple(
            AgePart(row.bucket, _money(row.amount, figures), row.percent) for row in ageing(figures)
        ),
        tuple(
            TrendPoint(
                week.on,
                Money(week.open_minor, figures.currency),
                Money(week.late_minor, figures.currency),
                week.dso,
            )
            for week in board.weeks
        ),
        benchmark.dso_days,
        f"{benchmark.source}, {benchmark.year}",
        _forecast(figures),
        board.funnel,
        _told(figures, RISK),
    )


def _told(figures: Figures, names: tuple[str, ...]) -> tuple[Told, ...]:
    by_name = {one.name: one for one in KPIS}
    return tuple(
        Told(
            name,
            Words(by_name[name].means.nl, by_name[name].means.en),
            str(by_name[name].unit),
            valued(by_name[name], figures),
        )
        for name in names
    )


def _forecast(figures: Figures) -> tuple[WeekAhead, ...]:
    return tuple(
        WeekAhead(
            row.starts_on,
            _money(row.expected, figures),
            None if row.low is None else _money(row.low, figures),
            None if row.high is None else _money(row.high, figures),
        )
        for row in cash_forecast(figures)
    )


def _money(amount: Decimal, figures: Figures) -> Money:
    return Money.of(amount, figures.currency)
