"""The insurer's HTTP API under `/insurer/v1`, as far as the product reaches."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from kasstroom_sandbox.insurer import knobs
from kasstroom_sandbox.insurer.desk import Desk, Document
from kasstroom_sandbox.web import HttpError, Request, Response, Site, json_object, json_response

_V1 = "/insurer/v1"
_COMPANY = re.compile(r"[A-Z0-9]{4,40}", re.ASCII)
_WANTED = {
    "companyId": str,
    "policyId": str,
    "requestType": str,
    "requestedAmount": str,
    "currency": str,
    "paymentTermsDays": int,
    "clientReference": str,
}
UNKNOWN_KVK = "00000000"
AMBIGUOUS_NAME = "Dubbel"


def add_routes(site: Site, desk: Desk) -> None:
    api = InsurerApi(desk)
    site.route("POST", f"{_V1}/idp/oauth2/authorize", api.authorize)
    site.route("POST", f"{_V1}/companies/search", api.guarded(api.search))
    site.route("POST", f"{_V1}/covers", api.guarded(api.request))
    site.route("PATCH", f"{_V1}/covers/{{company}}", api.guarded(api.change))
    site.route("DELETE", f"{_V1}/covers/{{company}}", api.guarded(api.cancel))
    site.route("GET", f"{_V1}/covers/decisions/{{job}}", api.guarded(api.decision))
    site.route("GET", f"{_V1}/jobs/{{job}}", api.guarded(api.job))


def wrong(status: int, message: str) -> HttpError:
    return HttpError(status, {"code": str(status), "message": message, "requestId": "sandbox"})


class InsurerApi:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def authorize(self, request: Request) -> Response:
        self._maybe_fail()
        api_key = (json_object(request.body) or {}).get("apiKey")
        if not isinstance(api_key, str) or not api_key.startswith("at_test_"):
            raise wrong(401, "The API key is not valid.")
        return json_response(200, self._desk.sign_in(api_key))

    def guarded(self, view: Callable[..., Response]) -> Callable[..., Response]:
        """The outage the tester asked for first, then the token, then the view."""

        def answer(request: Request, **parts: str) -> Response:
            self._maybe_fail()
            scheme, _, token = request.headers.get("authorization", "").partition(" ")
            if scheme != "Bearer" or not self._desk.knows(token):
                raise wrong(401, "The access token is not valid or has ended.")
            return view(request, **parts)

        return answer

    def search(self, request: Request) -> Response:
        """By number: the last one of the list; one number is known to nobody, one name to two."""
        wanted = json_object(request.body) or {}
        numbers = [str(n.get("value", "")) for n in wanted.get("identifiers") or []]
        if not numbers or not wanted.get("countryCode"):
            raise wrong(400, "identifiers and countryCode are required.")
        bare = re.sub(r"[^A-Z0-9]", "", numbers[0].upper())
        known = [] if UNKNOWN_KVK in numbers else [f"AT{wanted['countryCode']}{bare}"]
        if wanted.get("companyName") == AMBIGUOUS_NAME:
            known = [*known, f"{known[0]}2"]
        companies = [{"companyId": id, "companyName": wanted.get("companyName")} for id in known]
        return json_response(200, {"companies": companies})

    def request(self, request: Request) -> Response:
        return self._taken(request, _wish(request), ending=False)

    def change(self, request: Request, company: str) -> Response:
        wish = _wish(request)
        self._must_have(company, wish)
        return self._taken(request, wish, ending=False)

    def cancel(self, request: Request, company: str) -> Response:
        wish = _wish(request, amount_needed=False)
        self._must_have(company, wish)
        return self._taken(request, wish, ending=True)

    def job(self, request: Request, job: str) -> Response:
        return _found(self._desk.look(job))

    def decision(self, request: Request, job: str) -> Response:
        return _found(self._desk.decision(job))

    def _must_have(self, company: str, wish: Document) -> None:
        if company != wish["companyId"] or not self._desk.has_cover(company):
            raise wrong(404, "There is no cover of this company.")

    def _taken(self, request: Request, wish: Document, *, ending: bool) -> Response:
        job = self._desk.take(wish, ending, _webhook(request.headers.get("webhook", "")))
        return json_response(202, {"jobId": job})

    def _maybe_fail(self) -> None:
        status = knobs.take_failure(self._desk.store)
        if status:
            raise wrong(status, "The sandbox was told to fail this call.")


def _wish(request: Request, *, amount_needed: bool = True) -> Document:
    wish = json_object(request.body) or {}
    for name, kind in _WANTED.items():
        if type(wish.get(name)) is not kind:
            raise wrong(400, f"{name} is required.")
    if not _COMPANY.fullmatch(wish["companyId"]):
        raise wrong(400, "companyId is not one of ours.")
    try:
        amount = Decimal(wish["requestedAmount"])
    except InvalidOperation:
        raise wrong(400, "requestedAmount is not an amount.") from None
    if not amount.is_finite() or amount < 0 or (amount_needed and not amount):
        raise wrong(422, "requestedAmount is above zero.")
    return wish


def _webhook(header: str) -> Document | None:
    """The header is a JSON object in base64; anything else is refused."""
    if not header:
        return None
    try:
        wish = json_object(base64.b64decode(header, validate=True))
    except (binascii.Error, ValueError):
        wish = None
    if wish is None or not isinstance(wish.get("callbackUrl"), str):
        raise wrong(400, "The webhook header cannot be read.")
    return wish


def _found(document: Any) -> Response:
    if document is None:
        raise wrong(404, "There is no such job.")
    return json_response(200, document)
