"""Payment providers that do what a test tells them, behind `kasstroom.payments.shop.Providers`."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from kasstroom.errors import NotFound, Refused, Unavailable
from kasstroom.payments.model import (
    AttemptState,
)
from kasstroom.payments.ports import PaymentOrder
from kasstroom.payments.reported import (
    ProviderPayment,
)

HOSTS = {"mollie": "www.mollie.com", "stripe": "checkout.stripe.com"}


class FakeProvider:
    """Keeps idempotency keys. `down`: no answer at all; `lost`: it does the work and the answer is
    lost; `slow` seconds; `busy`: a key that is being worked on is refused, as Mollie does (409)."""

    def __init__(self, name: str, now: datetime) -> None:
        self.name, self.now = name, now
        self.down = self.lost = self.refuses = False
        self.slow = 0.0
        self.orders: list[PaymentOrder] = []
        self.payments: dict[str, ProviderPayment] = {}
        self.canceled: list[str] = []
        self.fetched: list[str] = []
        self._by_key: dict[str, str] = {}
        self._working: set[str] = set()
        self._lock = threading.Lock()

    def create(self, order: PaymentOrder) -> ProviderPayment:
        self._answers()
        if self.refuses:
            raise Refused("provider_refused", "no")
        with self._lock:
            self.orders.append(order)
            if order.idempotency_key in self._working:
                raise Unavailable("provider_unavailable", "409: this key is being worked on")
            self._working.add(order.idempotency_key)
        time.sleep(self.slow)
        with self._lock:
            self._working.discard(order.idempotency_key)
            fresh = f"{self.name}_{len(self.payments) + 1}"
            id = self._by_key.setdefault(order.idempotency_key, fresh)
            if id not in self.payments:
                self.payments[id] = ProviderPayment(
                    self.name, id, "test", AttemptState.OPEN, order.amount, "ideal",
                    order.reference, f"https://{HOSTS[self.name]}/{id}", None,
                    self.now + timedelta(minutes=15),
                )  # fmt: skip
        if self.lost:
            raise Unavailable("provider_unavailable", "no answer")
        return self.payments[id]

    def fetch(self, id: str) -> ProviderPayment:
        self._answers()
        self.fetched.append(id)
        if id not in self.payments:
            raise NotFound("payment_not_found", "unknown")
        return self.payments[id]

    def cancel(self, id: str) -> None:
        self._answers()
        self.canceled.append(id)
        self.becomes(id, AttemptState.CANCELED)

    def becomes(self, id: str, state: AttemptState) -> None:
        self.payments[id] = replace(self.payments[id], state=state)

    def _answers(self) -> None:
        if self.down:
            raise Unavailable("provider_unavailable", "down")


class FakeProviders:
    """An organisation's providers, in this order."""

    def __init__(self, now: datetime, *names: str) -> None:
        self.order = names or ("mollie", "stripe")
        self.each = {name: FakeProvider(name, now) for name in self.order}

    def __call__(self, org: str, name: str = "") -> Any:
        return self.each[name or self.order[0]]

    def choices(self, org: str) -> tuple[str, ...]:
        return self.order
