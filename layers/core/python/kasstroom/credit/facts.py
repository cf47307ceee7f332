"""The facts of an account and a question, at one instant: every name of `fact_catalogue`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kasstroom.credit.decision import Fact
from kasstroom.credit.model import CreditAccount, LimitSource
from kasstroom.risk.behaviour import trend
from kasstroom.time import day_of


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
