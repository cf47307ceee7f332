"""What the columns of reports are called; a name means the same in every report."""

from __future__ import annotations

from kasstroom.reports.kpi.figures import AGES
from kasstroom.reports.shape import Column, Unit, Words

_TITLES: dict[str, tuple[str, str]] = {
    "debtor": ("Debiteur", "Debtor"),
    "debtor_name": ("Naam", "Name"),
    "currency": ("Valuta", "Currency"),
    "outstanding": ("Openstaand", "Outstanding"),
    "disputed": ("Waarvan betwist", "Of which disputed"),
    "overdue": ("Waarvan vervallen", "Of which overdue"),
    "costs": ("Incassokosten", "Collection costs"),
    "interest": ("Rente", "Interest"),
    "bucket": ("Ouderdom", "Age"),
    "amount": ("Bedrag", "Amount"),
    "share": ("Aandeel (%)", "Share (%)"),
    "items": ("Posten", "Items"),
    "debtors": ("Debiteuren", "Debtors"),
    "number": ("Nummer", "Number"),
    "kind": ("Soort", "Kind"),
    "issued_on": ("Factuurdatum", "Issued on"),
    "due_on": ("Vervaldatum", "Due on"),
    "days_past_due": ("Dagen te laat", "Days past due"),
    "invoiced": ("Gefactureerd", "Invoiced"),
    "open": ("Open", "Open"),
    "entry": ("Boeking", "Entry"),
    "booked_on": ("Boekdatum", "Booked on"),
    "booked_at": ("Vastgelegd", "Written at"),
    "counts_on": ("Telt vanaf", "Counts on"),
    "source": ("Bron", "Source"),
    "external_id": ("Kenmerk bron", "Source reference"),
    "about": ("Over boeking", "About entry"),
    "by": ("Door", "By"),
    "reason": ("Reden", "Reason"),
    "invoice": ("Factuur", "Invoice"),
    "invoices": ("Facturen", "Invoices"),
    "part": ("Onderdeel", "Part"),
    "posted": ("Geboekt", "Posted"),
    "entry_amount": ("Bedrag van de boeking", "Amount of the entry"),
    "control_total": ("Controletotaal", "Control total"),
    "line": ("Regel", "Line"),
    "received": ("Ontvangen", "Received"),
    "unallocated": ("Niet toegewezen", "Not allocated"),
    "dispute": ("Betwisting", "Dispute"),
    "state": ("Stand", "State"),
    "opened_on": ("Geopend op", "Opened on"),
    "decided_on": ("Besloten op", "Decided on"),
    "decided_by": ("Besloten door", "Decided by"),
    "days": ("Dagen", "Days"),
    "template": ("Stap", "Step"),
    "channel": ("Kanaal", "Channel"),
    "sent": ("Verstuurd", "Sent"),
    "paid": ("Betaald binnen 14 dagen", "Paid within 14 days"),
    "percent": ("Aandeel (%)", "Share (%)"),
    "experiment": ("Experiment", "Experiment"),
    "code": ("Uitslag", "Result"),
    "learned_debtors": ("Debiteuren, geleerd", "Debtors, learned"),
    "learned_percent": ("Betaald, geleerd (%)", "Paid, learned (%)"),
    "holdout_debtors": ("Debiteuren, vergelijkingsgroep", "Debtors, holdout"),
    "holdout_percent": ("Betaald, vergelijkingsgroep (%)", "Paid, holdout (%)"),
    "uplift_points": ("Verschil (punten)", "Difference (points)"),
    "low_points": ("Ten minste (punten)", "At least (points)"),
    "high_points": ("Ten hoogste (punten)", "At most (points)"),
    "next_bucket": ("Volgende ouderdom", "Next age"),
    "balance": ("Saldo 30 dagen terug", "Balance 30 days ago"),
    "rolled": ("Doorgerold", "Rolled"),
    "week": ("Week", "Week"),
    "starts_on": ("Vanaf", "From"),
    "ends_on": ("Tot en met", "Until"),
    "from_open": ("Uit wat nu open staat", "From what is open now"),
    "expected": ("Verwacht", "Expected"),
    "low": ("Laag", "Low"),
    "high": ("Hoog", "High"),
    "made_on": ("Gemaakt op", "Made on"),
    "weeks_ahead": ("Weken vooruit", "Weeks ahead"),
    "realised": ("Werkelijk", "Realised"),
    "error_percent": ("Afwijking (%)", "Error (%)"),
    "within": ("Binnen marge", "Within range"),
    "item": ("Onderdeel", "Item"),
    "before": ("Ervoor", "Before"),
    "now": ("Nu", "Now"),
    "a_year": ("Per jaar", "A year"),
    "name": ("Naam", "Name"),
    "is_stated": ("Zelf opgegeven", "Stated by you"),
    "decisions": ("Beslissingen", "Decisions"),
    "referred": ("Naar een mens", "Referred"),
    "declined": ("Afgewezen", "Declined"),
    "approval_percent": ("Goedgekeurd (%)", "Approved (%)"),
    "asked": ("Gevraagd krediet", "Credit asked"),
    "granted": ("Toegekend krediet", "Credit granted"),
    "lost": ("Afgeboekt", "Written off"),
    "loss_percent": ("Verlies (%)", "Loss (%)"),
    "decision": ("Beslissing", "Decision"),
    "decided_at": ("Besloten", "Decided at"),
    "policy": ("Beleid", "Policy"),
    "outcome": ("Uitkomst", "Outcome"),
    "requested": ("Gevraagd", "Requested"),
    "approved": ("Toegekend", "Approved"),
    "order_reference": ("Order", "Order"),
    "reasons": ("Redenen", "Reasons"),
    "limit": ("Limiet", "Limit"),
    "limit_source": ("Bronnen van de limiet", "Sources of the limit"),
    "utilisation": ("Benut (%)", "Utilisation (%)"),
    "above_limit": ("Boven de limiet", "Above the limit"),
    "insured": ("Verzekerd", "Insured"),
    "coverage_gap": ("Niet gedekt", "Not covered"),
    "figure": ("Cijfer", "Figure"),
    "meaning": ("Betekenis", "Meaning"),
    "value": ("Waarde", "Value"),
    "unit": ("Eenheid", "Unit"),
    "formula": ("Formule", "Formula"),
}
BUCKET_TITLES: dict[str, Words] = {
    "current": Words("Nog niet vervallen", "Not yet due"),
    "days_1_30": Words("1-30 dagen", "1-30 days"),
    "days_31_60": Words("31-60 dagen", "31-60 days"),
    "days_61_90": Words("61-90 dagen", "61-90 days"),
    "days_91_120": Words("91-120 dagen", "91-120 days"),
    "days_over_120": Words("Meer dan 120 dagen", "Over 120 days"),
    "undated": Words("Zonder vervaldatum", "Without a due date"),
    "unallocated": Words("Tegoed", "Credit"),
}


def column(name: str, unit: Unit = Unit.TEXT) -> Column:
    """A column without words of its own yet is called by its name."""
    said = _TITLES.get(name) or (name.replace("_", " "),) * 2
    return Column(name, unit, Words(*said))


def amount(name: str, *, adds_up: bool = True) -> Column:
    return Column(name, Unit.AMOUNT, Words(*_TITLES[name]), adds_up)


def count(name: str, *, adds_up: bool = True) -> Column:
    return Column(name, Unit.COUNT, Words(*_TITLES[name]), adds_up)


BUCKETS = tuple(Column(age, Unit.AMOUNT, BUCKET_TITLES[age], True) for age in AGES)
DEBTOR = (column("debtor"), column("debtor_name"))
