"""What payments need from outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.payments.reported import (
    ProviderNews,
    ProviderPayment,
    ProviderRefund,
    ProviderSettlement,
)


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """What a provider needs to take a payment. `reference` is our attempt id and comes back in the
    provider's metadata; `idempotency_key` is the same on every retry of one attempt. `methods` are
    the provider's own names, best first; empty leaves the choice to the provider. `expires_at` is
    the same on every retry as well, and at least 30 minutes ahead; without it the provider decides
    (Stripe: a day later; Mollie always decides by method)."""

    reference: str
    org: str
    amount: Money
    description: str
    redirect_url: str
    webhook_url: str
    language: Language
    idempotency_key: str
    methods: tuple[str, ...] = ("ideal",)
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RefundOrder:
    """Money to send back of one payment. `reference` is our refund's id; it and the key are the
    same on every retry."""

    provider_id: str
    amount: Money
    reference: str
    description: str
    idempotency_key: str


class PaymentProvider(Protocol):
    """Unavailable: no answer, try again; Refused: the provider will not take this; NotFound."""

    name: str

    def create(self, order: PaymentOrder) -> ProviderPayment: ...
    def fetch(self, provider_id: str) -> ProviderPayment: ...
    def cancel(self, provider_id: str) -> None:
        """Best effort: a payment that is final already stays as it is."""
        ...

    def refund(self, order: RefundOrder) -> ProviderRefund:
        """Refused when the payment has less left than is asked back."""
        ...

    def news(self, since: datetime) -> Iterator[ProviderNews]:
        """Every payment, refund and chargeback that was made since, from the provider's own lists;
        and of older ones, as far as its lists go, those that moved since: paid late, bounced,
        reversed. What it tells of a refund or chargeback may reach further back."""
        ...

    def settlements(self, since: datetime) -> Iterator[ProviderSettlement]:
        """What was paid out to the bank since."""
        ...


class PaymentQueue(Protocol):
    def put(self, org: str, attempt_id: str, provider_id: str, provider: str = "mollie") -> None:
        """Asks the worker to fetch a payment from its provider and book what it finds.
        `attempt_id` is empty when the provider did not say: the fetched payment's `reference`
        does. `provider_id` is anything `fetch` takes."""
        ...
