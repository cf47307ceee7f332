"""What happens at the provider: a payment opens, ends once, is refunded, and says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from kasstroom.ids import new_id
from kasstroom.time import Clock
from kasstroom_sandbox.psp import knobs as knobs_
from kasstroom_sandbox.psp.errors import mollie_error, wrong
from kasstroom_sandbox.psp.ledger import Ledger, Replays
from kasstroom_sandbox.psp.payment import (
    Document,
    ended,
    expiry_due,
    new_payment_id,
    opened,
    profile_of,
    refunded,
    shown_status,
    stamp,
    to_hal,
)
from kasstroom_sandbox.psp.webhooks import Webhooks
from kasstroom_sandbox.psp.wish import check_amount, check_payment
from kasstroom_sandbox.store import Store

EARLY_SECONDS = 3


@dataclass(frozen=True)
class Provider:
    store: Store
    ledger: Ledger
    replays: Replays
    webhooks: Webhooks
    clock: Clock
    sandbox_url: str

    def open(self, wish: Document, api_key: str) -> Document:
        check_payment(wish, self.sandbox_url)
        now = self.clock()
        payment = opened(wish, new_payment_id(), api_key, now)
        self.ledger.add(payment, now)
        return payment

    def find(self, payment_id: str) -> Document | None:
        """The payment; an expiry that is due is written down and reported first."""
        payment = self.ledger.find(payment_id)
        return self._settled(payment) if payment else None

    def of_key(self, payment_id: str, api_key: str) -> Document:
        """A payment of another mode or profile does not exist for this key."""
        payment = self.find(payment_id)
        mine = (api_key.split("_")[0], profile_of(api_key))
        if payment is None or (payment["mode"], payment["profileId"]) != mine:
            raise mollie_error(404, f"No payment exists with token {payment_id[:40]}.")
        return payment

    def newest(self, limit: int = 50) -> list[Document]:
        return [self._settled(payment) for payment in self.ledger.newest(limit)]

    def hal(self, payment: Document) -> Document:
        return to_hal(payment, self.clock(), self.sandbox_url)

    def status(self, payment: Document) -> str:
        return shown_status(payment, self.clock())

    def end(self, payment: Document, outcome: str) -> Document:
        """The payer's or the merchant's outcome; a payment ends once, the first one counts."""
        if payment["status"] != "open":
            return payment
        knobs = knobs_.load(self.store)
        early = max(EARLY_SECONDS, knobs.delay_seconds) if knobs.out_of_order else 0
        now = self.clock()
        final = ended(payment, outcome, now, now + timedelta(seconds=early))
        if not self.ledger.change(final):
            return self.find(payment["id"]) or payment
        if early:
            self.webhooks.send_early(final, knobs)
        self.webhooks.send(final, knobs, early)
        return final

    def refund(self, payment: Document, wish: Document) -> Document:
        """Gives back a part or all of a paid payment; the webhook names the payment."""
        check_amount(wish.get("amount"))
        amount = wish["amount"]
        left = Decimal(payment["amount"]["value"]) - refunded(payment)
        if self.status(payment) != "paid":
            raise mollie_error(422, "The payment is not paid, so it cannot be refunded.")
        if amount["currency"] != payment["amount"]["currency"] or Decimal(amount["value"]) > left:
            raise wrong("amount", f"The amount is higher than what is left to refund: {left:.2f}.")
        now = self.clock()
        refund = {
            "id": "re_" + new_id("", now)[-10:],
            "amount": {"value": amount["value"], "currency": amount["currency"]},
            "description": str(wish.get("description") or payment["description"])[:255],
            "metadata": wish.get("metadata"),
            "createdAt": stamp(now),
        }
        if not self.ledger.change(payment | {"refunds": [*payment["refunds"], refund]}):
            raise mollie_error(409, "The payment changed at the same moment; try again.")
        self.webhooks.send(payment, knobs_.load(self.store))
        return refund

    def _settled(self, payment: Document) -> Document:
        now = self.clock()
        if not expiry_due(payment, now):
            return payment
        expired = ended(payment, "expired", now, now) | {"expiredAt": payment["expiresAt"]}
        if self.ledger.change(expired):
            self.webhooks.send(expired, knobs_.load(self.store))
        return expired


def provider(settings: Any, clock: Clock) -> Provider:
    """`settings` is `SandboxSettings`."""
    store = Store(settings.sandbox_table)
    return Provider(
        store=store,
        ledger=Ledger(store),
        replays=Replays(store),
        webhooks=Webhooks(settings.webhook_queue_url),
        clock=clock,
        sandbox_url=settings.sandbox_url.rstrip("/"),
    )
