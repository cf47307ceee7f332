"""What reminders bring in, and what credit decisions cost."""

from __future__ import annotations

from infra.dashboards.charts import Charts
from infra.dashboards.reckoned import APPROVED_SHARE, PAID_SHARE
from infra.dashboards.subjects import CHECKS, LOSSES, REMINDERS
from infra.dashboards.visuals import PAGE, Said, Sheet, Time, Visual
from infra.dashboards.words import SENT


def reminders(draw: Charts) -> Sheet:
    return Sheet(
        "reminders",
        "Herinneringen · Dunning funnel",
        Said("Wat leveren herinneringen op?", "What do reminders bring in?"),
        (_funnel(draw), _paid(draw), _sent(draw)),
    )


def _funnel(draw: Charts) -> Visual:
    chart = "reminder-funnel"
    shape = draw.funnel(
        chart,
        Said("Van verstuurd tot betaald", "From sent to paid; recent ones may still be paid"),
        draw.by(chart, REMINDERS, "stage"),
        draw.total(chart, REMINDERS, "reached"),
        sorted_by=f"{chart}.stage",
    )
    return Visual(chart, REMINDERS, shape, Time.OWN, own_day="out_on", high=16)


def _paid(draw: Charts) -> Visual:
    chart = "reminder-paid"
    shape = draw.bars(
        chart,
        Said("Betaald binnen 14 dagen, per stap", "Paid within 14 days, by step and channel"),
        draw.by(chart, REMINDERS, "step"),
        [draw.share(chart, REMINDERS, PAID_SHARE.name)],
        colour=draw.by(chart, REMINDERS, "channel"),
        arrangement="CLUSTERED",
    )
    return Visual(chart, REMINDERS, shape, Time.OWN, own_day="out_on", high=16)


def _sent(draw: Charts) -> Visual:
    chart = "reminder-weeks"
    shape = draw.bars(
        chart,
        Said("Verstuurd per week, naar stap", "Sent per week, by step"),
        draw.by(chart, REMINDERS, "out_on", each="WEEK"),
        [draw.total(chart, REMINDERS, "reached")],
        colour=draw.by(chart, REMINDERS, "step"),
    )
    return Visual(
        chart,
        REMINDERS,
        shape,
        Time.OWN,
        own_day="out_on",
        only={"stage": (SENT,)},
        wide=PAGE,
    )


def decisions(draw: Charts) -> Sheet:
    return Sheet(
        "decisions",
        "Kredietbesluiten · Decisions",
        Said("Wie mag later betalen, en wat kost dat?", "Who may pay later, and at what loss?"),
        (_results(draw), _approved(draw), _lost(draw), _policies(draw)),
    )


def _results(draw: Charts) -> Visual:
    chart = "decision-weeks"
    shape = draw.bars(
        chart,
        Said("Besluiten per week", "Decisions per week, by outcome"),
        draw.by(chart, CHECKS, "decided_on", each="WEEK"),
        [draw.count(chart, CHECKS, "decision")],
        colour=draw.by(chart, CHECKS, "result"),
    )
    return Visual(chart, CHECKS, shape, Time.OWN, own_day="decided_on", wide=PAGE)


def _approved(draw: Charts) -> Visual:
    chart = "decision-approved"
    shape = draw.lines(
        chart,
        Said("Goedgekeurd per maand, naar beleid", "Approved per month, by policy version"),
        draw.by(chart, CHECKS, "decided_on", each="MONTH"),
        draw.share(chart, CHECKS, APPROVED_SHARE.name),
        draw.by(chart, CHECKS, "policy"),
    )
    return Visual(chart, CHECKS, shape, Time.OWN, own_day="decided_on")


def _lost(draw: Charts) -> Visual:
    chart = "decision-lost"
    shape = draw.bars(
        chart,
        Said("Afgeboekt, naar het beleid dat krediet gaf", "Written off, by the policy behind it"),
        draw.by(chart, LOSSES, "effective_on", each="MONTH"),
        [draw.total(chart, LOSSES, "lost_amount")],
        colour=draw.by(chart, LOSSES, "policy"),
    )
    return Visual(chart, LOSSES, shape, Time.OWN, own_day="effective_on")


def _policies(draw: Charts) -> Visual:
    chart = "decision-policies"
    shape = draw.table(
        chart,
        Said("Beleid en uitkomst", "Policy versions and their outcomes"),
        [draw.by(chart, CHECKS, name) for name in ("org", "policy", "result")],
        [
            draw.count(chart, CHECKS, "decision"),
            draw.total(chart, CHECKS, "asked_amount"),
            draw.total(chart, CHECKS, "granted_amount"),
        ],
        sorted_by=f"{chart}.asked_amount",
    )
    return Visual(chart, CHECKS, shape, Time.OWN, own_day="decided_on", wide=PAGE, high=14)
