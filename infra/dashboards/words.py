"""What people read in place of codes. Charts sort by name: a number in front keeps the order."""

from __future__ import annotations

from kasstroom.credit.decision import Outcome
from kasstroom.dunning.strategy import StepKind
from kasstroom.reports.ageing import Bucket
from kasstroom.reports.kpi.model import Unit
from kasstroom.reports.kpi.registry import KPIS

AGES = {
    Bucket.CURRENT: "0 nog niet te laat",
    Bucket.DAYS_1_30: "1–30 dagen",
    Bucket.DAYS_31_60: "31–60 dagen",
    Bucket.DAYS_61_90: "61–90 dagen",
    Bucket.DAYS_91_120: "91–120 dagen",
    Bucket.DAYS_OVER_120: "meer dan 120 dagen",
    Bucket.UNALLOCATED: "tegoed",
}
UNITS = {
    Unit.DAYS: "dagen",
    Unit.PERCENT: "%",
    Unit.POINTS: "punten",
    Unit.AMOUNT: "bedrag",
    Unit.COUNT: "aantal",
}
FIGURES = {kpi.name: kpi.means.nl for kpi in KPIS}
OUTCOMES = {
    Outcome.APPROVED: "1 goedgekeurd",
    Outcome.APPROVED_PARTIAL: "2 voor een deel",
    Outcome.APPROVED_WITH_CONDITIONS: "3 met voorwaarden",
    Outcome.REFER: "4 naar een mens",
    Outcome.DECLINED: "5 geweigerd",
}
STEPS = {
    StepKind.PRE_REMINDER: "1 vooraankondiging",
    StepKind.REMINDER: "2 herinnering",
    StepKind.SECOND_REMINDER: "3 tweede herinnering",
    StepKind.NOTICE: "4 aanmaning",
    StepKind.FOURTEEN_DAY_LETTER: "5 14-dagenbrief",
    StepKind.FINAL_DEMAND: "6 laatste sommatie",
}
SENT, DELIVERED, READ, PAID = "1 verstuurd", "2 bezorgd", "3 gelezen", "4 betaald in 14 dagen"
