"""Events of Stripe, and the signed webhooks that bring them to who asked for them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from kasstroom_sandbox.psp.knobs import Knobs
from kasstroom_sandbox.psp.webhooks import Webhooks
from kasstroom_sandbox.stripe import later
from kasstroom_sandbox.stripe.books import Books, Document, shown


@dataclass(frozen=True)
class Teller:
    books: Books
    webhooks: Webhooks

    def subscribe(self, url: str, events: list[str], account: str, now: int) -> Document:
        made = later.endpoint(url, events, account.startswith("live"), now)
        return self.books.add(account, made)

    def tell(self, kind: str, about: Document, now: int, knobs: Knobs, wait: int) -> None:
        """An event, and a webhook to every endpoint of the account that asked for it."""
        account = about["_account"]
        told = later.event(kind, shown(about), account.startswith("live"), now)
        self._send(shown(self.books.add(account, told)), about, knobs, wait)

    def repeat(self, session: Document) -> None:
        """The newest event of a session is sent again, as it was."""
        for event in self.books.newest("event", session["_account"]):
            if event["data"]["object"]["id"] == session["id"]:
                self._send(shown(event), session, Knobs())
                return

    def _send(self, event: Document, about: Document, knobs: Knobs, wait: int = 0) -> None:
        for one in self.books.newest("webhook_endpoint", about["_account"]):
            asked = {event["type"], "*"} & set(one["enabled_events"])
            if asked and one["status"] == "enabled":
                letter = {"id": self._payment_of(about), "url": one["url"], "scheme": "stripe"}
                letter |= {"secret": one["_secret"], "body": json.dumps(event, indent=2)}
                self.webhooks.send_signed(letter, knobs, wait)

    def _payment_of(self, about: Document) -> str:
        """The session, for the log of deliveries."""
        if about["object"] == "checkout.session":
            return about["id"]
        intent = about["id"] if about["object"] == "payment_intent" else about.get("payment_intent")
        found = self.books.get(intent) if intent else None
        return found["_session"] if found else about["id"]
