"""Stripe, through its own SDK: Checkout Sessions, no retries of its own, short time-outs, our
idempotency keys.

The payment's id is the session's (`cs_...`), which exists before anybody pays; whatever Stripe
tells of a payment intent (`pi_...`) leads back to it. Credentials: `api_key` (`sk_...`, `rk_...`).
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import stripe

from kasstroom.errors import NotFound, Refused, Unavailable
from kasstroom.payments.ports import PaymentOrder, RefundOrder
from kasstroom.payments.reported import (
    ProviderNews,
    ProviderPayment,
    ProviderRefund,
    ProviderSettlement,
)
from kasstroom_psp import stripe_settling as settling
from kasstroom_psp import stripe_shapes as shapes
from kasstroom_psp.modes import api_key_of
from kasstroom_psp.stripe_errors import answers
from kasstroom_psp.stripe_wish import session_wish

NAME = shapes.NAME
_KEY = re.compile(r"(?:sk|rk)_(test|live)_\w+", re.ASCII)
_INTENT = re.compile(r"pi_[A-Za-z0-9_]{4,200}", re.ASCII)
_SESSION = re.compile(r"cs_[A-Za-z0-9_]{4,200}", re.ASCII)
_CONNECT_SECONDS, _READ_SECONDS = 2, 5
_PAGE = 100
_WITH_CHARGE = ["payment_intent.latest_charge"]
_LONGEST_SESSION_SECONDS = 86_400


class StripeProvider:
    """`kasstroom.payments.ports.PaymentProvider` on Checkout Sessions."""

    name = NAME

    def __init__(self, credentials: Mapping[str, str], base_url: str, mode: str) -> None:
        client = stripe.StripeClient(
            api_key_of(credentials, mode, _KEY, "Stripe"),
            base_addresses={"api": base_url},
            max_network_retries=0,
            http_client=stripe.RequestsClient(timeout=(_CONNECT_SECONDS, _READ_SECONDS)),
        )
        self._api = client.v1

    def create(self, order: PaymentOrder) -> ProviderPayment:
        wish = session_wish(order)
        with answers():
            made = self._api.checkout.sessions.create(
                wish, {"idempotency_key": order.idempotency_key}
            )
            return shapes.payment(made.to_dict(), None)

    def fetch(self, provider_id: str) -> ProviderPayment:
        """By session or by payment intent; an intent that no session made keeps its own id."""
        with answers():
            session, intent = self._found(provider_id)
            if intent is None or not shapes.is_paid(session, intent):
                return shapes.payment(session, intent)
            of_it = {"payment_intent": intent["id"], "limit": _PAGE}
            refunds = self._all(self._api.refunds, of_it)
            disputed = (intent.get("latest_charge") or {}).get("disputed")
            disputes = self._all(self._api.disputes, of_it) if disputed else iter(())
            return shapes.payment(session, intent, tuple(refunds), tuple(disputes))

    def _found(self, provider_id: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
        if _INTENT.fullmatch(provider_id):
            session = self._session_of(provider_id, _WITH_CHARGE)
            if session is not None:
                return session, session["payment_intent"]
            expanded = {"expand": ["latest_charge"]}
            return None, self._api.payment_intents.retrieve(provider_id, expanded).to_dict()
        session = self._session(provider_id, _WITH_CHARGE)
        return session, session.get("payment_intent")

    def _session(self, id: str, expand: list[str]) -> dict[str, Any]:
        found = self._api.checkout.sessions.retrieve(_session_id(id), {"expand": expand})
        return found.to_dict()

    def _session_of(self, intent: str, expand: list[str]) -> dict[str, Any] | None:
        asked = {"payment_intent": intent, "limit": 1}
        if expand:
            asked["expand"] = [f"data.{part}" for part in expand]
        return next(self._all(self._api.checkout.sessions, asked), None)

    def cancel(self, provider_id: str) -> None:
        """A payment intent of a session cannot be canceled; its session can be closed."""
        with contextlib.suppress(Refused, NotFound, Unavailable), answers():
            self._api.checkout.sessions.expire(_session_id(provider_id))

    def refund(self, order: RefundOrder) -> ProviderRefund:
        with answers():
            intent = order.provider_id
            if _INTENT.fullmatch(intent) is None:
                intent = self._session(intent, []).get("payment_intent")
            if not intent:
                raise Refused("provider_refused", "Nothing was paid in this session.")
            made = self._api.refunds.create(
                {
                    "payment_intent": intent,
                    "amount": order.amount.minor,
                    "metadata": {"reference": order.reference, "description": order.description},
                },
                {"idempotency_key": order.idempotency_key},
            )
            return shapes.refund(made.to_dict())

    def news(self, since: datetime) -> Iterator[ProviderNews]:
        """What was made since, newest first of each kind, and then what Stripe's events (kept for
        30 days) say of older payments, refunds and disputes that changed since."""
        recent: dict[str, Any] = {"created": {"gte": int(since.timestamp())}, "limit": _PAGE}
        seen: set[str] = set()
        for resource, shape in ((self._api.checkout.sessions, shapes.session_news),
                                (self._api.refunds, shapes.refund_news),
                                (self._api.disputes, shapes.dispute_news)):  # fmt: skip
            for raw in self._each(resource, recent):
                seen.add(raw["id"])
                yield from self._told(shape, raw)
        changes = {**recent, "types": list(shapes.LATER_CHANGES)}
        for event in self._each(self._api.events, changes):
            raw = event["data"]["object"]
            if raw["id"] not in seen:
                seen.add(raw["id"])
                yield from self._told(shapes.news_of, event)

    def _told(self, shape: Any, raw: dict[str, Any]) -> Iterator[ProviderNews]:
        """With the session's id and reference instead of the payment intent's."""
        with answers():
            news = shape(raw)
            if news is None:
                return
            told = _INTENT.fullmatch(news.payment_id)
            session = self._session_of(news.payment_id, []) if told else None
        yield shapes.with_session(news, session)

    def settlements(self, since: datetime) -> Iterator[ProviderSettlement]:
        arriving = {"arrival_date": {"gte": int(since.timestamp())}, "limit": _PAGE}
        for raw in self._each(self._api.payouts, arriving):
            if raw["status"] in settling.AT_BANK:
                parts = {"payout": raw["id"], "limit": _PAGE, "expand": ["data.source"]}
                listed = list(self._each(self._api.balance_transactions, parts))
                with answers():
                    sessions = self._sessions_of(listed)
                    settlement = settling.settlement(raw, listed, sessions)
                yield settlement

    def _sessions_of(self, transactions: list[dict[str, Any]]) -> dict[str, str]:
        """Payment intent to session, for all payments of a payout in few calls: a session is at
        most a day older than what was paid in it."""
        made = [one["created"] for one in transactions if settling.is_payment(one)]
        if not made:
            return {}
        within = {"gte": min(made) - _LONGEST_SESSION_SECONDS, "lte": max(made)}
        found = self._all(self._api.checkout.sessions, {"created": within, "limit": _PAGE})
        return {one["payment_intent"]: one["id"] for one in found if one["payment_intent"]}

    def _all(self, resource: Any, asked: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        for one in resource.list(dict(asked)).auto_paging_iter():
            yield one.to_dict()

    def _each(self, resource: Any, asked: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """As `_all`, for a generator of ours: errors are translated while it is asked for more."""
        listed = self._all(resource, asked)
        while True:
            with answers():
                one = next(listed, None)
            if one is None:
                return
            yield one


def _session_id(provider_id: str) -> str:
    """The id becomes part of an address: nothing else than an id gets there."""
    if _SESSION.fullmatch(provider_id) is None:
        raise NotFound("payment_not_found", "Stripe's sessions have ids like cs_test_a1b2.")
    return provider_id
