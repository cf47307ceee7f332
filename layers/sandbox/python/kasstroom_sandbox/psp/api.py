"""Mollie's HTTP API under `/mollie/v2`, as far as the product and its tests reach."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from kasstroom_sandbox.psp import knobs
from kasstroom_sandbox.psp.errors import HAL, mollie_error
from kasstroom_sandbox.psp.lists import Lists
from kasstroom_sandbox.psp.payment import profile_of
from kasstroom_sandbox.psp.provider import Document, Provider
from kasstroom_sandbox.psp.settling import settlements
from kasstroom_sandbox.psp.subscriptions import checked
from kasstroom_sandbox.replaying import once
from kasstroom_sandbox.web import Request, Response, Site, json_object, json_response

_ROOT = "/mollie/v2"
_PAYMENTS = f"{_ROOT}/payments"
_SETTLEMENTS = f"{_ROOT}/settlements"
_KEY = re.compile(r"(test|live|access)_[A-Za-z0-9]\w{4,98}", re.ASCII)
_OF_ORGANISATION = (_SETTLEMENTS, f"{_ROOT}/webhooks", f"{_ROOT}/events")
_EMBEDDABLE = ("refunds", "chargebacks")


def add_routes(site: Site, provider: Provider) -> None:
    api = MollieApi(provider)
    for method, path, view in (
        ("POST", _PAYMENTS, api.create),
        ("GET", _PAYMENTS, api.list),
        ("GET", f"{_PAYMENTS}/{{id}}", api.get),
        ("DELETE", f"{_PAYMENTS}/{{id}}", api.cancel),
        ("POST", f"{_PAYMENTS}/{{id}}/refunds", api.refund),
        ("GET", f"{_PAYMENTS}/{{id}}/{{part}}", api.parts),
        ("GET", f"{_PAYMENTS}/{{id}}/{{part}}/{{part_id}}", api.one_part),
        ("GET", f"{_ROOT}/refunds", api.all_parts),
        ("GET", f"{_ROOT}/chargebacks", api.all_parts),
        ("GET", _SETTLEMENTS, api.settlements),
        ("GET", f"{_SETTLEMENTS}/{{id}}", api.settlement),
        ("GET", f"{_SETTLEMENTS}/{{id}}/{{part}}", api.settled),
        ("POST", f"{_ROOT}/webhooks", api.subscribe),
        ("DELETE", f"{_ROOT}/webhooks/{{id}}", api.unsubscribe),
        ("GET", f"{_ROOT}/events/{{id}}", api.event),
    ):
        site.route(method, path, api.guarded(view))


def hal(status: int, body: Any) -> Response:
    return json_response(status, body, HAL)


class MollieApi:
    def __init__(self, provider: Provider) -> None:
        self._provider, self._lists = provider, Lists(provider)

    def guarded(self, view: Callable[..., Response]) -> Callable[..., Response]:
        """The key first, then the outage the tester asked for, then idempotency, then the view."""

        def answer(request: Request, **parts: str) -> Response:
            api_key = _api_key(request)
            failure = knobs.take_failure(self._provider.store, of_mollie=True)
            if failure:
                raise mollie_error(failure, "The sandbox was told to fail this call.")
            if request.method == "GET" or not request.headers.get("idempotency-key"):
                return view(request, api_key, **parts)
            return once(
                self._provider.replays,
                api_key,
                request,
                self._provider.clock(),
                lambda: view(request, api_key, **parts),
                other_call=mollie_error(400, "This key was used with other parameters."),
                still_busy=mollie_error(409, "A call with this key is still being handled."),
            )

        return answer

    def create(self, request: Request, api_key: str) -> Response:
        payment = self._provider.open(_body(request), api_key)
        return hal(201, self._provider.hal(payment))

    def get(self, request: Request, api_key: str, id: str) -> Response:
        payment = self._provider.of_key(id, api_key)
        shown = self._provider.hal(payment)
        wanted = [one for one in request.query.get("embed", "").split(",") if one in _EMBEDDABLE]
        if wanted:
            shown["_embedded"] = {name: self._lists.of(payment, name) for name in wanted}
        return hal(200, shown)

    def cancel(self, request: Request, api_key: str, id: str) -> Response:
        payment = self._provider.of_key(id, api_key)
        if self._provider.status(payment) != "open":
            raise mollie_error(422, "The payment cannot be canceled any more.")
        return hal(200, self._provider.hal(self._provider.end(payment, "canceled")))

    def list(self, request: Request, api_key: str) -> Response:
        found = [self._provider.hal(payment) for payment in self._lists.mine(api_key)]
        return hal(200, self._lists.page(request, "payments", found))

    def refund(self, request: Request, api_key: str, id: str) -> Response:
        payment = self._provider.of_key(id, api_key)
        refund = self._provider.refund(payment, _body(request))
        return hal(201, self._lists.refund(payment, refund))

    def parts(self, request: Request, api_key: str, id: str, part: str) -> Response:
        payment = self._provider.of_key(id, api_key)
        name = _part(part)
        return hal(200, self._lists.page(request, name, self._lists.of(payment, name)))

    def one_part(
        self, request: Request, api_key: str, id: str, part: str, part_id: str
    ) -> Response:
        payment = self._provider.of_key(id, api_key)
        found = [one for one in self._lists.of(payment, _part(part)) if one["id"] == part_id]
        if not found:
            raise mollie_error(404, f"There is no {part[:-1]} with token {part_id[:40]}.")
        return hal(200, found[0])

    def all_parts(self, request: Request, api_key: str) -> Response:
        name = request.path.rstrip("/").rpartition("/")[2]
        with_payment = request.query.get("embed") == "payment"
        found = self._lists.all_of(name, api_key, with_payment=with_payment)
        return hal(200, self._lists.page(request, name, found))

    def settlements(self, request: Request, api_key: str) -> Response:
        found = [self._lists.settlement(one) for one in settlements(self._provider, api_key)]
        return hal(200, self._lists.page(request, "settlements", found))

    def settlement(self, request: Request, api_key: str, id: str) -> Response:
        return hal(200, self._lists.settlement(self._one_settlement(api_key, id)))

    def settled(self, request: Request, api_key: str, id: str, part: str) -> Response:
        """The payments, refunds or chargebacks of a settlement."""
        ids = self._one_settlement(api_key, id)["parts"].get(part)
        if ids is None:
            raise mollie_error(404, "There is nothing at this address.")
        if part == "payments":
            found = [self._provider.hal(one) for one in self._lists.mine(api_key)]
        else:
            found = self._lists.all_of(part, api_key)
        kept = [one for one in found if one["id"] in ids]
        return hal(200, self._lists.page(request, part, kept))

    def _one_settlement(self, api_key: str, id: str) -> Document:
        """By its id or by the reference on the bank statement."""
        for one in settlements(self._provider, api_key):
            if id in (one["id"], one["reference"]):
                return one
        raise mollie_error(404, f"No settlement exists with token {id[:40]}.")

    def subscribe(self, request: Request, api_key: str) -> Response:
        wish = checked(_body(request), self._provider.sandbox_url)
        made = self._provider.subscriptions.add(wish, *_owner(api_key), self._provider.clock())
        own = {"href": f"{self._provider.sandbox_url}{request.path}/{made['id']}", "type": HAL}
        links = {"self": own, "documentation": self._lists.documentation}
        return hal(201, {"resource": "webhook"} | made | {"_links": links})

    def unsubscribe(self, request: Request, api_key: str, id: str) -> Response:
        if not self._provider.subscriptions.remove(id, *_owner(api_key)):
            raise mollie_error(404, f"No webhook exists with token {id[:40]}.")
        return Response(204)

    def event(self, request: Request, api_key: str, id: str) -> Response:
        found = self._provider.subscriptions.event(id, *_owner(api_key))
        if found is None:
            raise mollie_error(404, f"No event exists with token {id[:40]}.")
        return hal(200, {name: value for name, value in found.items() if name != "version"})


def _api_key(request: Request) -> str:
    """An organisation's token acts for the profile it is named after, in live mode unless it asks
    for test data; settlements, webhook subscriptions and events are the organisation's."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not _KEY.fullmatch(key) or key.endswith("_revoked"):
        raise mollie_error(401, "Missing authentication, or failed to authenticate.")
    if key.startswith("access_"):
        said = (json_object(request.body) or {}).get("testmode")
        testing = said is True or request.query.get("testmode") == "true"
        return key.replace("access", "test" if testing else "live", 1)
    if request.path.startswith(_OF_ORGANISATION):
        raise mollie_error(403, "A key of a profile may not do this; use an organisation's token.")
    return key


def _owner(api_key: str) -> tuple[str, str]:
    return profile_of(api_key), api_key.split("_")[0]


def _part(name: str) -> str:
    if name not in _EMBEDDABLE:
        raise mollie_error(404, "There is nothing at this address.")
    return name


def _body(request: Request) -> Document:
    body = json_object(request.body)
    if body is None:
        raise mollie_error(400, "The body is not a JSON object.")
    return body
