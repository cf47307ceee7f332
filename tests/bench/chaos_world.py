"""A world in which everything goes wrong: a provider that forgets, repeats and is late, books that
crash around a write, workers that run at once. Seeded, so that a bad run can be run again."""

from __future__ import annotations

import random
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from kasstroom.changes import Changes
from kasstroom.errors import NotFound, Refused, Unavailable
from kasstroom.payments.judging import story
from kasstroom.payments.model import (
    AttemptState,
)
from kasstroom.payments.ports import PaymentOrder, RefundOrder
from kasstroom.payments.reported import (
    NewsKind,
    ProviderChargeback,
    ProviderNews,
    ProviderPayment,
    ProviderRefund,
    ProviderSettlement,
    RefundState,
)
from tests.memory_books import MemoryBooks

START = datetime(2026, 9, 1, 8, tzinfo=UTC)
FURTHER_BACK = timedelta(days=30)
"""So far a provider's lists of refunds and chargebacks reach back beyond what is asked."""


class Crash(Exception):
    """The machine stops here: what was written stays, the rest never happens."""


@dataclass
class Odds:
    """Chances of each fault, per call."""

    crash_before: float = 0.01
    crash_after: float = 0.01
    unavailable: float = 0.04
    answer_lost: float = 0.03
    webhook_lost: float = 0.05
    webhook_twice: float = 0.10


@dataclass
class World:
    """`clock` moves by hand; `happened` counts the faults."""

    seed: int
    odds: Odds = field(default_factory=Odds)
    clock: datetime = START
    happened: Counter = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self._lock = threading.Lock()

    def strikes(self, fault: str) -> bool:
        with self._lock:
            strikes = self.dice.random() < getattr(self.odds, fault)
            self.happened[fault] += strikes
            return strikes

    def chance(self, share: float) -> bool:
        with self._lock:
            return self.dice.random() < share

    def pick(self, low: int, high: int) -> int:
        with self._lock:
            return self.dice.randint(low, high)


class CrashingBooks(MemoryBooks):
    """The machine may stop just before a write or just after it, before anybody was told. `heard`
    is the stream of the books: it has every write, in the order they were made."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world, self.calm = world, True
        self._in_order = threading.Lock()
        self.heard: Callable[[Changes], None] = lambda _: None

    def commit(self, changes: Changes) -> None:
        if not self.calm and self._world.strikes("crash_before"):
            raise Crash
        with self._in_order:
            super().commit(changes)
            self.heard(changes)
        if not self.calm and self._world.strikes("crash_after"):
            raise Crash


class Provider:
    """A provider's own truth. It keeps idempotency keys, and tells of news by webhooks that come
    twice, out of order, or never."""

    name = "mollie"

    def __init__(self, world: World, mailbox: deque) -> None:  # type: ignore[type-arg]
        self._world, self._mailbox = world, mailbox
        self._lock = threading.RLock()
        self.payments: dict[str, ProviderPayment] = {}
        self._made_at: dict[str, datetime] = {}
        self._by_key: dict[str, str] = {}
        self._refunds_by_key: dict[str, ProviderRefund] = {}

    def __call__(self, org: str, name: str = "") -> Provider:
        return self

    def choices(self, org: str) -> tuple[str, ...]:
        return (self.name,)

    def create(self, order: PaymentOrder) -> ProviderPayment:
        self._busy()
        with self._lock:
            id = self._by_key.setdefault(order.idempotency_key, f"tr_{len(self.payments):06}")
            if id not in self.payments:
                self._made_at[id] = self._world.clock
                self.payments[id] = ProviderPayment(
                    self.name, id, "test", AttemptState.OPEN, order.amount, "ideal",
                    order.reference, f"https://www.mollie.com/{id}", None,
                    self._world.clock + timedelta(minutes=15),
                )  # fmt: skip
        self._answer_lost()
        return self.payments[id]

    def fetch(self, provider_id: str) -> ProviderPayment:
        self._busy()
        if provider_id not in self.payments:
            raise NotFound("payment_not_found", "no such payment")
        return self.payments[provider_id]

    def cancel(self, provider_id: str) -> None:
        with self._lock:
            payment = self.payments.get(provider_id)
            if payment and payment.state is AttemptState.OPEN:
                self.payments[provider_id] = replace(payment, state=AttemptState.CANCELED)

    def refund(self, order: RefundOrder) -> ProviderRefund:
        self._busy()
        with self._lock:
            if known := self._refunds_by_key.get(order.idempotency_key):
                return known
            payment = self.payments[order.provider_id]
            gone = sum(r.amount.minor for r in payment.refunds if r.state is not RefundState.FAILED)
            if gone + order.amount.minor > payment.amount.minor:
                raise Refused("provider_refused", "more than is left")
            made = self.refunded(order.provider_id, order.amount.minor, order.reference)
            self._refunds_by_key[order.idempotency_key] = made
        self._answer_lost()
        return made

    def news(self, since: datetime) -> Iterator[ProviderNews]:
        """By the day a thing was made, as real lists go: an older payment is not in them."""
        for p in list(self.payments.values()):
            told = list(story(p, self._world.clock))
            if self._made_at[p.id] < since:
                told = [one for one in told if one.kind is not NewsKind.PAYMENT]
            yield from (one for one in told if one.at >= since - FURTHER_BACK)

    def settlements(self, since: datetime) -> Iterator[ProviderSettlement]:
        return iter(())

    def paid(self, id: str, minor: int | None = None) -> None:
        with self._lock:
            payment = self.payments[id]
            if payment.state is AttemptState.OPEN:
                amount = replace(payment.amount, minor=minor or payment.amount.minor)
                self._becomes(payment, state=AttemptState.PAID, amount=amount,
                              paid_at=self._world.clock)  # fmt: skip

    def expired(self, id: str) -> None:
        with self._lock:
            if self.payments[id].state is AttemptState.OPEN:
                self._becomes(self.payments[id], state=AttemptState.EXPIRED)

    def refunded(self, id: str, minor: int, reference: str = "") -> ProviderRefund:
        with self._lock:
            payment = self.payments[id]
            made = ProviderRefund(
                f"re_{id}_{len(payment.refunds)}", replace(payment.amount, minor=minor),
                RefundState.REFUNDED, self._world.clock, reference,
            )  # fmt: skip
            self._becomes(payment, refunds=(*payment.refunds, made))
            return made

    def bounced(self, id: str) -> None:
        with self._lock:
            payment = self.payments[id]
            if payment.refunds:
                last = replace(payment.refunds[-1], state=RefundState.FAILED)
                self._becomes(payment, refunds=(*payment.refunds[:-1], last))

    def charged_back(self, id: str) -> None:
        with self._lock:
            payment = self.payments[id]
            if payment.state is AttemptState.PAID and not payment.chargebacks:
                back = ProviderChargeback(f"chb_{id}", payment.amount, self._world.clock, "AC04")
                self._becomes(payment, chargebacks=(back,))

    def reversed(self, id: str) -> None:
        with self._lock:
            payment = self.payments[id]
            if payment.chargebacks and not payment.chargebacks[0].reversed_at:
                back = replace(payment.chargebacks[0], reversed_at=self._world.clock)
                self._becomes(payment, chargebacks=(back,))

    def _becomes(self, payment: ProviderPayment, **changes: object) -> None:
        after = replace(payment, **changes)  # type: ignore[arg-type]
        self.payments[payment.id] = after
        if self._world.strikes("webhook_lost"):
            return
        for _ in range(1 + self._world.strikes("webhook_twice")):
            self._mailbox.append((after.reference, after.id))

    def _busy(self) -> None:
        if self._world.strikes("unavailable"):
            raise Unavailable("provider_unavailable", "429, 503 or a time-out")

    def _answer_lost(self) -> None:
        if self._world.strikes("answer_lost"):
            raise Unavailable("provider_unavailable", "the answer did not arrive")
