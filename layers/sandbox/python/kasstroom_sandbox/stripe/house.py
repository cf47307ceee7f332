"""What happens at Stripe: a session opens, is paid, refunded, disputed and paid out, and events
tell of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kasstroom.time import Clock
from kasstroom_sandbox.psp import knobs as knobs_
from kasstroom_sandbox.psp.ledger import Replays
from kasstroom_sandbox.psp.provider import EARLY_SECONDS
from kasstroom_sandbox.stripe import later, objects
from kasstroom_sandbox.stripe.books import Books, Document, shown
from kasstroom_sandbox.stripe.errors import missing, stripe_error
from kasstroom_sandbox.stripe.telling import Teller
from kasstroom_sandbox.stripe.wishes import check_session

REFUND_TAKES_SECONDS = 60


@dataclass(frozen=True)
class House:
    books: Books
    replays: Replays
    teller: Teller
    clock: Clock
    sandbox_url: str

    def now(self) -> int:
        return int(self.clock().timestamp())

    def get(self, kind: str, id: str, account: str = "") -> Document:
        """As it is now: a session that is over has expired, a refund of a minute ago is done."""
        found = self.books.get(id, account)
        if found is None or found["object"] != kind:
            raise missing(kind, id)
        return self.current(found)

    def current(self, document: Document) -> Document:
        now = self.now()
        if document["object"] == "refund" and document["status"] == "pending":
            return self._refund_done(document) if now >= document["_done_at"] else document
        if document["object"] != "checkout.session":
            return document
        if document["status"] == "open" and now >= document["expires_at"]:
            return self.expire(document)
        if document.get("_before") and self.clock().timestamp() < document["_shows_at"]:
            return document | document["_before"]
        return document

    def listed(self, kind: str, account: str) -> list[Document]:
        return [self.current(one) for one in self.books.newest(kind, account)]

    def open(self, wish: Document, account: str) -> Document:
        check_session(wish, self.now())
        live = account.startswith("live")
        made = objects.session(wish, live, self.now(), self.sandbox_url)
        return self.books.add(account, made)

    def expire(self, session: Document) -> Document:
        if session["status"] != "open":
            message = 'Only Checkout Sessions with a status in ["open"] can be expired.'
            raise stripe_error(400, message, param="session")
        after = self._changed(session, status="expired", url=None)
        self.tell("checkout.session.expired", after)
        return after

    def pay(self, session: Document, method: str) -> Document:
        """The payer paid. With `out_of_order` the first event leaves before the session shows it,
        and those of the payment intent and the charge come after."""
        account, now, knobs = session["_account"], self.now(), knobs_.load(self.books.store)
        intent = self.books.add(account, objects.intent(session, method, True, now))
        charge = self.books.add(account, objects.charge(intent, method, now))
        fee = objects.FEES_MINOR.get(method, 29)
        line = objects.transaction("payment", charge["amount"], fee, charge, now, "charge")
        self.books.add(account, line)
        charge = self._changed(charge, balance_transaction=line["id"])
        intent = self._changed(
            intent, latest_charge=charge["id"], payment_method=charge["payment_method"]
        )
        early = max(EARLY_SECONDS, knobs.delay_seconds) if knobs.out_of_order else 0
        done: Document = {"status": "complete", "payment_status": "paid", "url": None}
        done |= {"payment_intent": intent["id"], "customer_details": {"tax_ids": None}}
        done["customer_details"] |= objects.PAYER | dict.fromkeys(
            ("address", "business_name", "individual_name", "phone", "tax_exempt")
        )
        if early:
            done["_before"] = {name: session[name] for name in done}
            done["_shows_at"] = self.clock().timestamp() + early
        after = self._changed(session, **done)
        self.tell("checkout.session.completed", after)
        self.tell("charge.succeeded", charge, early)
        self.tell("payment_intent.succeeded", intent, early)
        return after

    def fail(self, session: Document, method: str) -> Document:
        """The bank says no. The session stays open: the payer may try again."""
        intent = objects.intent(session, method, False, self.now())
        self.tell("payment_intent.payment_failed", self.books.add(session["_account"], intent))
        return session

    def refund(self, charge: Document, amount: int, metadata: Document) -> Document:
        if not 0 < amount <= charge["amount"] - charge["amount_refunded"]:
            left = charge["amount"] - charge["amount_refunded"]
            code = "" if left else "charge_already_refunded"
            message = f"Refund amount ({amount}) is greater than unrefunded amount ({left})."
            raise stripe_error(400, message, code=code, param="amount")
        now, account = self.now(), charge["_account"]
        begins = now + (REFUND_TAKES_SECONDS if self._knobs().queued_refunds else 0)
        made = later.refund(charge, amount, metadata, now)
        made |= {"_done_at": begins + REFUND_TAKES_SECONDS}
        line = objects.transaction("payment_refund", -amount, 0, made, now, "refund")
        made["balance_transaction"] = self.books.add(account, line)["id"]
        made = self.books.add(account, made)
        back = charge["amount_refunded"] + amount
        charge = self._changed(charge, amount_refunded=back, refunded=back == charge["amount"])
        self.tell("refund.created", made)
        self.tell("charge.refunded", charge)
        done = made | {"status": "succeeded"}
        self.tell("refund.updated", done, made["_done_at"] - now + 1)
        return made

    def bounce(self, refund: Document) -> Document:
        """The bank sends a refund back."""
        now, charge = self.now(), self.get("charge", refund["charge"])
        line = objects.transaction("refund_failure", refund["amount"], 0, refund, now)
        id = self.books.add(refund["_account"], line)["id"]
        why = {"failure_reason": "lost_or_stolen_card", "failure_balance_transaction": id}
        if charge["payment_method_details"]["type"] != "card":
            why["failure_reason"] = "expired_or_canceled_card"
        after = self._changed(refund, status="failed", **why)
        self._changed(
            charge, amount_refunded=charge["amount_refunded"] - refund["amount"], refunded=False
        )
        self.tell("refund.failed", after)
        return after

    def dispute(self, charge: Document, amount: int = 0) -> Document:
        """The payer's bank takes the money back, all that is left unless told otherwise."""
        left = charge["amount"] - charge["amount_refunded"]
        amount = amount or left
        if charge["disputed"] or not 0 < amount <= left:
            raise stripe_error(400, "There is nothing left of this charge to dispute.")
        now, account = self.now(), charge["_account"]
        made = later.dispute(charge, amount, now)
        fee = objects.DISPUTE_FEE_MINOR
        line = objects.transaction("adjustment", -amount, fee, made, now, "dispute")
        made["balance_transactions"] = [shown(self.books.add(account, line))]
        made = self.books.add(account, made)
        self._changed(charge, disputed=True)
        self.tell("charge.dispute.created", made)
        self.tell("charge.dispute.funds_withdrawn", made)
        return made

    def win(self, dispute: Document) -> Document:
        """The bank gives the money back: the dispute was won."""
        if dispute["status"] == "won":
            return dispute
        now, account = self.now(), dispute["_account"]
        kind, amount = "dispute_reversal", dispute["amount"]
        line = objects.transaction("adjustment", amount, 0, dispute, now, kind)
        moved = [*dispute["balance_transactions"], shown(self.books.add(account, line))]
        after = self._changed(dispute, status="won", balance_transactions=moved)
        self.tell("charge.dispute.closed", after)
        self.tell("charge.dispute.funds_reinstated", after)
        return after

    def _refund_done(self, refund: Document) -> Document:
        after = refund | {"status": "succeeded"}
        return after if self.books.change(after) else self.books.get(refund["id"]) or after

    def _changed(self, document: Document, **changes: Any) -> Document:
        after = document | changes
        if not self.books.change(after):
            message = "This object cannot be accessed right now; try again."
            raise stripe_error(409, message, code="lock_timeout")
        return after | {"version": after["version"] + 1}

    def _knobs(self) -> knobs_.Knobs:
        return knobs_.load(self.books.store)

    def tell(self, kind: str, about: Document, wait: int = 0) -> None:
        self.teller.tell(kind, about, self.now(), self._knobs(), wait)
