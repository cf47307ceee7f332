"""Ageing, and the open items of one debtor."""

from __future__ import annotations

from infra.dashboards.actions import DEBTOR_SHEET, look_closer, to_debtor
from infra.dashboards.charts import Charts
from infra.dashboards.reckoned import CHOSEN, LATE_SHARE
from infra.dashboards.subjects import AGES, ITEMS, KPI_VALUES
from infra.dashboards.visuals import PAGE, Said, Sheet, Time, Visual
from infra.dashboards.words import FIGURES
from kasstroom.reports.kpi.registry import kpi


def figure(draw: Charts, name: str, wide: int = PAGE // 3) -> Visual:
    """A figure that adds up over organisations, as it moved. NotFound: no such figure."""
    said = Said(FIGURES[name], kpi(name).means.en)
    shape = draw.tile(f"tile-{name}", said, KPI_VALUES, "value", day="as_of")
    return Visual(
        f"tile-{name}",
        KPI_VALUES,
        shape,
        Time.UNTIL,
        only={"name": (name,)},
        wide=wide,
        high=6,
    )


def ageing(draw: Charts) -> Sheet:
    return Sheet(
        "ageing",
        "Ouderdom · Ageing",
        Said("Hoeveel staat open, en hoelang al?", "How much is open, and for how long?"),
        (
            figure(draw, "outstanding"),
            figure(draw, "overdue"),
            figure(draw, "disputed"),
            _over_time(draw),
            _by_age(draw),
            _by_kind(draw),
            _debtors(draw),
        ),
    )


def _over_time(draw: Charts) -> Visual:
    chart = "ageing-trend"
    shape = draw.bars(
        chart,
        Said("Openstaand door de tijd, naar ouderdom", "Outstanding over time, by age"),
        draw.by(chart, AGES, "as_of"),
        [draw.total(chart, AGES, "amount")],
        colour=draw.by(chart, AGES, "bucket"),
    )
    return Visual(chart, AGES, shape, Time.UNTIL, wide=PAGE)


def _by_age(draw: Charts) -> Visual:
    chart = "ageing-day"
    shape = draw.bars(
        chart,
        Said("Naar ouderdom op de gekozen dag", "By age on the chosen day; click to look closer"),
        draw.by(chart, AGES, "bucket"),
        [draw.total(chart, AGES, "amount")],
        lying=True,
        actions=[look_closer(draw.kind, chart)],
    )
    return Visual(chart, AGES, shape)


def _by_kind(draw: Charts) -> Visual:
    chart = "ageing-late-share"
    shape = draw.bars(
        chart,
        Said("Welk deel is te laat, naar soort debiteur", "Share overdue, by kind of debtor"),
        draw.by(chart, AGES, "debtor_kind"),
        [draw.share(chart, AGES, LATE_SHARE.name)],
        lying=True,
    )
    return Visual(chart, AGES, shape)


def _debtors(draw: Charts) -> Visual:
    chart = "ageing-debtors"
    rows = [draw.by(chart, AGES, name) for name in ("debtor", "debtor_label", "org")]
    shape = draw.table(
        chart,
        Said("Debiteuren, het meeste te laat bovenaan", "Debtors by overdue; click for the items"),
        rows,
        [draw.total(chart, AGES, name) for name in ("amount", "late_amount")],
        sorted_by=f"{chart}.late_amount",
        actions=[to_debtor(draw.kind, chart, f"{chart}.debtor")],
    )
    return Visual(chart, AGES, shape, wide=PAGE, high=16)


def debtor(draw: Charts) -> Sheet:
    chart = "debtor-items"
    columns = ("debtor_label", "number", "kind", "issued_on", "due_on")
    shape = draw.table(
        chart,
        Said("Openstaande posten", "Open items, the longest overdue first"),
        [draw.by(chart, ITEMS, name) for name in columns],
        [
            draw.total(chart, ITEMS, "days_past_due", "MAX"),
            draw.total(chart, ITEMS, "open_amount"),
        ],
        sorted_by=f"{chart}.days_past_due",
    )
    return Sheet(
        DEBTOR_SHEET,
        "Debiteur · Debtor",
        Said("Wat staat bij deze debiteur open?", "What is open at this debtor?"),
        (_by_due_month(draw), Visual(chart, ITEMS, shape, chosen=CHOSEN.name, wide=PAGE, high=20)),
    )


def _by_due_month(draw: Charts) -> Visual:
    chart = "debtor-months"
    shape = draw.bars(
        chart,
        Said("Openstaand naar maand van betalen", "Open amount by month it is or was due"),
        draw.by(chart, ITEMS, "due_on", each="MONTH"),
        [draw.total(chart, ITEMS, "open_amount")],
        colour=draw.by(chart, ITEMS, "kind"),
    )
    return Visual(chart, ITEMS, shape, chosen=CHOSEN.name, wide=PAGE)
