"""What payments need from outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.payments.model import ProviderPayment


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """What a provider needs to take a payment. `reference` is our attempt id and comes back in the
    provider's metadata; `idempotency_key` is the same on every retry of one attempt."""

    reference: str
    org: str
    amount: Money
    description: str
    redirect_url: str
    webhook_url: str
    language: Language
    idempotency_key: str


class PaymentProvider(Protocol):
    """Unavailable: no answer, try again; Refused: the provider will not take this; NotFound."""

    name: str

    def create(self, order: PaymentOrder) -> ProviderPayment: ...
    def fetch(self, provider_id: str) -> ProviderPayment: ...
    def cancel(self, provider_id: str) -> None:
        """Best effort: a payment that is final already stays as it is."""
        ...


class PaymentQueue(Protocol):
    def put(self, org: str, attempt_id: str, provider_id: str) -> None:
        """Asks the worker to fetch a payment from its provider and book what it finds."""
        ...
