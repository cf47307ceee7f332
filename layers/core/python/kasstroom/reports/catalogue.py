"""Every report there is; a new one is one entry here and its rows."""

from __future__ import annotations

from kasstroom.reports import pack
from kasstroom.reports.kpi.model import Table
from kasstroom.reports.kpi.registry import table
from kasstroom.reports.lists import ageing, bookings, credit, disputes, figures
from kasstroom.reports.shape import Format, Parameter, Report, Words

ALL = tuple(Parameter)
DAY_AND_CURRENCY = (Parameter.AS_OF, Parameter.CURRENCY)

_READ_FROM_THE_BOOKS = (
    Report(
        "ageing",
        Words("Ouderdomsanalyse per debiteur", "Ageing by debtor"),
        Words(
            "Wat elke debiteur op de dag open had staan, naar dagen te laat. De kolommen tellen op"
            " tot openstaand; betwist is daar een deel van; kosten en rente staan apart.",
            "What each debtor had open on the day, by days past due. The columns add up to"
            " outstanding; disputed is a part of it; costs and interest stand apart.",
        ),
        ageing.AGEING,
        ageing.ageing,
    ),
    Report(
        "ageing-summary",
        Words("Ouderdomsanalyse", "Ageing"),
        Words(
            "Wat op de dag openstond, naar dagen te laat, met aandeel en aantallen.",
            "What was open on the day, by days past due, with its share and counts.",
        ),
        ageing.SUMMARY,
        ageing.summary,
    ),
    Report(
        "open-items",
        Words("Openstaande posten", "Open items"),
        Words(
            "Elke factuur, creditnota en niet toegewezen betaling die op de dag openstond.",
            "Every invoice, credit note and payment without an invoice that was open on the day.",
        ),
        ageing.OPEN_ITEMS,
        ageing.open_items,
    ),
    Report(
        "payments",
        Words("Ontvangsten", "Payments"),
        Words(
            "Geld dat binnenkwam (positief) of terugging (negatief), met waar het heen ging.",
            "Money that came in (positive) or went back (negative), with where it went.",
        ),
        bookings.PAYMENTS,
        bookings.payments,
        ALL,
    ),
    Report(
        "ledger",
        Words("Auditbestand van alle boekingen", "Audit file of all bookings"),
        Words(
            "Elke boeking met een regel per onderdeel van een factuur waar zij op landt; het"
            " controletotaal loopt per valuta mee.",
            "Every booking with a line per part of an invoice it lands on; the control total runs"
            " along per currency.",
        ),
        bookings.LEDGER,
        bookings.ledger,
        ALL,
    ),
    Report(
        "disputes",
        Words("Betwistingen", "Disputes"),
        Words(
            "Waar debiteuren het niet mee eens waren, hoe het op de dag stond en hoe lang al.",
            "What debtors did not agree with, how it stood on the day and for how long.",
        ),
        disputes.DISPUTES,
        disputes.disputes,
        ALL,
    ),
    Report(
        "decisions",
        Words("Kredietbeslissingen", "Credit decisions"),
        Words(
            "Elke beslissing bij het afrekenen, met beleid, uitkomst en redenen.",
            "Every decision at the checkout, with its policy, outcome and reasons.",
        ),
        credit.DECISIONS,
        credit.decisions,
        ALL,
    ),
    Report(
        "limits",
        Words("Kredietlimieten en dekking", "Credit limits and cover"),
        Words(
            "Per debiteur de limiet, wat ervan benut is, wat erboven ligt en wat niet verzekerd"
            " is.",
            "By debtor the limit, how much of it is used, what lies above it and what is not"
            " insured.",
        ),
        credit.LIMITS,
        credit.limits,
    ),
)
_COUNTED = (
    Report(
        "kpis",
        Words("Alle kengetallen", "All KPIs"),
        Words(
            "Elk kengetal op de dag, met zijn formule; wat niet te zeggen was, is geen cijfer.",
            "Every KPI as of the day, with its formula; what could not be told then is no figure.",
        ),
        figures.KPI_COLUMNS,
        figures.kpis,
        DAY_AND_CURRENCY,
        of_its_own_day=True,
    ),
)
_ON_PAPER = Report(
    "management-pack",
    Words("Managementrapportage", "Management pack"),
    Words(
        "Wat openstaat, hoe oud het is, de DSO naast de markt, de kasprognose, herinneringen, en"
        " risico en dekking: grafieken met hun cijfers.",
        "What is open, how old it is, DSO beside the market, the cash forecast, reminders, and risk"
        " and cover: charts with their figures.",
    ),
    (),
    pack.rows,
    DAY_AND_CURRENCY,
    (Format.PDF,),
    of_its_own_day=True,
)
_TABLES = {
    "cash-forecast": "cash_forecast",
    "forecast-calibration": "forecast_calibration",
    "roi": "roi_lines",
    "assumptions": "assumptions",
    "reminders": "reminder_effect",
    "reminders-by-step": "reminder_effect_by_step",
    "reminders-by-channel": "reminder_effect_by_channel",
    "reminder-holdout": "reminder_holdout",
    "roll-rates": "roll_rates",
    "policies": "policies",
}
"""Reports of figures by the name of their table."""


def _of_table(name: str, of: Table) -> Report:
    words = Words(of.means.nl, of.means.en)
    columns = figures.columns_of(of)
    return Report(
        name, words, Words(of.formula, of.formula), columns, figures.rows_of(of), DAY_AND_CURRENCY,
        of_its_own_day=True,
    )  # fmt: skip


_FROM_TABLES = (_of_table(name, table(of)) for name, of in _TABLES.items())
REPORTS: dict[str, Report] = {
    report.name: report for report in (*_READ_FROM_THE_BOOKS, *_COUNTED, *_FROM_TABLES, _ON_PAPER)
}
