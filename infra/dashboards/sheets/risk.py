"""Who bears the loss when a debtor does not pay."""

from __future__ import annotations

from infra.dashboards.charts import Charts
from infra.dashboards.sheets.owed import figure
from infra.dashboards.subjects import INSURED, RISK
from infra.dashboards.visuals import PAGE, Said, Sheet, Visual


def risk(draw: Charts) -> Sheet:
    return Sheet(
        "risk",
        "Risico en dekking · Risk and cover",
        Said("Waar zit het risico, en wie draagt het?", "Where is the risk, and who bears it?"),
        (
            figure(draw, "coverage_gap"),
            figure(draw, "above_limit"),
            figure(draw, "expected_loss"),
            _by_rating(draw),
            _largest(draw),
            _covers(draw),
        ),
    )


def _by_rating(draw: Charts) -> Visual:
    chart = "risk-rating"
    shape = draw.bars(
        chart,
        Said("Gedekt en niet gedekt, naar rating", "Covered and not covered, by rating"),
        draw.by(chart, RISK, "rating"),
        [draw.total(chart, RISK, name) for name in ("covered_amount", "uncovered_amount")],
    )
    return Visual(chart, RISK, shape)


def _largest(draw: Charts) -> Visual:
    chart = "risk-debtors"
    shape = draw.bars(
        chart,
        Said("Grootste bedragen zonder dekking", "Largest amounts without cover"),
        draw.by(chart, RISK, "debtor_label"),
        [draw.total(chart, RISK, "uncovered_amount")],
        lying=True,
        largest_first=f"{chart}.uncovered_amount",
    )
    return Visual(chart, RISK, shape)


def _covers(draw: Charts) -> Visual:
    chart = "risk-covers"
    rows = ("org", "debtor_label", "insurer", "state", "reason", "valid_to")
    shape = draw.table(
        chart,
        Said("Dekking van de kredietverzekeraar", "Credit insurance per debtor"),
        [draw.by(chart, INSURED, name) for name in rows],
        [
            draw.total(chart, INSURED, "requested_amount"),
            draw.total(chart, INSURED, "granted_amount"),
            draw.total(chart, INSURED, "percentage", "MAX"),
        ],
        sorted_by=f"{chart}.requested_amount",
    )
    return Visual(chart, INSURED, shape, wide=PAGE, high=14)
