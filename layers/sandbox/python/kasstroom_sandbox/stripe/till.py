"""Stripe's payments as the sandbox's pages show them."""

from __future__ import annotations

from datetime import UTC, datetime

from kasstroom.money import Money
from kasstroom_sandbox.stripe.books import Document, shown
from kasstroom_sandbox.stripe.errors import stripe_error
from kasstroom_sandbox.stripe.house import House
from kasstroom_sandbox.stripe.paying_out import pay_out

_STATES = {"expired": "expired", "complete": "paid"}


class StripeTill:
    def __init__(self, house: House) -> None:
        self._house = house

    def view(self, id: str) -> Document | None:
        found = self._house.books.get(id) if id.startswith("cs_") else None
        if found is None or found["object"] != "checkout.session":
            return None
        return self._view(self._house.current(found), found)

    def views(self, limit: int) -> list[Document]:
        found = self._house.books.sessions(limit)
        return [self._view(self._house.current(one), one) for one in found]

    def api(self, id: str) -> Document:
        return shown(self._session(id))

    def end(self, id: str, outcome: str, method: str) -> str:
        """A payer who stops, or whose bank refuses, is back at the shop with an open session."""
        session = self._session(id)
        offered = session["payment_method_types"]
        chosen = method if method in offered else offered[0]
        back = session["cancel_url"] or session["success_url"]
        if outcome == "paid":
            self._house.pay(session, chosen)
            back = session["success_url"].replace("{CHECKOUT_SESSION_ID}", id)
        elif outcome == "failed":
            self._house.fail(session, chosen)
        elif outcome == "expired":
            self._house.expire(session)
        return back

    def act(self, id: str, action: str, wish: dict[str, str]) -> None:
        if action in ("bounce", "reverse"):
            kind = "refund" if action == "bounce" else "dispute"
            found = self._house.get(kind, wish.get("of", ""))
            self._house.bounce(found) if kind == "refund" else self._house.win(found)
            return
        charge = self._charge(self._session(id))
        if charge is None:
            raise stripe_error(400, "Nothing was paid in this session.")
        given = Money.parse(wish["amount"]).minor if wish.get("amount") else 0
        if action == "chargeback":
            self._house.dispute(charge, given)
        else:
            left = charge["amount"] - charge["amount_refunded"]
            self._house.refund(charge, given or left, {})

    def send_webhook(self, id: str) -> None:
        """The last event of the session once more."""
        self._house.teller.repeat(self._session(id))

    def pay_out(self) -> list[str]:
        accounts = dict.fromkeys(one["_account"] for one in self._house.books.sessions(1000))
        made = [pay_out(self._house, account) for account in accounts]
        return [one["id"] for one in made if one]

    def _session(self, id: str) -> Document:
        return self._house.get("checkout.session", id)

    def _charge(self, session: Document) -> Document | None:
        intent = self._house.books.get(session.get("payment_intent") or "-")
        return self._house.books.get(intent["latest_charge"] or "-") if intent else None

    def _view(self, session: Document, stored: Document) -> Document:
        account, charge = session["_account"], self._charge(session)
        left = charge["amount"] - charge["amount_refunded"] if charge else 0
        urls = [one["url"] for one in self._house.books.newest("webhook_endpoint", account)
                if one["status"] == "enabled"]  # fmt: skip
        status = _STATES.get(session["status"], "open")
        return {
            "id": session["id"],
            "provider": "Stripe",
            "mode": "live" if session["livemode"] else "test",
            "createdAt": _iso(session["created"]),
            "expiresAt": _iso(session["expires_at"]),
            "amount": _amount(session["amount_total"], session["currency"]),
            "description": session["_name"],
            "metadata": session["metadata"],
            "webhookUrl": urls[0] if urls else None,
            "status": _STATES.get(stored["status"], "open") if status == "open" else status,
            "shown": status,
            "locale": session["locale"],
            "redirectUrl": session["success_url"],
            "cancelUrl": session["cancel_url"],
            "offered": session["payment_method_types"],
            "left": _amount(left, session["currency"])["value"],
            "refunds": self._parts("refund", session),
            "chargebacks": self._parts("dispute", session),
        }

    def _parts(self, kind: str, session: Document) -> list[Document]:
        if not session.get("payment_intent"):
            return []
        found = self._house.listed(kind, session["_account"])
        return [
            {
                "id": one["id"],
                "status": {"succeeded": "refunded"}.get(one["status"], one["status"]),
                "amount": _amount(one["amount"], one["currency"]),
                "reversedAt": one["status"] == "won" or None,
            }
            for one in found
            if one["payment_intent"] == session["payment_intent"]
        ]


def _amount(minor: int, currency: str) -> Document:
    return {"value": Money(minor, currency.upper()).value, "currency": currency.upper()}


def _iso(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()
