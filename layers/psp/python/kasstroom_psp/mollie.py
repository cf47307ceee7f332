"""Mollie, through its own SDK: no retries of its own, short time-outs, our idempotency keys."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from mollie.api.client import Client
from mollie.api.error import (
    IdentifierError,
    NotFoundError,
    RequestError,
    ResponseError,
    ResponseHandlingError,
)

from kasstroom.errors import NotFound, Refused, Unavailable
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.payments.model import AttemptState, ProviderPayment
from kasstroom.payments.ports import PaymentOrder

NAME = "mollie"
_LOCALES = {Language.NL: "nl_NL", Language.EN: "en_US"}
_STATES = {
    "open": AttemptState.OPEN,
    "pending": AttemptState.OPEN,
    "authorized": AttemptState.OPEN,
    "paid": AttemptState.PAID,
    "failed": AttemptState.FAILED,
    "canceled": AttemptState.CANCELED,
    "expired": AttemptState.EXPIRED,
}
_TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
_CONNECT_SECONDS, _READ_SECONDS = 2, 5


class MollieProvider:
    """`kasstroom.payments.ports.PaymentProvider` on the Payments API v2."""

    name = NAME

    def __init__(self, api_key: str, base_url: str) -> None:
        timeout = (_CONNECT_SECONDS, _READ_SECONDS)
        self._client = Client(api_endpoint=base_url, timeout=timeout, retry=0)
        self._client.set_api_key(api_key)

    def create(self, order: PaymentOrder) -> ProviderPayment:
        body = {
            "amount": {"currency": order.amount.currency, "value": order.amount.value},
            "description": order.description,
            "redirectUrl": order.redirect_url,
            "webhookUrl": order.webhook_url,
            "method": "ideal",
            "locale": _LOCALES[order.language],
            "metadata": {"reference": order.reference, "organisation": order.org},
        }
        with _answers():
            created = self._client.payments.create(body, idempotency_key=order.idempotency_key)
        return _payment(created)

    def fetch(self, provider_id: str) -> ProviderPayment:
        with _answers():
            return _payment(self._client.payments.get(provider_id))

    def cancel(self, provider_id: str) -> None:
        with contextlib.suppress(Refused, NotFound, Unavailable), _answers():
            self._client.payments.delete(provider_id)


@contextlib.contextmanager
def _answers() -> Iterator[None]:
    """The SDK's errors by what to do about them; none of their texts, which can quote the key."""
    try:
        yield
    except (NotFoundError, IdentifierError):
        raise NotFound("payment_not_found", "Mollie does not know this payment.") from None
    except RequestError:
        raise Unavailable("provider_unavailable", "Mollie does not answer.") from None
    except ResponseHandlingError:
        raise Unavailable("provider_unavailable", "Mollie answered in an unknown form.") from None
    except ResponseError as error:
        if error.status in _TRY_AGAIN or error.status == 409:
            detail = f"Mollie is busy (status {error.status})."
            raise Unavailable("provider_unavailable", detail) from None
        detail = f"Mollie refused the request (status {error.status}, field {error.field})."
        raise Refused("provider_refused", detail) from None


def _payment(raw: dict[str, Any]) -> ProviderPayment:
    """Unknown states count as open: they are looked at again, never booked."""
    metadata = raw.get("metadata")
    links = raw.get("_links") or {}
    return ProviderPayment(
        NAME,
        raw["id"],
        raw["mode"],
        _STATES.get(raw["status"], AttemptState.OPEN),
        Money.parse(raw["amount"]["value"], raw["amount"]["currency"]),
        raw.get("method") or "",
        metadata.get("reference", "") if isinstance(metadata, dict) else "",
        (links.get("checkout") or {}).get("href", ""),
        _instant(raw.get("paidAt")),
        _instant(raw.get("expiresAt")),
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
