"""What happens at the provider: payments open, end once, are refunded or taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from kasstroom.ids import new_id
from kasstroom.time import Clock
from kasstroom_sandbox.psp import knobs as knobs_
from kasstroom_sandbox.psp.errors import mollie_error, wrong
from kasstroom_sandbox.psp.knobs import Knobs
from kasstroom_sandbox.psp.ledger import Ledger, Replays
from kasstroom_sandbox.psp.payment import (
    REFUND_TAKES,
    Document,
    charged_back,
    ended,
    expiry_due,
    new_payment_id,
    opened,
    profile_of,
    refund_status,
    refunded,
    shown_status,
    stamp,
    to_hal,
)
from kasstroom_sandbox.psp.subscriptions import Subscriptions
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
    subscriptions: Subscriptions
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

    def end(self, payment: Document, outcome: str, chosen: str = "") -> Document:
        """The payer's or the merchant's outcome; a payment ends once, the first one counts."""
        if payment["status"] != "open":
            return payment
        knobs = knobs_.load(self.store)
        early = max(EARLY_SECONDS, knobs.delay_seconds) if knobs.out_of_order else 0
        now = self.clock()
        final = ended(payment, outcome, now, now + timedelta(seconds=early), chosen)
        if not self.ledger.change(final):
            return self.find(payment["id"]) or payment
        if early:
            self.webhooks.send_early(final, knobs)
        self._tell(final, f"payment.{outcome}", self.hal(final), knobs, early)
        return final

    def refund(self, payment: Document, wish: Document) -> Document:
        """Gives back a part or all of a paid payment; the webhook names the payment, now and when
        the money is back."""
        check_amount(wish.get("amount"))
        amount = wish["amount"]
        left = self.left(payment)
        if self.status(payment) != "paid":
            raise mollie_error(422, "The payment is not paid, so it cannot be refunded.")
        if amount["currency"] != payment["amount"]["currency"] or Decimal(amount["value"]) > left:
            raise wrong("amount", f"The amount is higher than what is left to refund: {left:.2f}.")
        now, knobs = self.clock(), knobs_.load(self.store)
        begins = now + REFUND_TAKES if knobs.queued_refunds else now
        refund = {
            "id": "re_" + new_id("", now)[-10:],
            "amount": {"value": amount["value"], "currency": amount["currency"]},
            "description": str(wish.get("description") or payment["description"])[:255],
            "metadata": wish.get("metadata"),
            "createdAt": stamp(now),
            "queuedUntil": stamp(begins) if begins > now else None,
        }
        after = self._changed(payment, refunds=[*payment["refunds"], refund])
        self._tell_refund(after, refund, knobs, 0)
        done_in = int((begins + REFUND_TAKES - now).total_seconds()) + 1
        self._tell_refund(after, refund, knobs, done_in)
        return refund

    def bounce(self, payment: Document, refund_id: str) -> Document:
        """The bank sends a refund back: the account is closed."""
        failed = [
            one | {"failedAt": stamp(self.clock())} if one["id"] == refund_id else one
            for one in payment["refunds"]
        ]
        after = self._changed(payment, refunds=failed)
        for one in failed:
            if one["id"] == refund_id:
                self._tell_refund(after, one, knobs_.load(self.store), 0)
        return after

    def charge_back(self, payment: Document, value: str = "") -> Document:
        """The payer or the bank takes the money back, all that is left unless told otherwise."""
        left = self.left(payment)
        wanted = Decimal(value) if value else left
        if self.status(payment) != "paid" or not 0 < wanted <= left:
            raise mollie_error(422, "There is nothing left of this payment to take back.")
        now = self.clock()
        chargeback = {
            "id": "chb_" + new_id("", now)[-10:],
            "amount": {"value": f"{wanted:.2f}", "currency": payment["amount"]["currency"]},
            "createdAt": stamp(now),
            "reversedAt": None,
        }
        after = self._changed(payment, chargebacks=[*payment["chargebacks"], chargeback])
        self._tell_chargeback(after, chargeback, "received")
        return after

    def reverse(self, payment: Document, chargeback_id: str) -> Document:
        """A chargeback is undone: the money is ours again."""
        undone = [
            one | {"reversedAt": stamp(self.clock())} if one["id"] == chargeback_id else one
            for one in payment["chargebacks"]
        ]
        after = self._changed(payment, chargebacks=undone)
        for one in undone:
            if one["id"] == chargeback_id:
                self._tell_chargeback(after, one, "reversed")
        return after

    def left(self, payment: Document) -> Decimal:
        """What can still be refunded or taken back."""
        return Decimal(payment["amount"]["value"]) - refunded(payment) - charged_back(payment)

    def _changed(self, payment: Document, **changes: Any) -> Document:
        after = payment | changes
        if not self.ledger.change(after):
            raise mollie_error(409, "The payment changed at the same moment; try again.")
        return self.ledger.find(payment["id"]) or after

    def _tell_refund(self, payment: Document, refund: Document, knobs: Knobs, wait: int) -> None:
        status = refund_status(refund, self.clock() + timedelta(seconds=wait))
        told = refund | {"resource": "refund", "paymentId": payment["id"], "status": status}
        self._tell(payment, f"refund.{status}", told, knobs, wait)

    def _tell_chargeback(self, payment: Document, chargeback: Document, what: str) -> None:
        told = chargeback | {"resource": "chargeback", "paymentId": payment["id"]}
        self._tell(payment, f"chargeback.{what}", told, knobs_.load(self.store))

    def _tell(
        self, payment: Document, what: str, entity: Document, knobs: Knobs, wait: int = 0
    ) -> None:
        """The classic webhook of the payment, and the event for who subscribed to it."""
        self.webhooks.send(payment, knobs, wait)
        for letter in self.subscriptions.letters(payment, what, entity, self.clock()):
            self.webhooks.send_signed(letter, knobs, wait)

    def _settled(self, payment: Document) -> Document:
        now = self.clock()
        if not expiry_due(payment, now):
            return payment
        expired = ended(payment, "expired", now, now) | {"expiredAt": payment["expiresAt"]}
        if self.ledger.change(expired):
            self._tell(expired, "payment.expired", self.hal(expired), knobs_.load(self.store))
        return expired
