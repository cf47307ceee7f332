"""The facts a segment can look at: those of the credit policies that need no order, and our own."""

from __future__ import annotations

from kasstroom.credit.fact_catalogue import CATALOGUE, FactKind
from kasstroom.credit.fact_views import LABELS, Words
from kasstroom.debtors.vulnerability import Vulnerability

AMOUNT, NUMBER, FLAG, TEXT = FactKind
SHARED = (
    "kind", "natural_person", "segment", "country", "legal_form", "company_age_days", "rating",
    "score", "registered", "insolvent", "hold", "email_domain", "debtor", "open", "overdue",
    "oldest_overdue_days", "overdue_weight", "unallocated", "days_late", "late_percent",
    "late_trend_days", "promises_broken", "disputes", "insured", "insured_percent", "cover_state",
)  # fmt: skip
"""What lists of sanctioned parties say is not among them: nobody is dunned differently for it."""

_OWN: dict[str, tuple[FactKind, str, str]] = {
    "language": (TEXT, "the language the debtor is written to in: nl, en, ...", "taal"),
    "sector": (TEXT, "SBI code or your own word for the trade", "branche"),
    "size": (
        TEXT,
        "micro, small, medium or large: by employees, else by the relation value",
        "omvang: micro, small, medium of large",
    ),
    "employees": (NUMBER, "people employed", "aantal werknemers"),
    "known_days": (NUMBER, "days since the debtor was registered", "dagen klant"),
    "relation_value": (
        AMOUNT,
        "paid in this and the eleven months before, and what is open",
        "betaald in twaalf maanden plus wat openstaat",
    ),
    "paid_invoices": (NUMBER, "invoices paid in full", "betaalde facturen"),
    "promises_kept": (NUMBER, "promises to pay that were kept", "nagekomen betaalbeloften"),
    "year_days_late": (
        NUMBER,
        "as days_late, of what was paid in the last twelve months",
        "dagen te laat in de laatste twaalf maanden, gewogen naar bedrag",
    ),
    "year_late_percent": (
        NUMBER,
        "as late_percent, of what was paid in the last twelve months",
        "deel dat te laat kwam in de laatste twaalf maanden, in procenten",
    ),
    "insured_share": (
        NUMBER,
        "whole percents of what is open that an insurer covers; unknown when nothing is open",
        "verzekerd deel van wat openstaat, in procenten",
    ),
    "reach_email": (FLAG, "an e-mail address is known", "bereikbaar per e-mail"),
    "reach_sms": (FLAG, "a mobile number is known", "bereikbaar per sms"),
    "reach_whatsapp": (FLAG, "a number is known, and the opt-in", "bereikbaar per WhatsApp"),
    "reach_letter": (FLAG, "a postal address is known", "bereikbaar per brief"),
    "reachable": (FLAG, "at least one of these ways is open", "bereikbaar"),
}
_CARE: dict[str, tuple[str, str]] = {
    Vulnerability.DEBT_COUNSELLING: ("debt counselling speaks for the debtor", "schuldhulp"),
    Vulnerability.UNDER_ADMINISTRATION: ("an administrator acts for the debtor", "bewind"),
    Vulnerability.DEBT_RESTRUCTURING: ("WSNP or a moratorium", "schuldsanering"),
    Vulnerability.DECEASED: ("the debtor died", "overleden"),
    Vulnerability.NEEDS_CARE: ("somebody asked for extra care", "extra zorg nodig"),
    Vulnerability.EARLY_SIGNAL_SENT: ("the municipality was told", "vroegsignaal verstuurd"),
    "vulnerable": ("at least one of the signals that ask for care", "kwetsbaar"),
}
RESTRICTED = frozenset(str(name) for name in _CARE)
"""Facts that only people may read; a segment that looks at one is restricted itself."""

FACTS: dict[str, tuple[FactKind, str]] = {
    **{name: CATALOGUE[name] for name in SHARED},
    **{name: (kind, meaning) for name, (kind, meaning, _) in _OWN.items()},
    **{str(name): (FLAG, meaning) for name, (meaning, _) in _CARE.items()},
}
TIMED = frozenset(
    {
        "overdue", "oldest_overdue_days", "overdue_weight", "late_trend_days", "company_age_days",
        "known_days", "relation_value", "size", "year_days_late", "year_late_percent",
        "insured", "insured_share", "cover_state",
    }
)  # fmt: skip
"""Facts that change by themselves, because a day is over."""


def words(name: str) -> Words:
    """What the fact means, for a Dutch and for an English reader."""
    meaning = FACTS[name][1]
    dutch = {**LABELS, **{n: own[2] for n, own in _OWN.items()}}
    dutch |= {str(n): label for n, (_, label) in _CARE.items()}
    return Words(dutch.get(name, meaning), meaning)
