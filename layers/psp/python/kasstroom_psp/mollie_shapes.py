"""Mollie's JSON in our words. Raises KeyError, TypeError or ValueError for what is no such JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from kasstroom.errors import Refused
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

NAME = "mollie"
PAYMENT_ID = re.compile(r"tr_[A-Za-z0-9]{4,64}", re.ASCII)
_IN_ADDRESS = re.compile(r"/payments/(tr_[A-Za-z0-9]{4,64})(?:/|\?|\Z)", re.ASCII)
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{8,30}", re.ASCII)
_STATES = {
    "open": AttemptState.OPEN,
    "pending": AttemptState.OPEN,
    "authorized": AttemptState.OPEN,
    "paid": AttemptState.PAID,
    "failed": AttemptState.FAILED,
    "canceled": AttemptState.CANCELED,
    "expired": AttemptState.EXPIRED,
}
_REFUNDS = {
    "refunded": RefundState.REFUNDED,
    "failed": RefundState.FAILED,
    "canceled": RefundState.FAILED,
}

Raw = Mapping[str, Any]


def instant(text: str) -> datetime:
    """Mollie writes offsets; a text without one would be UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def maybe(text: str | None) -> datetime | None:
    return instant(text) if text else None


def money(raw: Raw) -> Money:
    """Of an amount with exactly the currency's decimals; ValueError for any other."""
    try:
        return Money.parse(raw["value"], raw["currency"])
    except Refused as error:
        raise ValueError(error.code) from None


def payment(raw: Raw) -> ProviderPayment:
    """Unknown states count as open: they are looked at again, never booked."""
    embedded, details = raw.get("_embedded") or {}, raw.get("details") or {}
    iban = str(details.get("consumerAccount") or "").replace(" ", "").upper()
    checkout = (raw.get("_links") or {}).get("checkout") or {}
    return ProviderPayment(
        NAME,
        raw["id"],
        raw["mode"],
        _STATES.get(raw["status"], AttemptState.OPEN),
        money(raw["amount"]),
        raw.get("method") or "",
        reference(raw),
        checkout.get("href", ""),
        maybe(raw.get("paidAt")),
        maybe(raw.get("expiresAt")),
        tuple(refund(one) for one in embedded.get("refunds") or ()),
        tuple(chargeback(one) for one in embedded.get("chargebacks") or ()),
        str(details.get("consumerName") or details.get("cardHolder") or ""),
        iban if _IBAN.fullmatch(iban) else "",
    )


def reference(raw: Raw) -> str:
    metadata = raw.get("metadata")
    return str(metadata.get("reference", "")) if isinstance(metadata, Mapping) else ""


def refund(raw: Raw) -> ProviderRefund:
    state = _REFUNDS.get(raw["status"], RefundState.PENDING)
    return ProviderRefund(
        raw["id"], money(raw["amount"]), state, instant(raw["createdAt"]), reference(raw)
    )


def chargeback(raw: Raw) -> ProviderChargeback:
    """A reason is known of SEPA direct debits only."""
    reason = raw.get("reason") or {}
    said = f"{reason.get('code') or ''} {reason.get('description') or ''}".strip()
    reversed_at = maybe(raw.get("reversedAt"))
    return ProviderChargeback(
        raw["id"], money(raw["amount"]), instant(raw["createdAt"]), said, reversed_at
    )


def payment_news(raw: Raw) -> ProviderNews | None:
    """None of a payment that carries no reference: it is not ours, whatever it is."""
    id, ours = raw["id"], reference(raw)
    if not ours:
        return None
    at = instant(raw.get("paidAt") or raw["createdAt"])
    paid = raw["status"] == "paid"
    return ProviderNews(NewsKind.PAYMENT, id, id, money(raw["amount"]), at, paid, ours)


def refund_news(raw: Raw) -> ProviderNews:
    made = refund(raw)
    failed = made.state is RefundState.FAILED
    return ProviderNews(
        NewsKind.REFUND, made.id, raw["paymentId"], made.amount, made.at, not failed,
        _of_payment(raw), failed,
    )  # fmt: skip


def chargeback_news(raw: Raw) -> ProviderNews:
    made = chargeback(raw)
    undone = made.reversed_at is not None
    return ProviderNews(
        NewsKind.CHARGEBACK, made.id, raw["paymentId"], made.amount, made.at, not undone,
        _of_payment(raw), undone,
    )  # fmt: skip


def _of_payment(raw: Raw) -> str:
    """The reference of the payment that a list was asked to embed."""
    return reference(_mapping(_mapping(raw.get("_embedded")).get("payment")))


def payment_of_event(event: Any) -> str:
    """The payment a webhook event tells of, or empty: the entity itself, the payment an entity
    belongs to, or the one in the entity's address. The entity may also come without an envelope."""
    if not isinstance(event, Mapping):
        return ""
    entity = _mapping(_mapping(event.get("_embedded")).get("entity"))
    links = _mapping(event.get("_links"))
    address = str(_mapping(links.get("entity")).get("href") or "")
    in_address = _IN_ADDRESS.search(address)
    for id in (
        event.get("entityId"),
        event.get("paymentId"),
        event.get("id"),
        entity.get("paymentId"),
        entity.get("id"),
        in_address[1] if in_address else "",
    ):
        if isinstance(id, str) and PAYMENT_ID.fullmatch(id):
            return id
    return ""


def _mapping(value: Any) -> Raw:
    return value if isinstance(value, Mapping) else {}
