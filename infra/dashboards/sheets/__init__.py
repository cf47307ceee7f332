"""The sheets of the dashboard, in the order of their tabs."""

from __future__ import annotations

from infra.dashboards.charts import Charts
from infra.dashboards.sheets.coming import cash, speed
from infra.dashboards.sheets.done import decisions, reminders
from infra.dashboards.sheets.owed import ageing, debtor
from infra.dashboards.sheets.risk import risk
from infra.dashboards.visuals import Sheet

IN_ORDER = (ageing, speed, cash, risk, reminders, decisions, debtor)


def sheets(draw: Charts) -> tuple[Sheet, ...]:
    return tuple(sheet(draw) for sheet in IN_ORDER)
