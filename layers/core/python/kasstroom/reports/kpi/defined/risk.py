"""What may be lost, what was lost, and who granted it."""

from __future__ import annotations

from kasstroom.reports.kpi import risk
from kasstroom.reports.kpi.defined.collection import TRADE
from kasstroom.reports.kpi.defined.days import CRF, SALES
from kasstroom.reports.kpi.model import Better, Kpi, Names, Unit
from kasstroom.reports.measures import Measure

KPIS = (
    Kpi(
        "bad_debt", Unit.PERCENT, Better.LOWER, Names("Oninbaar", "Bad debt"),
        "written off less what was claimed again in the last year / sales of that year x 100",
        CRF, (Measure.LOST, *SALES), risk.bad_debt,
    ),
    Kpi(
        "expected_loss", Unit.AMOUNT, Better.LOWER, Names("Verwacht verlies", "Expected loss"),
        "sum over accounts of probability of default x loss given default x what no insurer pays",
        "IFRS 9 (simplified): PD x LGD x EAD", (Measure.EXPECTED_LOSS, Measure.EXPOSURE),
        risk.expected_loss,
    ),
    Kpi(
        "limit_utilisation", Unit.PERCENT, Better.NEITHER,
        Names("Limietbenutting", "Limit utilisation"),
        "what accounts owe / limits that count today (those of the source that grants most in"
        " total) x 100",
        TRADE, (Measure.EXPOSURE, Measure.LIMIT), risk.limit_utilisation,
    ),
    Kpi(
        "above_limit", Unit.AMOUNT, Better.LOWER, Names("Boven de limiet", "Above the limit"),
        "what accounts owe above their highest limit", TRADE, (Measure.EXPOSURE,),
        risk.above_limit,
    ),
    Kpi(
        "coverage_gap", Unit.AMOUNT, Better.LOWER, Names("Niet gedekt", "Coverage gap"),
        "what accounts owe beyond what an insurer pays", TRADE, (Measure.EXPOSURE,),
        risk.coverage_gap,
    ),
    Kpi(
        "coverage_gap_percent", Unit.PERCENT, Better.LOWER,
        Names("Deel niet gedekt", "Share not covered"),
        "coverage gap / what accounts owe x 100", TRADE, (Measure.EXPOSURE,),
        risk.coverage_gap_percent,
    ),
    Kpi(
        "approval_rate", Unit.PERCENT, Better.NEITHER, Names("Goedgekeurd", "Approval rate"),
        "credit decisions of the last year that let the buyer pay later, also in part or on"
        " conditions / all decisions x 100",
        TRADE, (Measure.DECISIONS,), risk.approval_rate,
    ),
)  # fmt: skip
