"""The figures of an organisation on the day of the photograph, for the lake: every KPI, the money
expected, and the cells both are reckoned from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.reports.dashboard_figures import currencies_in
from kasstroom.reports.figure_store import FigureStore
from kasstroom.reports.kpi.figures import Figures
from kasstroom.reports.kpi.forecast import cash_forecast
from kasstroom.reports.kpi.registry import KPIS
from kasstroom.reports.lake import trends
from kasstroom.reports.lake.shape import Row, Table
from kasstroom.reports.measures import Measure
from kasstroom.reports.reading_figures import figures_with


@dataclass(frozen=True, slots=True)
class KpiOfDay:
    """None: no figure."""

    name: str
    unit: str
    currency: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class WeekAhead:
    """`low` and `high` are None where too little is past to tell."""

    currency: str
    week_from: date
    expected: Money
    low: Money | None
    high: Money | None


def reckoned(
    books: Books, store: FigureStore, org: str, as_of: date
) -> Iterator[tuple[Table, Row]]:
    """Each row with its table; KPIs once per currency, also where there is no figure."""
    cells = store.cells(org, tuple(Measure))
    for cell, value in cells.items():
        yield trends.FIGURES, trends.FIGURES.row((cell, value))
    for currency in currencies_in(cells):
        figures = figures_with(books, org, cells, as_of=as_of, today=as_of, currency=currency)
        for kpi in KPIS:
            found = KpiOfDay(kpi.name, str(kpi.unit), currency, kpi.of(figures))
            yield trends.KPIS, trends.KPIS.row(found)
        for week in _ahead(figures):
            yield trends.CASH_FORECAST, trends.CASH_FORECAST.row(week)


def _ahead(figures: Figures) -> Iterator[WeekAhead]:
    currency = figures.currency
    for row in cash_forecast(figures):
        low, high = (
            None if amount is None else Money.of(amount, currency) for amount in (row.low, row.high)
        )
        yield WeekAhead(currency, row.starts_on, Money.of(row.expected, currency), low, high)
