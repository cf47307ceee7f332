"""How well what is owed comes in."""

from __future__ import annotations

from kasstroom.reports.kpi import collection, service
from kasstroom.reports.kpi.defined.days import CRF, OWED, SALES
from kasstroom.reports.kpi.model import Better, Kpi, Names, Unit
from kasstroom.reports.measures import Measure

TRADE = "usual in collections"

KPIS = (
    Kpi(
        "cei", Unit.PERCENT, Better.HIGHER,
        Names("Incasso-effectiviteit (CEI)", "Collection effectiveness (CEI)"),
        "(outstanding 30 days ago + sales since - outstanding) / (outstanding 30 days ago + sales"
        " since - open invoices not past due) x 100",
        CRF, OWED + SALES, collection.cei,
    ),
    Kpi(
        "collection_rate", Unit.PERCENT, Better.HIGHER, Names("Inningsgraad", "Collection rate"),
        "invoices fully paid after their due date in the last 30 days / (overdue 30 days ago +"
        " what became overdue since) x 100",
        TRADE, (*OWED, Measure.SETTLED), collection.collection_rate,
    ),
    Kpi(
        "promises_kept", Unit.PERCENT, Better.HIGHER,
        Names("Betaalbeloften nagekomen", "Promises kept"),
        "promises of the last year paid in full at most 2 working days after the day promised / all"
        " promises whose days are over x 100",
        TRADE, (Measure.PROMISES,), collection.promises_kept,
    ),
    Kpi(
        "promised_amount_kept", Unit.PERCENT, Better.HIGHER,
        Names("Beloofd bedrag nagekomen", "Promised amount kept"),
        "as promises kept, by amount", TRADE, (Measure.PROMISED,),
        collection.promised_amount_kept,
    ),
    Kpi(
        "right_party_contacts", Unit.PERCENT, Better.HIGHER,
        Names("Debiteur zelf bereikt", "Right-party contacts"),
        "calls of the last year in which the debtor was spoken to / all calls x 100",
        TRADE, (Measure.CALLS,), collection.right_party_contacts,
    ),
    Kpi(
        "promises_to_pay", Unit.PERCENT, Better.HIGHER,
        Names("Beloften per gesprek", "Promise-to-pay rate"),
        "calls of the last year that ended with a promise / calls in which the debtor was spoken to"
        " x 100",
        TRADE, (Measure.CALLS,), collection.promises_to_pay,
    ),
    Kpi(
        "dispute_days", Unit.DAYS, Better.LOWER,
        Names("Doorlooptijd betwisting", "Dispute days"),
        "days from open to decided of the disputes of the last year / their number",
        TRADE, (Measure.DISPUTE_DAYS, Measure.DISPUTES_DECIDED), service.dispute_days,
    ),
    Kpi(
        "disputed", Unit.AMOUNT, Better.LOWER, Names("Betwist", "Disputed"),
        "what disputes hold of what is open", TRADE, (Measure.OPEN, Measure.DISPUTED),
        service.disputed,
    ),
    Kpi(
        "unapplied_cash", Unit.PERCENT, Better.LOWER,
        Names("Niet-toegewezen geld", "Unapplied cash"),
        "money of debtors without an invoice / money received in the last 90 days x 100",
        TRADE, (Measure.UNALLOCATED, Measure.UNALLOCATED_MOVED, Measure.BOOKED),
        service.unapplied_cash,
    ),
    Kpi(
        "auto_match", Unit.PERCENT, Better.HIGHER,
        Names("Automatisch afgeletterd", "Auto-match rate"),
        "bank lines of the last 90 days booked without a person / those booked or waiting x 100",
        TRADE, (Measure.BANK_LINES,), service.auto_match,
    ),
    Kpi(
        "waiting_bank_lines", Unit.PERCENT, Better.LOWER,
        Names("Bankregels die wachten", "Bank lines waiting"),
        "bank lines of the last 90 days that wait for a person / those booked or waiting x 100",
        TRADE, (Measure.BANK_LINES,), service.waiting_lines,
    ),
)  # fmt: skip
