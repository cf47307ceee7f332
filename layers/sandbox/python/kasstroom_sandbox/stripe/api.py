"""Stripe's HTTP API under `/stripe/v1`, as far as the product and its tests reach."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kasstroom_sandbox.psp import knobs
from kasstroom_sandbox.replaying import once
from kasstroom_sandbox.stripe.books import Document, shown
from kasstroom_sandbox.stripe.errors import other_call, still_busy, stripe_error, wrong
from kasstroom_sandbox.stripe.forms import nested, whole
from kasstroom_sandbox.stripe.house import House
from kasstroom_sandbox.stripe.lists import page
from kasstroom_sandbox.stripe.objects import API_VERSION
from kasstroom_sandbox.stripe.wishes import KNOWN_OF_REFUND, check_known, check_metadata
from kasstroom_sandbox.targets import allowed_target
from kasstroom_sandbox.web import Request, Response, Site, json_response

_ROOT = "/stripe/v1"
_KEY = re.compile(r"(?:sk|rk)_(test|live)_([A-Za-z0-9]\w{3,200})", re.ASCII)
_PATHS = {
    "checkout/sessions": "checkout.session",
    "payment_intents": "payment_intent",
    "charges": "charge",
    "refunds": "refund",
    "disputes": "dispute",
    "payouts": "payout",
    "balance_transactions": "balance_transaction",
    "events": "event",
    "webhook_endpoints": "webhook_endpoint",
}
View = Callable[[str, Document], Document]


def add_routes(site: Site, house: House) -> None:
    api = StripeApi(house)
    site.route("POST", f"{_ROOT}/checkout/sessions", api.answered(api.create_session))
    site.route("POST", f"{_ROOT}/checkout/sessions/{{id}}/expire", api.answered(api.expire))
    site.route("POST", f"{_ROOT}/refunds", api.answered(api.refund))
    site.route("POST", f"{_ROOT}/webhook_endpoints", api.answered(api.add_endpoint))
    site.route("DELETE", f"{_ROOT}/webhook_endpoints/{{id}}", api.answered(api.drop_endpoint))
    for path, kind in _PATHS.items():
        site.route("GET", f"{_ROOT}/{path}", api.answered(api.lister(kind, path)))
        site.route("GET", f"{_ROOT}/{path}/{{id}}", api.answered(api.getter(kind)))


class StripeApi:
    def __init__(self, house: House) -> None:
        self._house = house

    def answered(self, view: Callable[..., Document]) -> Callable[..., Response]:
        """The key first, then the outage the tester asked for, then idempotency, then the view."""

        def answer(request: Request, **parts: str) -> Response:
            account = _account(request)
            failure = knobs.take_failure(self._house.books.store)
            if failure:
                raise stripe_error(failure, "The sandbox was told to fail this call.")
            act = lambda: self._made(request, account, view, parts)  # noqa: E731
            if not request.headers.get("idempotency-key"):
                return act()
            replays, now = self._house.replays, self._house.clock()
            return once(
                replays,
                account,
                request,
                now,
                act,
                other_call=other_call(),
                still_busy=still_busy(),
            )

        return answer

    def _made(
        self, request: Request, account: str, view: Callable[..., Document], parts: dict[str, str]
    ) -> Response:
        text = request.body.decode("utf-8", "replace") if request.method == "POST" else ""
        wish = nested(text or request.raw_query)
        expand = wish.get("expand") or []
        made = view(account, wish, **parts)
        for path in expand if isinstance(expand, list) else []:
            made = self._expanded(made, str(path).split("."), account)
        answer = json_response(200, made)
        version = request.headers.get("stripe-version", API_VERSION)
        return replace(answer, headers=answer.headers | {"stripe-version": version[:40]})

    def create_session(self, account: str, wish: Document) -> Document:
        return shown(self._house.open(wish, account))

    def expire(self, account: str, wish: Document, id: str) -> Document:
        return shown(self._house.expire(self._house.get("checkout.session", id, account)))

    def refund(self, account: str, wish: Document) -> Document:
        check_known(wish, KNOWN_OF_REFUND)
        check_metadata("metadata", wish.get("metadata"))
        id = wish.get("charge")
        if not id:
            intent = self._house.get("payment_intent", str(wish.get("payment_intent")), account)
            id = intent["latest_charge"]
        if not id:
            message = "This PaymentIntent does not have a successful charge to refund."
            raise stripe_error(400, message, param="payment_intent")
        charge = self._house.get("charge", str(id), account)
        left = charge["amount"] - charge["amount_refunded"]
        amount = whole(wish.get("amount"), "amount") or left
        return shown(self._house.refund(charge, amount, wish.get("metadata") or {}))

    def add_endpoint(self, account: str, wish: Document) -> Document:
        url, events = str(wish.get("url") or ""), wish.get("enabled_events")
        if not isinstance(events, list) or not events:
            raise wrong("enabled_events", "Invalid array")
        if not allowed_target(url, self._house.sandbox_url):
            raise wrong("url", "The URL cannot be reached from here: use this machine.")
        wanted, now = [str(one) for one in events], self._house.now()
        made = self._house.teller.subscribe(url, wanted, account, now)
        return shown(made) | {"secret": made["_secret"]}

    def drop_endpoint(self, account: str, wish: Document, id: str) -> Document:
        found = self._house.get("webhook_endpoint", id, account)
        self._house.books.change(found | {"status": "disabled"})
        return {"id": id, "object": "webhook_endpoint", "deleted": True}

    def getter(self, kind: str) -> Callable[..., Document]:
        return lambda account, wish, id: shown(self._house.get(kind, id, account))

    def lister(self, kind: str, path: str) -> View:
        def listed(account: str, wish: Document) -> Document:
            found = self._house.listed(kind, account)
            return page(found, wish, f"/v1/{path}")

        return listed

    def _expanded(self, made: Any, path: list[str], account: str) -> Any:
        """An id on the path gives way to the object it names."""
        if isinstance(made, list):
            return [self._expanded(one, path, account) for one in made]
        if not path or not isinstance(made, dict) or path[0] not in made:
            return made
        value = made[path[0]]
        if isinstance(value, str):
            found = self._house.books.get(value, account)
            value = shown(self._house.current(found)) if found else value
        return made | {path[0]: self._expanded(value, path[1:], account)}


def _account(request: Request) -> str:
    """`sk_test_shop_2026` and `rk_test_shop_x` are keys of one account: the word after the mode."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    found = _KEY.fullmatch(key)
    if scheme.lower() != "bearer" or found is None or key.endswith("_revoked"):
        message = f"Invalid API Key provided: {key[:7]}****"
        raise stripe_error(401, message)
    return f"{found[1]}:{found[2].split('_')[0]}"
