"""The data sets of the dashboard: what each shows of the lake, in rows made for charts."""

from infra.dashboards.subjects.done import CHECKS, LOSSES, REMINDERS
from infra.dashboards.subjects.owed import AGES, FORECAST, INSURED, ITEMS, KPI_VALUES, RISK

SUBJECTS = (KPI_VALUES, AGES, ITEMS, FORECAST, RISK, INSURED, REMINDERS, CHECKS, LOSSES)

__all__ = [
    "AGES", "CHECKS", "FORECAST", "INSURED", "ITEMS", "KPI_VALUES", "LOSSES", "REMINDERS", "RISK",
    "SUBJECTS",
]  # fmt: skip
