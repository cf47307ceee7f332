"""What is owed, what will come in, and who bears the risk."""

from __future__ import annotations

from infra.dashboards import words
from infra.dashboards.sql import named, quoted, values, whole
from infra.dashboards.subject import Field, Subject, of_any_day, plain, reckoned
from kasstroom.reports.kpi.figures import OVERDUE
from kasstroom.reports.lake import (
    AGEING,
    CASH_FORECAST,
    COVERS,
    EXPOSURES,
    KPIS,
    OPEN_ITEMS,
    Table,
    Type,
)

NAMED = "CASE WHEN {debtor_name} = '' THEN {debtor} ELSE {debtor_name} END"
"""A natural person has a token and no name in the lake."""
BY_NAME = Field("debtor_label", Type.STRING, "coalesce(nullif(n.debtor_name, ''), t.debtor)")
NAMES = (
    "LEFT JOIN {lake}.debtors n"
    " ON n.org = t.org AND n.as_of = t.as_of AND n.debtor = t.debtor"
)  # fmt: skip


def _label(table: Table) -> Field:
    return reckoned(table, "debtor_label", Type.STRING, NAMED)


def _amounts(table: Table, *names: str) -> tuple[Field, ...]:
    """`*_minor` as `*_amount`, for tables that have minor units only."""
    return tuple(
        reckoned(table, f"{name}_amount", Type.AMOUNT, whole(f"{{{name}_minor}}", "{currency}"))
        for name in names
    )


def _ageing() -> Subject:
    cases = " ".join(f"WHEN {quoted(age)} THEN {{{age}_amount}}" for age in words.AGES)
    amount = f"CASE b.code {cases} END"
    amount_of = reckoned(AGEING, "amount", Type.AMOUNT, amount)
    ages = ((str(age), label, int(age in OVERDUE)) for age, label in words.AGES.items())
    return of_any_day(
        "ageing",
        AGEING,
        (
            *plain(AGEING, "debtor", "debtor_kind", "currency"),
            _label(AGEING),
            Field("bucket", Type.STRING, "b.label"),
            amount_of,
            reckoned(
                AGEING, "late_amount", Type.AMOUNT, f"CASE WHEN b.late = 1 THEN {amount} ELSE 0 END"
            ),
        ),
        values("b", ("code", "label", "late"), *ages),
        f"{amount_of.sql} <> 0",
    )


KPI_VALUES = of_any_day(
    "kpis",
    KPIS,
    (
        *plain(KPIS, "name", "currency", "value"),
        reckoned(KPIS, "label", Type.STRING, named("{name}", words.FIGURES)),
        reckoned(KPIS, "measured_in", Type.STRING, named("{unit}", words.UNITS)),
    ),
)
AGES = _ageing()
ITEMS = of_any_day(
    "open_items",
    OPEN_ITEMS,
    (
        *plain(OPEN_ITEMS, "debtor", "number", "kind", "issued_on", "due_on"),
        *plain(OPEN_ITEMS, "days_past_due", "currency", "invoiced_amount", "open_amount"),
        _label(OPEN_ITEMS),
    ),
)
FORECAST = of_any_day(
    "cash_forecast",
    CASH_FORECAST,
    plain(
        CASH_FORECAST,
        *("currency", "week_from", "expected_amount", "low_amount", "high_amount"),
    ),
)
RISK = of_any_day(
    "risk",
    EXPOSURES,
    (
        *plain(EXPOSURES, "debtor", "debtor_kind", "currency", "rating"),
        BY_NAME,
        *_amounts(EXPOSURES, "covered", "uncovered", "above_limit", "expected_loss"),
    ),
    NAMES,
)
INSURED = of_any_day(
    "covers",
    COVERS,
    (
        *plain(COVERS, "debtor", "insurer", "state", "percentage", "valid_to", "reason"),
        *plain(COVERS, "currency", "requested_amount", "granted_amount"),
        BY_NAME,
    ),
    NAMES,
)
