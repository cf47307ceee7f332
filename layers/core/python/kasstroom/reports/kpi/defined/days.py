"""DSO in its kinds, what is open and how old it is."""

from __future__ import annotations

from kasstroom.reports.kpi import ages, days
from kasstroom.reports.kpi.model import Better, Kpi, Names, Table, Unit
from kasstroom.reports.measures import Measure

CRF = "Credit Research Foundation, formulas for receivables"
OWED = (Measure.OPEN, Measure.OPEN_MOVED, Measure.UNALLOCATED, Measure.UNALLOCATED_MOVED)
SALES = (Measure.SOLD,)
_PERIOD = "D: the period asked for (90 days), or as long as there are sales"

KPIS = (
    Kpi(
        "outstanding", Unit.AMOUNT, Better.NEITHER, Names("Openstaand", "Outstanding"),
        "open invoices + open credit notes + money without an invoice (the latter two negative)",
        "ledger", OWED, ages.outstanding,
    ),
    Kpi(
        "overdue", Unit.AMOUNT, Better.LOWER, Names("Te laat", "Overdue"),
        "open invoices whose due date lies before the day", "ledger", OWED, ages.overdue,
    ),
    Kpi(
        "overdue_percent", Unit.PERCENT, Better.LOWER, Names("Deel te laat", "Share overdue"),
        "overdue / open invoices x 100", "ledger", OWED, ages.overdue_percent,
    ),
    Kpi(
        "open_charges", Unit.AMOUNT, Better.NEITHER,
        Names("Openstaande kosten en rente", "Open costs and interest"),
        "collection costs and interest claimed and not paid; no part of outstanding", "ledger",
        (Measure.CHARGES, Measure.CHARGES_MOVED), ages.open_charges,
    ),
    Kpi(
        "dso", Unit.DAYS, Better.LOWER, Names("DSO (eenvoudig)", "DSO (simple)"),
        f"outstanding / sales of the last D days x D; sales: invoiced less credited; {_PERIOD}",
        CRF, OWED + SALES, days.dso,
    ),
    Kpi(
        "dso_count_back", Unit.DAYS, Better.LOWER, Names("DSO (terugtelling)", "DSO (count-back)"),
        "take the sales of the month so far, then of each month before it, off outstanding and"
        " count their days; the last month pro rata",
        CRF, OWED + SALES, days.dso_count_back,
    ),
    Kpi(
        "dso_true", Unit.DAYS, Better.LOWER, Names("DSO (per factuur)", "DSO (true)"),
        "sum over open invoices of age since issue x open amount / sales of the month of issue",
        CRF, (Measure.OPEN_BY_ISSUE, *SALES), days.dso_true,
    ),
    Kpi(
        "dso_best_possible", Unit.DAYS, Better.LOWER,
        Names("Best haalbare DSO", "Best possible DSO"),
        f"open invoices not past due / sales of the last D days x D; {_PERIOD}",
        CRF, OWED + SALES, days.dso_best_possible,
    ),
    Kpi(
        "average_days_delinquent", Unit.DAYS, Better.LOWER,
        Names("Gemiddelde dagen te laat (ADD)", "Average days delinquent (ADD)"),
        "DSO (simple) - best possible DSO", CRF, OWED + SALES, days.average_days_delinquent,
    ),
    Kpi(
        "days_past_due", Unit.DAYS, Better.LOWER,
        Names("Gewogen dagen over tijd", "Weighted days past due"),
        "sum of (open amount x days past due) / sum of open amounts, over invoices that are late",
        CRF, OWED, days.days_past_due_weighted,
    ),
    Kpi(
        "dso_benchmark", Unit.DAYS, Better.NEITHER,
        Names("DSO in de markt", "DSO of the market"),
        "the benchmark of the report assumptions; unless stated 46 days, the Netherlands in 2018",
        "Onguard, guide to order-to-cash (2018)", (), days.dso_benchmark,
    ),
    Kpi(
        "dso_against_benchmark", Unit.DAYS, Better.LOWER,
        Names("DSO tegenover de markt", "DSO against the market"),
        "DSO (simple) - benchmark of the report assumptions",
        "Onguard, guide to order-to-cash (2018)", OWED + SALES, days.dso_against_benchmark,
    ),
)  # fmt: skip
TABLES = (
    Table(
        "ageing", Names("Ouderdom", "Ageing"),
        "open amounts by days past due (1-30, 31-60, 61-90, 91-120, over 120); what stands to the"
        " credit of debtors is `unallocated`; all rows add up to outstanding",
        "ledger", (*OWED, Measure.OPEN_DISPUTED), ages.AgeRow, ages.ageing,
    ),
    Table(
        "roll_rates", Names("Doorrol", "Roll rates"),
        "of what lay in a bucket 30 days ago, what lies in the next one now / that balance x 100",
        "usual in collections", OWED, ages.RollRow,
        ages.roll_rates,
    ),
)  # fmt: skip
