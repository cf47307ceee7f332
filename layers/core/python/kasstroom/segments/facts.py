"""What is known of a debtor on a day: every fact of `catalogue`, from what stands in the books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kasstroom.credit.decision import Fact
from kasstroom.credit.facts import Ask, Room
from kasstroom.credit.facts import facts_of as credit_facts
from kasstroom.credit.model import CreditAccount
from kasstroom.debtors.model import Debtor, DebtorKind
from kasstroom.debtors.vulnerability import Vulnerabilities, Vulnerability
from kasstroom.ports import Books
from kasstroom.risk.behaviour import last_year
from kasstroom.segments.catalogue import AMOUNT, FACTS, SHARED
from kasstroom.time import day_of

NOTHING_ASKED, NO_ROOM = Ask(0), Room(None, 0)
EMPLOYEES = (10, 50, 250)
"""Micro, small and medium companies have fewer (Recommendation 2003/361/EC, annex, art. 2)."""
RELATION_MINOR = (500_000, 5_000_000, 50_000_000)
"""The same by what the relation is worth to us a year, in cents; ours, for want of a figure."""
SIZES = ("micro", "small", "medium", "large")


@dataclass(frozen=True, slots=True)
class Known:
    """Everything segments are decided on."""

    debtor: Debtor
    account: CreditAccount
    care: frozenset[Vulnerability] = frozenset()


def known(books: Books, org: str, number: str) -> Known | None:
    """None for a debtor that is not in the books."""
    debtor = books.find(Debtor, org, number)
    account = books.find(CreditAccount, org, number) if debtor else None
    if debtor is None or account is None:
        return None
    noted = books.find(Vulnerabilities, org, number)
    return Known(debtor, account, noted.kinds if noted else frozenset())


def facts_of(of: Known, currency: str, now: datetime) -> dict[str, Fact]:
    """None where it is not known: amounts are when the account is in another currency."""
    credit = credit_facts(of.account, NOTHING_ASKED, NO_ROOM, now)
    found = {
        **{name: credit[name] for name in SHARED},
        **_relation(of, now),
        "insured_share": _insured_share(of.account, credit["insured"]),
        **_reach(of.debtor),
        **_care(of.care),
    }
    if of.account.currency != currency:
        amounts = (name for name, (kind, _) in FACTS.items() if kind is AMOUNT)
        found |= dict.fromkeys(amounts)
    return found


def _relation(of: Known, now: datetime) -> dict[str, Fact]:
    account, today = of.account, day_of(now)
    year = last_year(account.behaviour, today)
    value = max(0, year.paid_minor) + max(0, account.open_minor)
    return {
        "language": of.debtor.language,
        "sector": of.debtor.sector or None,
        "employees": of.debtor.employees,
        "size": _size(of, value),
        "known_days": (today - day_of(of.debtor.created_at)).days,
        "relation_value": value,
        "paid_invoices": account.behaviour.paid_invoices,
        "promises_kept": account.behaviour.promises_kept,
        "year_days_late": year.days_late,
        "year_late_percent": year.late_percent,
    }


def _size(of: Known, value_minor: int) -> str | None:
    """A consumer has none."""
    if of.debtor.kind is DebtorKind.CONSUMER:
        return None
    employees = of.debtor.employees
    figure, bounds = (value_minor, RELATION_MINOR) if employees is None else (employees, EMPLOYEES)
    return SIZES[sum(figure >= bound for bound in bounds)]


def _insured_share(account: CreditAccount, insured: Fact) -> int | None:
    """Whole percents of the open amount: what lies below a cover that counts, less the own part."""
    if account.open_minor <= 0:
        return None
    if account.cover is None or not isinstance(insured, int):
        return 0
    return min(account.open_minor, insured) * account.cover.percentage // account.open_minor


def _reach(debtor: Debtor) -> dict[str, Fact]:
    contact, address = debtor.contact, debtor.address
    ways = {
        "reach_email": bool(contact.email),
        "reach_sms": bool(contact.phone),
        "reach_whatsapp": bool(contact.phone and contact.whatsapp_opt_in_at),
        "reach_letter": bool(address.street and address.postcode and address.city),
    }
    return {**ways, "reachable": any(ways.values())}


def _care(noted: frozenset[Vulnerability]) -> dict[str, Fact]:
    signals = {str(kind): kind in noted for kind in Vulnerability}
    return {**signals, "vulnerable": bool(noted)}
