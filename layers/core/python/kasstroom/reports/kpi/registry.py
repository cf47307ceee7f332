"""All KPIs by name: what the API answers, the exports hold and the dashboards draw."""

from __future__ import annotations

from collections.abc import Iterable

from kasstroom.errors import NotFound
from kasstroom.reports.kpi.defined import collection, days, effects, money, risk
from kasstroom.reports.kpi.model import Kpi, Table
from kasstroom.reports.measures import Measure

KPIS: tuple[Kpi, ...] = (
    *days.KPIS, *collection.KPIS, *risk.KPIS, *money.KPIS, *effects.KPIS,
)  # fmt: skip
TABLES: tuple[Table, ...] = (*days.TABLES, *money.TABLES, *effects.TABLES)
_KPIS = {one.name: one for one in KPIS}
_TABLES = {one.name: one for one in TABLES}


def kpi(name: str) -> Kpi:
    """NotFound with the names there are."""
    if name not in _KPIS:
        detail = f"There is no KPI {name!r}. There are: {', '.join(_KPIS)}."
        raise NotFound("unknown_kpi", detail)
    return _KPIS[name]


def table(name: str) -> Table:
    """NotFound with the names there are."""
    if name not in _TABLES:
        detail = f"There is no table {name!r}. There are: {', '.join(_TABLES)}."
        raise NotFound("unknown_table", detail)
    return _TABLES[name]


def measures_of(wanted: Iterable[Kpi | Table]) -> frozenset[Measure]:
    """The cells to read for these, with those that say when the books begin."""
    needed = {measure for one in wanted for measure in one.measures}
    return frozenset({Measure.BOOKED_ITEMS} | needed)
