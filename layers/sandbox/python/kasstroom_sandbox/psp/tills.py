"""One counter for the pages, whichever provider a payment is at."""

from __future__ import annotations

from typing import Any, Protocol

from kasstroom_sandbox.psp import knobs
from kasstroom_sandbox.psp.knobs import Knobs
from kasstroom_sandbox.psp.lists import Lists
from kasstroom_sandbox.psp.provider import Document, Provider
from kasstroom_sandbox.psp.settling import settle

ACTIONS = ("refund", "bounce", "chargeback", "reverse")


class Till(Protocol):
    """A view has the names of Mollie's payment: `amount`, `description`, `status`, `redirectUrl`,
    ..., and `offered` methods, `refunds`, `chargebacks` and what is `left` of it."""

    def view(self, id: str) -> Document | None: ...
    def views(self, limit: int) -> list[Document]: ...
    def api(self, id: str) -> Document: ...
    def end(self, id: str, outcome: str, method: str) -> str:
        """Ends the payment; where the payer goes next."""
        ...

    def act(self, id: str, action: str, wish: dict[str, str]) -> None:
        """What the merchant's own pages, a bank or a payer do later: one of ACTIONS."""
        ...

    def send_webhook(self, id: str) -> None: ...
    def pay_out(self) -> list[str]:
        """Ids of the settlements that were made."""
        ...


class MollieTill:
    def __init__(self, provider: Provider) -> None:
        self._provider, self._lists = provider, Lists(provider)

    def view(self, id: str) -> Document | None:
        payment = self._provider.find(id)
        return self._view(payment) if payment else None

    def views(self, limit: int) -> list[Document]:
        return [self._view(payment) for payment in self._provider.newest(limit)]

    def api(self, id: str) -> Document:
        return self._provider.hal(self._found(id))

    def end(self, id: str, outcome: str, method: str) -> str:
        payment = self._found(id)
        back = payment["redirectUrl"]
        if outcome == "canceled":
            back = payment["cancelUrl"] or back
            if knobs.load(self._provider.store).silent_cancel:
                return back
        self._provider.end(payment, outcome, method)
        return back

    def act(self, id: str, action: str, wish: dict[str, str]) -> None:
        payment, part = self._found(id), wish.get("of", "")
        if action == "refund":
            value = wish.get("amount") or f"{self._provider.left(payment):.2f}"
            amount = {"value": value, "currency": payment["amount"]["currency"]}
            self._provider.refund(payment, {"amount": amount})
        elif action == "bounce":
            self._provider.bounce(payment, part)
        elif action == "chargeback":
            self._provider.charge_back(payment, wish.get("amount", ""))
        else:
            self._provider.reverse(payment, part)

    def send_webhook(self, id: str) -> None:
        self._provider.webhooks.send(self._found(id), Knobs())

    def pay_out(self) -> list[str]:
        found = self._provider.newest(1000)
        owners = dict.fromkeys((one["mode"], one["profileId"]) for one in found)
        now = self._provider.clock()
        made = [settle(self._provider, *owner, now) for owner in owners]
        return [one["id"] for one in made if one]

    def _found(self, id: str) -> Document:
        payment = self._provider.find(id)
        assert payment is not None
        return payment

    def _view(self, payment: Document) -> Document:
        status = payment["status"]
        shown: dict[str, Any] = {
            "status": self._provider.status(payment) if status == "open" else status,
            "shown": self._provider.status(payment),
            "left": f"{self._provider.left(payment):.2f}",
            "refunds": self._lists.of(payment, "refunds"),
            "chargebacks": self._lists.of(payment, "chargebacks"),
            "provider": "Mollie",
        }
        return payment | shown
