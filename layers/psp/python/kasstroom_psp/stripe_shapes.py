"""Stripe's JSON in our words. Raises KeyError, TypeError or ValueError for what is no such JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from kasstroom.money import Money
from kasstroom.payments.model import (
    AttemptState,
)
from kasstroom.payments.reported import (
    NewsKind,
    ProviderChargeback,
    ProviderNews,
    ProviderPayment,
    ProviderRefund,
    RefundState,
)

NAME = "stripe"
PAID_LATE = "checkout.session.async_payment_succeeded"
LATER_CHANGES = (
    PAID_LATE,
    "refund.failed",
    "refund.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
)
_REFUNDS = {
    "succeeded": RefundState.REFUNDED,
    "failed": RefundState.FAILED,
    "canceled": RefundState.FAILED,
}

Raw = Mapping[str, Any]


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def money(minor: int, currency: str) -> Money:
    if not isinstance(minor, int):
        raise TypeError("an amount is a whole number")
    return Money(minor, currency.upper())


def is_paid(session: Raw | None, intent: Raw) -> bool:
    said = intent["status"] if session is None else session["payment_status"]
    return said in ("paid", "succeeded")


def payment(
    session: Raw | None,
    intent: Raw | None,
    refunds: Iterable[Raw] = (),
    disputes: Iterable[Raw] = (),
) -> ProviderPayment:
    """Of a session and, once somebody paid, its payment intent with its latest charge."""
    head = session or intent
    if head is None:
        raise TypeError("neither a session nor a payment intent")
    charge = (intent or {}).get("latest_charge") or {}
    state = _state(session, intent)
    paid = state is AttemptState.PAID
    return ProviderPayment(
        NAME,
        head["id"],
        "live" if head["livemode"] else "test",
        state,
        _amount(session, intent, paid),
        _method(head, charge),
        reference(session, intent),
        (session or {}).get("url") or "",
        at(charge["created"]) if paid and charge else None,
        _instant((session or {}).get("expires_at")),
        tuple(refund(one) for one in refunds),
        tuple(filter(None, map(chargeback, disputes))),
        _payer(charge),
    )


def _state(session: Raw | None, intent: Raw | None) -> AttemptState:
    """Unknown states count as open: they are looked at again, never booked. In an open session a
    failed try is not the end: the payer may try again."""
    intent_status = (intent or {}).get("status")
    if session is None:
        only = {"succeeded": AttemptState.PAID, "canceled": AttemptState.CANCELED}
        return only.get(intent_status or "", AttemptState.OPEN)
    if session["payment_status"] == "paid":
        return AttemptState.PAID
    if session["status"] == "expired":
        return AttemptState.EXPIRED
    if session["status"] != "complete":
        return AttemptState.OPEN
    ended = {"requires_payment_method": AttemptState.FAILED, "canceled": AttemptState.CANCELED}
    return ended.get(intent_status or "", AttemptState.OPEN)


def _amount(session: Raw | None, intent: Raw | None, paid: bool) -> Money:
    """What was received once it was, else what is asked."""
    if intent and (paid or session is None):
        received = intent["amount_received"] if paid else intent["amount"]
        return money(received, intent["currency"])
    assert session is not None
    return money(session["amount_total"], session["currency"])


def _method(head: Raw, charge: Raw) -> str:
    used = (charge.get("payment_method_details") or {}).get("type")
    offered = head.get("payment_method_types") or ()
    return used or (offered[0] if len(offered) == 1 else "")


def _payer(charge: Raw) -> str:
    """The name the bank gave, else the one the payer typed. Stripe never tells an IBAN."""
    details = charge.get("payment_method_details") or {}
    verified = (details.get(details.get("type")) or {}).get("verified_name")
    return verified or (charge.get("billing_details") or {}).get("name") or ""


def reference(session: Raw | None, intent: Raw | None = None) -> str:
    for one in (session, intent):
        if found := ((one or {}).get("metadata") or {}).get("reference"):
            return str(found)
    return str((session or {}).get("client_reference_id") or "")


def refund(raw: Raw) -> ProviderRefund:
    state = _REFUNDS.get(raw["status"], RefundState.PENDING)
    ours = (raw.get("metadata") or {}).get("reference") or ""
    return ProviderRefund(
        raw["id"], money(raw["amount"], raw["currency"]), state, at(raw["created"]), ours
    )


def chargeback(raw: Raw) -> ProviderChargeback | None:
    """A dispute for which money was taken; an inquiry takes none. The money is back when a balance
    transaction gave it, which can be days after the dispute was won."""
    moved = raw["balance_transactions"]
    taken = [one for one in moved if one["amount"] < 0]
    if not taken:
        return None
    given = [one for one in moved if one["amount"] > 0]
    amount = money(raw["amount"], raw["currency"])
    back_at = at(given[-1]["created"]) if given else None
    return ProviderChargeback(raw["id"], amount, at(taken[0]["created"]), raw["reason"], back_at)


def session_news(raw: Raw) -> ProviderNews | None:
    """None of a session that carries no reference: it is not ours, and may have no amount."""
    id, ours = raw["id"], reference(raw)
    if not ours or raw["amount_total"] is None:
        return None
    amount, paid = money(raw["amount_total"], raw["currency"]), raw["payment_status"] == "paid"
    return ProviderNews(NewsKind.PAYMENT, id, id, amount, at(raw["created"]), paid, ours)


def refund_news(raw: Raw) -> ProviderNews:
    made = refund(raw)
    failed = made.state is RefundState.FAILED
    intent = raw.get("payment_intent") or ""
    return ProviderNews(
        NewsKind.REFUND, made.id, intent, made.amount, made.at, not failed, came_back=failed
    )


def dispute_news(raw: Raw) -> ProviderNews | None:
    made = chargeback(raw)
    if made is None:
        return None
    undone, intent = made.reversed_at is not None, raw.get("payment_intent") or ""
    return ProviderNews(
        NewsKind.CHARGEBACK, made.id, intent, made.amount, made.at, not undone, came_back=undone
    )


def news_of(event: Raw) -> ProviderNews | None:
    """Of a change told by an event; a session that was paid late was paid when it says so."""
    raw = event["data"]["object"]
    if raw["object"] == "checkout.session":
        told = session_news(raw)
        return told and replace(told, at=at(event["created"]))
    shapes = {"refund": refund_news, "dispute": dispute_news}
    return shapes[raw["object"]](raw)


def with_session(news: ProviderNews, session: Raw | None) -> ProviderNews:
    if session is None:
        return news
    return replace(news, payment_id=session["id"], reference=reference(session))
