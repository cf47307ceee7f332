"""Mollie, through its own SDK: no retries of its own, short time-outs, our idempotency keys.

Credentials: `api_key` (`test_...` or `live_...`), and for settlements and events `access_token`,
an organisation's token (`access_...`): a key of one profile may not read them.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from mollie.api.client import Client
from mollie.api.objects.payment import Payment

from kasstroom.errors import NotFound, Refused, Unavailable
from kasstroom.organisations.model import Language
from kasstroom.payments.methods import LONGEST_SESSION_DAYS
from kasstroom.payments.ports import PaymentOrder, RefundOrder
from kasstroom.payments.reported import (
    NewsKind,
    ProviderNews,
    ProviderPayment,
    ProviderRefund,
    ProviderSettlement,
)
from kasstroom_psp import mollie_settling as settling
from kasstroom_psp import mollie_shapes as shapes
from kasstroom_psp.modes import api_key_of
from kasstroom_psp.mollie_errors import answers

NAME = shapes.NAME
_KEY = re.compile(r"(test|live)_\w+", re.ASCII)
_EVENT = re.compile(r"event_[A-Za-z0-9]+", re.ASCII)
_LOCALES = {
    Language.NL: "nl_NL",
    Language.EN: "en_US",
    Language.DE: "de_DE",
    Language.FY: "nl_NL",
}
_CONNECT_SECONDS, _READ_SECONDS = 2, 5
_PAGE = 250
_LONGEST_SETTLING = timedelta(days=45)
"""A settlement is made at most monthly and is at the bank days later."""
_PAID_LATE = timedelta(days=LONGEST_SESSION_DAYS + 2)
_BOUNCES_LATE = timedelta(days=30)
_REVERSED_LATE = timedelta(days=180)
"""No source says how long a refund may take to bounce, or a chargeback to be undone."""
_MOST_OLDER = 20_000
"""Things of a list that are older than asked for: 80 pages."""


class MollieProvider:
    """`kasstroom.payments.ports.PaymentProvider` on the Payments API v2."""

    name = NAME

    def __init__(self, credentials: Mapping[str, str], base_url: str, mode: str) -> None:
        key = api_key_of(credentials, mode, _KEY, "Mollie")
        self._url, self._mode = base_url, mode
        self._client = self._connected()
        self._client.set_api_key(key)
        self._token = credentials.get("access_token", "")

    def _connected(self) -> Client:
        timeout = (_CONNECT_SECONDS, _READ_SECONDS)
        return Client(api_endpoint=self._url, timeout=timeout, retry=0)

    def create(self, order: PaymentOrder) -> ProviderPayment:
        body = {
            "amount": {"currency": order.amount.currency, "value": order.amount.value},
            "description": order.description,
            "redirectUrl": order.redirect_url,
            "webhookUrl": order.webhook_url,
            "locale": _LOCALES[order.language],
            "metadata": {"reference": order.reference, "organisation": order.org},
        }
        if order.methods:
            only = len(order.methods) == 1
            body["method"] = order.methods[0] if only else list(order.methods)
        with answers():
            created = self._client.payments.create(body, idempotency_key=order.idempotency_key)
            return shapes.payment(created)

    def fetch(self, provider_id: str) -> ProviderPayment:
        """A payment with its refunds and chargebacks; an `event_...` stands for the payment it
        tells of."""
        with answers():
            id = self._told_of(provider_id) if _EVENT.fullmatch(provider_id) else provider_id
            found = self._client.payments.get(_known(id), embed="refunds,chargebacks")
            return shapes.payment(found)

    def _told_of(self, event_id: str) -> str:
        office = self._of_organisation().payments
        path = f"events/{event_id}"
        event = office.perform_api_call(office.REST_READ, path, params=self._as_office())
        return shapes.payment_of_event(event)

    def cancel(self, provider_id: str) -> None:
        with contextlib.suppress(Refused, NotFound, Unavailable), answers():
            self._client.payments.delete(_known(provider_id))

    def refund(self, order: RefundOrder) -> ProviderRefund:
        body = {
            "amount": {"currency": order.amount.currency, "value": order.amount.value},
            "description": order.description,
            "metadata": {"reference": order.reference},
        }
        with answers():
            refunds = Payment({"id": _known(order.provider_id)}, self._client).refunds
            return shapes.refund(refunds.create(body, idempotency_key=order.idempotency_key))

    def news(self, since: datetime) -> Iterator[ProviderNews]:
        """What moved since, newest first of each kind. Mollie's lists go by when a thing was made,
        so they are read further back: payments for those paid late, refunds and chargebacks for
        those that came back late. They embed the payment, whose metadata has our reference."""
        client, of = self._client, {"embed": "payment"}
        yield from self._made(since, _PAID_LATE, client.payments, shapes.payment_news)
        yield from self._made(since, _BOUNCES_LATE, client.refunds, shapes.refund_news, **of)
        yield from self._made(
            since, _REVERSED_LATE, client.chargebacks, shapes.chargeback_news, **of
        )

    def settlements(self, since: datetime) -> Iterator[ProviderSettlement]:
        client = self._of_organisation()
        for raw in self._listed(client.settlements, **self._as_office()):
            with answers():
                if shapes.instant(raw["createdAt"]) < since - _LONGEST_SETTLING:
                    return
                at_bank = settling.is_at_bank(raw, since)
            if at_bank:
                yield self._settlement(raw)

    def _settlement(self, raw: Any) -> ProviderSettlement:
        parts = {
            "payment": list(self._listed(raw.payments, **self._as_office())),
            "refund": list(self._listed(raw.refunds, **self._as_office())),
            "chargeback": list(self._listed(raw.chargebacks, **self._as_office())),
        }
        with answers():
            return settling.settlement(raw, parts)

    def _of_organisation(self) -> Client:
        if not self._token:
            return self._client
        client = self._connected()
        with answers():
            client.set_access_token(self._token)
        return client

    def _as_office(self) -> dict[str, str]:
        """A token serves both modes and has to say which. The SDK's own switch for it fails where
        it asks for a next page."""
        return {"testmode": "true"} if self._token and self._mode == "test" else {}

    def _made(
        self, since: datetime, further: timedelta, resource: Any, shape: Any, **params: str
    ) -> Iterator[ProviderNews]:
        """Of older payments only those that were paid since; of the other lists, which are short,
        everything."""
        older = 0
        for raw in self._listed(resource, **params):
            with answers():
                made = shapes.instant(raw["createdAt"])
                older += made < since
                if made < since - further or older > _MOST_OLDER:
                    return
                news = shape(raw)
            if news and (news.kind is not NewsKind.PAYMENT or news.at >= since):
                yield news

    def _listed(self, resource: Any, **params: str) -> Iterator[Any]:
        """Every item of a list, page after page."""
        with answers():
            page = resource.list(limit=_PAGE, **params)
            items = list(page)
        while True:
            yield from items
            with answers():
                page = page.get_next()
                if page is None:
                    return
                items = list(page)


def _known(provider_id: str) -> str:
    """The id becomes part of an address: nothing else than an id gets there."""
    if shapes.PAYMENT_ID.fullmatch(provider_id) is None:
        raise NotFound("payment_not_found", "Mollie's payments have ids like tr_7UhSN1zuXS.")
    return provider_id
