"""Mollie's HTTP API under `/mollie/v2`, as far as the product and its tests reach."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kasstroom_sandbox.psp import knobs
from kasstroom_sandbox.psp.errors import HAL, mollie_error
from kasstroom_sandbox.psp.payment import profile_of, refund_status
from kasstroom_sandbox.psp.provider import Document, Provider
from kasstroom_sandbox.web import HttpError, Request, Response, Site, json_object, json_response

_PAYMENTS = "/mollie/v2/payments"
_KEY = re.compile(r"(test|live)_[A-Za-z0-9]\w{4,98}", re.ASCII)
MAX_LIST = 250


def add_routes(site: Site, provider: Provider) -> None:
    api = MollieApi(provider)
    site.route("POST", _PAYMENTS, api.guarded(api.create))
    site.route("GET", _PAYMENTS, api.guarded(api.list))
    site.route("GET", f"{_PAYMENTS}/{{id}}", api.guarded(api.get))
    site.route("DELETE", f"{_PAYMENTS}/{{id}}", api.guarded(api.cancel))
    site.route("POST", f"{_PAYMENTS}/{{id}}/refunds", api.guarded(api.refund))
    site.route("GET", f"{_PAYMENTS}/{{id}}/refunds", api.guarded(api.refunds))


def hal(status: int, body: Any) -> Response:
    return json_response(status, body, HAL)


class MollieApi:
    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    def guarded(self, view: Callable[..., Response]) -> Callable[..., Response]:
        """The key first, then the outage the tester asked for, then idempotency, then the view."""

        def answer(request: Request, **parts: str) -> Response:
            api_key = _api_key(request)
            failure = knobs.take_failure(self._provider.store)
            if failure:
                raise mollie_error(failure, "The sandbox was told to fail this call.")
            key = request.headers.get("idempotency-key", "")
            if request.method == "GET" or not key:
                return view(request, api_key, **parts)
            return self._once(request, api_key, key, lambda: view(request, api_key, **parts))

        return answer

    def create(self, request: Request, api_key: str) -> Response:
        payment = self._provider.open(_body(request), api_key)
        return hal(201, self._provider.hal(payment))

    def get(self, request: Request, api_key: str, id: str) -> Response:
        return hal(200, self._provider.hal(self._provider.of_key(id, api_key)))

    def cancel(self, request: Request, api_key: str, id: str) -> Response:
        payment = self._provider.of_key(id, api_key)
        if self._provider.status(payment) != "open":
            raise mollie_error(422, "The payment cannot be canceled any more.")
        return hal(200, self._provider.hal(self._provider.end(payment, "canceled")))

    def list(self, request: Request, api_key: str) -> Response:
        """The newest payments of this key, without further pages."""
        limit = request.query.get("limit", "50")
        if not limit.isascii() or not limit.isdigit() or not 1 <= int(limit[:6]) <= MAX_LIST:
            raise mollie_error(400, f"The limit is a number from 1 to {MAX_LIST}.", "limit")
        mine = (api_key.split("_")[0], profile_of(api_key))
        payments = [
            self._provider.hal(payment)
            for payment in self._provider.newest(MAX_LIST)
            if (payment["mode"], payment["profileId"]) == mine
        ]
        return hal(200, self._listing("payments", payments[: int(limit)], _PAYMENTS))

    def refund(self, request: Request, api_key: str, id: str) -> Response:
        payment = self._provider.of_key(id, api_key)
        refund = self._provider.refund(payment, _body(request))
        return hal(201, self._refund_hal(payment, refund))

    def refunds(self, request: Request, api_key: str, id: str) -> Response:
        payment = self._provider.of_key(id, api_key)
        refunds = [self._refund_hal(payment, refund) for refund in payment["refunds"]]
        return hal(200, self._listing("refunds", refunds, f"{_PAYMENTS}/{id}/refunds"))

    def _refund_hal(self, payment: Document, refund: Document) -> Document:
        url = f"{self._provider.sandbox_url}{_PAYMENTS}/{payment['id']}"
        links = {
            "self": {"href": f"{url}/refunds/{refund['id']}", "type": HAL},
            "payment": {"href": url, "type": HAL},
            "documentation": self._documentation,
        }
        status = refund_status(refund, self._provider.clock())
        facts = {"mode": payment["mode"], "status": status, "paymentId": payment["id"]}
        return {"resource": "refund"} | refund | facts | {"_links": links}

    @property
    def _documentation(self) -> Document:
        return {"href": f"{self._provider.sandbox_url}/psp", "type": "text/html"}

    def _listing(self, name: str, items: list[Document], path: str) -> Document:
        own = {"href": f"{self._provider.sandbox_url}{path}", "type": HAL}
        links = {"self": own, "previous": None, "next": None}
        links["documentation"] = self._documentation
        return {"count": len(items), "_embedded": {name: items}, "_links": links}

    def _once(
        self, request: Request, api_key: str, key: str, act: Callable[[], Response]
    ) -> Response:
        """The same key and call give the same answer; a refusal is remembered as well."""
        now, replays = self._provider.clock(), self._provider.replays
        call = f"{request.method} {request.path}\n".encode() + request.body
        fingerprint = hashlib.sha256(call).hexdigest()
        earlier = replays.claim(api_key, key, fingerprint, now)
        if earlier:
            return _replayed(earlier, fingerprint)
        try:
            response = act()
        except HttpError as error:
            response = replace(hal(error.status, error.body), headers=error.headers)
        except BaseException:
            replays.release(api_key, key)
            raise
        replays.keep(api_key, key, fingerprint, now, response.to_event())
        return response


def _replayed(earlier: Document, fingerprint: str) -> Response:
    if earlier["fingerprint"] != fingerprint:
        raise mollie_error(400, "This idempotency key was used for a call with other parameters.")
    answer = earlier["answer"]
    if not answer:
        raise mollie_error(409, "A call with this idempotency key is still being handled.")
    headers = answer["headers"] | {"idempotent-replayed": "true"}
    return Response(answer["statusCode"], answer["body"], headers)


def _api_key(request: Request) -> str:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not _KEY.fullmatch(key) or key.endswith("_revoked"):
        raise mollie_error(401, "Missing authentication, or failed to authenticate.")
    return key


def _body(request: Request) -> Document:
    body = json_object(request.body)
    if body is None:
        raise mollie_error(400, "The body is not a JSON object.")
    return body
