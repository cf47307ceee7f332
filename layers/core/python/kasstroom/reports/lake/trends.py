"""Tables of what was reckoned from the books: each figure of a day, and the money expected."""

from __future__ import annotations

from kasstroom.reports.lake.shape import Column, Table, Type, day, money, number, text

KPI_DAYS = 1830
"""Five years: figures name nobody."""

KPIS = Table(
    "kpis",
    (
        text("name", "the figure's name in the data dictionary", lambda r: r.name),
        text("unit", "days, percent, points, amount, count", lambda r: r.unit),
        text("currency", "ISO 4217 code of the books it is about", lambda r: r.currency),
        Column("value", Type.AMOUNT, "the figure; none: there is no figure", lambda r: r.value),
    ),
    "Every figure as of that day, also where there is none: an organisation that was"
    " photographed has rows",
    kept_days=KPI_DAYS,
)

CASH_FORECAST = Table(
    "cash_forecast",
    (
        text("currency", "ISO 4217 code", lambda r: r.currency),
        day("week_from", "first day of seven", lambda r: r.week_from),
        *money("expected", "likely to come in", lambda r: r.expected),
        *money("low", "one week in ten brings less; none: too little past", lambda r: r.low),
        *money("high", "one week in ten brings more; none: too little past", lambda r: r.high),
    ),
    "Money expected to come in from open invoices, per week, as it was expected that day",
    kept_days=KPI_DAYS,
)


def _part(nth: int) -> Column:
    return text(
        f"part{nth}", f"the measure's dimension {nth}; none: it has fewer",
        lambda r: r[0].parts[nth - 1] if len(r[0].parts) >= nth else None,
    )  # fmt: skip


FIGURES = Table(
    "figures",
    (
        text("measure", "what is counted: see Measures", lambda r: str(r[0].measure)),
        text("currency", "ISO 4217 code; empty for counts", lambda r: r[0].currency),
        day("on_day", "the day it counts on; none: as it stands", lambda r: r[0].on),
        *(_part(nth) for nth in (1, 2, 3)),
        number("value", "minor units, or a count", lambda r: r[1]),
    ),
    "The cells all figures are reckoned from, as they were kept up to date change by change",
)
