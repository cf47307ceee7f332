"""Reports of figures: every KPI as of a day, and the tables that belong to them. What each means
stands once, in `kasstroom.reports.kpi`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, get_args, get_type_hints

from kasstroom.money import Money
from kasstroom.reports.kpi.figures import Figures
from kasstroom.reports.kpi.model import Kpi, Table
from kasstroom.reports.kpi.model import Unit as KpiUnit
from kasstroom.reports.kpi.registry import KPIS, measures_of
from kasstroom.reports.lists.columns import column
from kasstroom.reports.measures import Measure
from kasstroom.reports.reading_figures import figures_with
from kasstroom.reports.shape import CURRENCY, Asked, Column, Row, Rows, Sources, Unit, Words

KPI_COLUMNS = (
    column("figure"), column("meaning"), column("value", Unit.VALUE), column("unit"),
    column(CURRENCY), column("formula"),
)  # fmt: skip
_SHARES = ("percent", "_points")
_MIXED = frozenset({"before", "now"})
"""In the unit that their row names."""


def figures_of(sources: Sources, asked: Asked, measures: Collection[Measure]) -> Figures:
    """Refused when several currencies have to be added and one has no rate."""
    cells = sources.figures.cells(asked.org, measures)
    return figures_with(
        sources.books, asked.org, cells,
        as_of=asked.as_of, today=asked.today, currency=asked.currency,
    )  # fmt: skip


def kpis(sources: Sources, asked: Asked) -> Iterator[Row]:
    figures = figures_of(sources, asked, measures_of(KPIS))
    for one in KPIS:
        is_amount = one.unit is KpiUnit.AMOUNT
        yield {
            "figure": one.name,
            "meaning": Words(one.means.nl, one.means.en),
            "value": valued(one, figures),
            "unit": str(one.unit),
            CURRENCY: figures.currency if is_amount else "",
            "formula": one.formula,
        }


def valued(one: Kpi, figures: Figures) -> Money | Decimal | None:
    """An amount as money, anything else as it is; None: no figure."""
    value = one.of(figures)
    if value is None or one.unit is not KpiUnit.AMOUNT:
        return value
    return Money.of(value, figures.currency)


def rows_of(table: Table) -> Rows:
    """A table of figures as the rows of a report: its amounts as money."""
    columns = columns_of(table)

    def rows(sources: Sources, asked: Asked) -> Iterator[Row]:
        figures = figures_of(sources, asked, measures_of((table,)))
        for found in table.of(figures):
            is_amount = getattr(found, "unit", None) is KpiUnit.AMOUNT
            row = {
                c.name: _shown(c, getattr(found, c.name, None), figures, is_amount) for c in columns
            }
            yield row | {CURRENCY: figures.currency}

    return rows


def columns_of(table: Table) -> tuple[Column, ...]:
    """Of the dataclass its rows are, then the currency of its amounts."""
    kinds = get_type_hints(table.row)
    mine = [column(field.name, _unit(field.name, kinds[field.name])) for field in fields(table.row)]
    return (*mine, column(CURRENCY))


def _unit(name: str, kind: Any) -> Unit:
    plain = next((one for one in get_args(kind) if one is not type(None)), kind)
    if plain is Decimal:
        if name in _MIXED:
            return Unit.VALUE
        return Unit.PERCENT if name.endswith(_SHARES) else Unit.AMOUNT
    return {int: Unit.COUNT, date: Unit.DAY}.get(plain, Unit.TEXT)


def _shown(of: Column, value: Any, figures: Figures, is_amount: bool) -> Any:
    match value:
        case bool():
            return str(value).lower()
        case Decimal() if of.unit is Unit.AMOUNT or (of.unit is Unit.VALUE and is_amount):
            return Money.of(value, figures.currency)
    return value
