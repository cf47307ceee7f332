"""How fast money comes in, and how much of it is on its way."""

from __future__ import annotations

from infra.dashboards.charts import Charts
from infra.dashboards.subjects import FORECAST, KPI_VALUES
from infra.dashboards.visuals import PAGE, Said, Sheet, Time, Visual

BENCHMARK = "dso_benchmark"
"""The Dutch average, or what the organisation stated in its place."""
DSO = ("dso_count_back", "dso_best_possible", BENCHMARK)
LATENESS = ("average_days_delinquent", "days_past_due")
EFFECT = ("cei", "collection_rate", "promises_kept")


def speed(draw: Charts) -> Sheet:
    return Sheet(
        "dso",
        "DSO en kerncijfers · DSO and figures",
        Said("Hoe snel wordt er betaald?", "How fast are we paid?"),
        (
            _trend(
                draw,
                "dso-trend",
                Said("DSO tegenover de Nederlandse markt", "DSO against the Dutch market, in days"),
                DSO,
                wide=PAGE,
            ),
            _trend(draw, "late-trend", Said("Dagen te laat", "Days late"), LATENESS),
            _trend(
                draw, "effect-trend", Said("Hoe goed het innen gaat, in %", "Effect, in %"), EFFECT
            ),
            _all_figures(draw),
        ),
    )


def _trend(
    draw: Charts, chart: str, said: Said, names: tuple[str, ...], wide: int = PAGE // 2
) -> Visual:
    """Days and shares do not add up: a small chart for each organisation."""
    shape = draw.lines(
        chart,
        said,
        draw.by(chart, KPI_VALUES, "as_of"),
        draw.total(chart, KPI_VALUES, "value", "AVERAGE"),
        draw.by(chart, KPI_VALUES, "label"),
        each=draw.by(chart, KPI_VALUES, "org"),
    )
    return Visual(chart, KPI_VALUES, shape, Time.UNTIL, only={"name": names}, wide=wide, high=14)


def _all_figures(draw: Charts) -> Visual:
    chart = "figures-day"
    shape = draw.table(
        chart,
        Said("Alle cijfers op de gekozen dag", "All figures on the chosen day; empty: no figure"),
        [draw.by(chart, KPI_VALUES, name) for name in ("org", "label", "measured_in")],
        [draw.total(chart, KPI_VALUES, "value", "AVERAGE")],
        sorted_by=f"{chart}.label",
        direction="ASC",
    )
    return Visual(chart, KPI_VALUES, shape, wide=PAGE, high=20)


def cash(draw: Charts) -> Sheet:
    chart, weeks = "cash-weeks", "cash-table"
    amounts = ("expected_amount", "low_amount", "high_amount")
    shape = draw.bars_and_lines(
        chart,
        Said("Verwacht per week", "Expected per week, with its lowest and highest"),
        draw.by(chart, FORECAST, "week_from"),
        [draw.total(chart, FORECAST, "expected_amount")],
        [draw.total(chart, FORECAST, name) for name in ("low_amount", "high_amount")],
    )
    table = draw.table(
        weeks,
        Said("Week voor week", "Week by week"),
        [draw.by(weeks, FORECAST, name) for name in ("org", "week_from")],
        [draw.total(weeks, FORECAST, name) for name in amounts],
        sorted_by=f"{weeks}.week_from",
        direction="ASC",
    )
    return Sheet(
        "cash",
        "Geld op komst · Cash forecast",
        Said("Wat komt er binnen?", "What will come in?"),
        (
            Visual(chart, FORECAST, shape, wide=PAGE, high=16),
            Visual(weeks, FORECAST, table, wide=PAGE, high=14),
        ),
    )
