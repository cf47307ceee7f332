"""The lake: what finance can ask in SQL, and where each table stands in the bucket.

Every table is a photograph of one day: ask with `WHERE as_of = '2026-11-21'`, of all organisations
together or with `AND org = 'acme'`. The books are written in segments, one Parquet object each, so
that a second run replaces the first. The export registers each partition in the catalogue, for were
`org` found by its name (partition projection), every question would have to name its organisations.
"""

from kasstroom.reports.lake.books import AGEING, DEBTORS, INVOICES, LEDGER, OPEN_ITEMS, PAYMENTS
from kasstroom.reports.lake.events import EVENTS
from kasstroom.reports.lake.risk import COVERS, CREDIT_ACCOUNTS, CREDIT_LIMITS, EXPOSURES
from kasstroom.reports.lake.shape import (
    EXPORT_DAYS,
    EXPORT_PREFIX,
    LAKE_PREFIX,
    PARTITIONS,
    RUN_PREFIX,
    Column,
    Row,
    Table,
    Type,
)
from kasstroom.reports.lake.trends import CASH_FORECAST, FIGURES, KPIS
from kasstroom.reports.lake.work import (
    ASKED_INVOICES,
    BANK_LINES,
    CALL_TASKS,
    CALLS,
    DECISIONS,
    DISPUTES,
    MESSAGES,
    UNMATCHED_MONEY,
)

PHOTOGRAPHED = (
    DEBTORS,
    INVOICES,
    OPEN_ITEMS,
    AGEING,
    LEDGER,
    PAYMENTS,
    DECISIONS,
    MESSAGES,
    ASKED_INVOICES,
    DISPUTES,
    CALL_TASKS,
    CALLS,
    BANK_LINES,
    UNMATCHED_MONEY,
    CREDIT_ACCOUNTS,
    CREDIT_LIMITS,
    EXPOSURES,
    COVERS,
)
"""What the night writes segment by segment."""
RECKONED = (FIGURES, KPIS, CASH_FORECAST)
"""What is reckoned of an organisation when all its segments are written."""
TABLES = (*PHOTOGRAPHED, *RECKONED)
"""A photograph per day each."""
CATALOGUE = (*TABLES, EVENTS)
"""All tables there are: events come all day long and have partitions of their own."""

__all__ = [
    "AGEING", "ASKED_INVOICES", "BANK_LINES", "CALLS", "CALL_TASKS", "CASH_FORECAST", "CATALOGUE",
    "COVERS", "CREDIT_ACCOUNTS", "CREDIT_LIMITS", "Column", "DEBTORS", "DECISIONS", "DISPUTES",
    "EVENTS", "EXPORT_DAYS", "EXPORT_PREFIX", "EXPOSURES", "FIGURES", "INVOICES", "KPIS",
    "LAKE_PREFIX", "LEDGER", "MESSAGES", "OPEN_ITEMS", "PARTITIONS", "PAYMENTS", "PHOTOGRAPHED",
    "RECKONED", "RUN_PREFIX", "Row", "TABLES", "Table", "Type", "UNMATCHED_MONEY",
]  # fmt: skip
