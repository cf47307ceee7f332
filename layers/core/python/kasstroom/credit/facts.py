"""What a rule can look at: the facts of an account and a question, at one instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from kasstroom.credit.decision import Fact
from kasstroom.credit.model import CreditAccount, LimitSource
from kasstroom.risk.behaviour import trend
from kasstroom.time import day_of


class FactKind(StrEnum):
    """`amount` is compared in the policy's currency; `number` is whole; `days` too."""

    AMOUNT = "amount"
    NUMBER = "number"
    FLAG = "flag"
    TEXT = "text"


AMOUNT, NUMBER, FLAG, TEXT = FactKind
CATALOGUE: dict[str, tuple[FactKind, str]] = {
    "order_amount": (AMOUNT, "what is asked to pay later"),
    "limit": (AMOUNT, "the effective limit; unknown when none was granted"),
    "available": (AMOUNT, "limit less open invoices less reservations, never below zero"),
    "shortfall": (AMOUNT, "how far the order is above what is available"),
    "group_shortfall": (AMOUNT, "how far the order is above what is left of the group's limit"),
    "per_order_cap": (AMOUNT, "the largest amount one order of this debtor may have"),
    "above_order_cap": (FLAG, "the order is larger than the debtor's cap for one order"),
    "used_percent": (NUMBER, "used part of the limit with this order, whole percents"),
    "open": (AMOUNT, "all open invoices less credit balances"),
    "reserved": (AMOUNT, "live reservations"),
    "other_currencies": (AMOUNT, "open in other currencies, by the policy's exchange rates"),
    "overdue": (AMOUNT, "open amounts past their due date"),
    "oldest_overdue_days": (NUMBER, "days since the oldest open due date"),
    "overdue_weight": (
        NUMBER,
        "sum of overdue amount (whole units) x days: amount and age together",
    ),
    "unallocated": (AMOUNT, "money received that no invoice took yet"),
    "term_days": (NUMBER, "the payment term asked, else agreed"),
    "hold": (FLAG, "a person or rule stopped new credit"),
    "kind": (TEXT, "company, sole_trader, partnership or consumer"),
    "natural_person": (FLAG, "the owner is privately liable"),
    "segment": (TEXT, "the debtor's segment"),
    "country": (TEXT, "two letters"),
    "legal_form": (TEXT, "such as bv, nv, eenmanszaak, vof, stichting"),
    "company_age_days": (NUMBER, "days since the company was founded"),
    "rating": (TEXT, "the bureau's rating, A (best) to E"),
    "score": (NUMBER, "0 (worst) to 100"),
    "registered": (FLAG, "found in the trade register"),
    "vat_valid": (FLAG, "the VAT number was valid when it was checked"),
    "insolvent": (FLAG, "in an insolvency register"),
    "sanctions": (TEXT, "clear or possible"),
    "data_age_days": (NUMBER, "days since external data were fetched"),
    "sources_missing": (FLAG, "a source this check had to ask did not answer in time"),
    "address_match": (TEXT, "match, mismatch or unknown: the billing address against ours"),
    "delivers_elsewhere": (FLAG, "the shipping address is not the billing address"),
    "email_domain": (TEXT, "the part after @ of the buyer's e-mail address"),
    "address_key": (TEXT, "postcode and house number of the billing address: 1234AB-25A"),
    "kvk": (TEXT, "the trade-register number"),
    "debtor": (TEXT, "the debtor's number"),
    "first_order": (FLAG, "nothing was approved or invoiced before"),
    "checks_last_day": (NUMBER, "checks of the last 24 hours; counts to eight"),
    "asked_last_day": (AMOUNT, "asked in those checks together"),
    "days_late": (NUMBER, "average days late weighted by amount"),
    "late_percent": (NUMBER, "share of what was paid that came late"),
    "late_trend_days": (NUMBER, "days later in the last three months than in the nine before"),
    "promises_broken": (NUMBER, "promises to pay that were not kept"),
    "disputes": (NUMBER, "disputes opened"),
    "insured": (AMOUNT, "the insurer's cover, when it counts"),
    "insured_percent": (NUMBER, "the insured share of it"),
    "cover_state": (TEXT, "none, active, expired or stopped (an invoice is past the extension)"),
    "regulated_credit": (TEXT, "exempt, regulated or review: consumer credit under CCD2"),
}


@dataclass(frozen=True, slots=True)
class Ask:
    """The question in the account's own terms: amounts in minor units of its currency."""

    minor: int
    term_days: int | None = None
    address_key: str = ""
    shipping_key: str = ""
    email_domain: str = ""
    country: str = ""
    kvk: str = ""
    regulated: str = "exempt"
    sources_missing: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """What the limits leave, in minor units: None for a limit that does not exist."""

    limit: int | None
    available: int
    group_available: int | None = None
    other_currencies: int = 0


def facts_of(account: CreditAccount, ask: Ask, room: Room, now: datetime) -> dict[str, Fact]:
    """Every fact of the catalogue; None where it is not known."""
    return {
        **_order(account, ask, room),
        **_owed(account, room, now),
        **_who(account, ask, now),
        **_habits(account, now),
        **_cover(account, day_of(now)),
    }


def _order(account: CreditAccount, ask: Ask, room: Room) -> dict[str, Fact]:
    cap = None if account.per_order_cap is None else account.per_order_cap.minor
    group = None if room.group_available is None else max(0, ask.minor - room.group_available)
    used = None
    if room.limit:
        used = min(100 * (room.limit - room.available + ask.minor) // room.limit, 9999)
    return {
        "order_amount": ask.minor,
        "limit": room.limit,
        "available": room.available,
        "shortfall": max(0, ask.minor - room.available) if room.limit is not None else None,
        "group_shortfall": group,
        "per_order_cap": cap,
        "above_order_cap": cap is not None and ask.minor > cap,
        "used_percent": used,
        "term_days": ask.term_days,
        "regulated_credit": ask.regulated,
        "sources_missing": ask.sources_missing,
    }


def _owed(account: CreditAccount, room: Room, now: datetime) -> dict[str, Fact]:
    today = day_of(now)
    weight = sum(
        minor * (today - due_on).days
        for due_on, minor in account.open_by_due.items()
        if due_on < today and minor > 0
    )
    return {
        "open": account.open_minor,
        "reserved": account.reserved_minor(now),
        "other_currencies": room.other_currencies,
        "overdue": account.overdue_minor(today),
        "oldest_overdue_days": account.oldest_overdue_days(today),
        "overdue_weight": weight // 100,
        "unallocated": -account.unallocated.get(account.currency, 0),
    }


def _who(account: CreditAccount, ask: Ask, now: datetime) -> dict[str, Fact]:
    known, today = account.profile, day_of(now)
    match = "unknown"
    if ask.address_key and known.address_key:
        match = "match" if ask.address_key == known.address_key else "mismatch"
    elsewhere = bool(ask.shipping_key) and ask.shipping_key != (
        ask.address_key or known.address_key
    )
    return {
        "debtor": account.debtor,
        "kind": account.kind,
        "natural_person": account.natural_person,
        "segment": account.segment,
        "hold": account.hold is not None,
        "country": ask.country or known.country or None,
        "legal_form": known.legal_form or None,
        "company_age_days": (today - known.founded_on).days if known.founded_on else None,
        "rating": known.rating or None,
        "score": known.score,
        "registered": known.registered,
        "vat_valid": known.vat_valid,
        "insolvent": known.insolvent,
        "sanctions": known.sanctions or None,
        "data_age_days": (now - known.screened_at).days if known.screened_at else None,
        "address_match": match,
        "delivers_elsewhere": elsewhere,
        "email_domain": ask.email_domain or known.email_domain or None,
        "address_key": ask.address_key or known.address_key or None,
        "kvk": ask.kvk or known.kvk or None,
    }


def _habits(account: CreditAccount, now: datetime) -> dict[str, Fact]:
    paid = account.behaviour
    lately = [check for check in account.recent if check.at > now - timedelta(days=1)]
    asked = sum(check.asked_minor for check in lately)
    before = account.orders or paid.paid_invoices or account.open_by_due
    return {
        "first_order": not before,
        "checks_last_day": len(lately),
        "asked_last_day": asked,
        "days_late": paid.days_late,
        "late_percent": paid.late_percent,
        "late_trend_days": trend(paid, day_of(now)),
        "promises_broken": paid.promises_broken,
        "disputes": paid.disputes,
    }


def _cover(account: CreditAccount, today: date) -> dict[str, Fact]:
    cover = account.cover
    if cover is None:
        return {"insured": None, "insured_percent": None, "cover_state": "none"}
    state = "active"
    if account.oldest_overdue_days(today) > cover.extension_days:
        state = "stopped"
    elif cover.valid_to and today > cover.valid_to:
        state = "expired"
    granted = account.limit_of(LimitSource.INSURED)
    counts = state == "active" and granted is not None and granted.counts_on(today)
    return {
        "insured": cover.insured.minor if counts else 0,
        "insured_percent": cover.percentage,
        "cover_state": state,
    }
