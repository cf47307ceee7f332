"""Allianz Trade: a token for an hour, a job for each request, the cover once the job is processed.

Signing in, jobs and the webhook header are as its design guidelines say
(developers.allianz-trade.com/docs/api-design-guidelines and /getting-started). The fields of
companies and covers are described to customers only: they stand in this file and in
`covers_of_allianz.py`, nowhere else.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from kasstroom.errors import NotFound, Refused, Unavailable
from kasstroom.insurance.codes import RequestKind
from kasstroom.insurance.model import Buyer, CoverAnswer
from kasstroom.insurance.ports import CoverOrder
from kasstroom_partners.calling import call
from kasstroom_partners.covers_of_allianz import answer_of

NAME = "allianz_trade"
BUDGET_SECONDS = 8.0
WEBHOOK_HOURS = 24
_EARLY_SECONDS = 60
_VERBS = {RequestKind.CANCEL: "DELETE", RequestKind.INCREASE: "PATCH"}
_VERBS |= {RequestKind.REDUCE: "PATCH", RequestKind.PROLONG: "PATCH"}


class AllianzTrade:
    """`kasstroom.insurance.ports.Insurer`."""

    name = NAME

    def __init__(
        self, api_key: str, base_url: str, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._api_key, self._base = api_key, base_url.rstrip("/")
        self._monotonic = monotonic
        self._token, self._until = "", 0.0

    def company_of(self, buyer: Buyer) -> str:
        numbers = [{"type": kind, "value": value} for kind, value in sorted(buyer.numbers.items())]
        wanted = {"companyName": buyer.name, "countryCode": buyer.country, "identifiers": numbers}
        found = _listed(self._asked("POST", "/v1/companies/search", wanted), "companies")
        if not found:
            detail = f"Allianz Trade does not know {buyer.name} by its number; check the number."
            raise NotFound("company_not_found", detail)
        if len(found) > 1:
            detail = f"Allianz Trade knows several companies like {buyer.name}; give company_id."
            raise Refused("company_ambiguous", detail)
        return _text(found[0], "companyId")

    def ask(self, order: CoverOrder) -> str:
        verb = _VERBS.get(order.kind, "POST")
        path = "/v1/covers" if verb == "POST" else f"/v1/covers/{quote(order.company_id, safe='')}"
        body = {
            "companyId": order.company_id,
            "policyId": order.policy_number,
            "requestType": order.kind.edifact,
            "requestedAmount": order.amount.value,
            "currency": order.amount.currency,
            "paymentTermsDays": order.terms_days,
            "urgent": order.urgent,
            "clientReference": order.reference,
        }
        answer = self._asked(verb, path, body, {"webhook": _webhook(order.callback_url)})
        return _text(answer, "jobId")

    def answer(self, job_id: str) -> CoverAnswer | None:
        job = self._asked("GET", f"/v1/jobs/{quote(job_id, safe='')}")
        status = _text(job, "status")
        if status == "failed":
            raise Refused("insurer_refused", "Allianz Trade could not work on the request.")
        if status != "processed":
            return None
        # Their own documents spell it both ways.
        url = job.get("ressourceUrl") or job.get("resourceUrl")
        if not isinstance(url, str) or not url.startswith(f"{self._base}/"):
            # The token goes nowhere else.
            raise Unavailable("insurer_answer", "The job names a resource at another address.")
        return answer_of(self._asked("GET", url.removeprefix(self._base)))

    def _asked(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] = {},
    ) -> dict[str, Any]:  # fmt: skip
        """The JSON object of a success; a token that ended early is renewed once."""
        for attempt in (1, 2):
            sent = {"Authorization": f"Bearer {self._bearer()}", **headers}
            status, answer = call(
                method, self._base + path, headers=sent, body=body, budget_s=BUDGET_SECONDS
            )
            if status != HTTPStatus.UNAUTHORIZED or attempt == 2:
                return _judged(status, answer)
            self._token = ""
        raise AssertionError("unreachable")

    def _bearer(self) -> str:
        if not self._token or self._monotonic() >= self._until:
            status, answer = call(
                "POST", f"{self._base}/v1/idp/oauth2/authorize", body={"apiKey": self._api_key},
                budget_s=BUDGET_SECONDS,
            )  # fmt: skip
            granted = _judged(status, answer)
            self._token = _text(granted, "access_token")
            lasts = granted.get("expires_in", 3600)
            seconds = lasts if isinstance(lasts, int) else 3600
            self._until = self._monotonic() + max(0, seconds - _EARLY_SECONDS)
        return self._token


def _webhook(callback_url: str) -> str:
    wish = {"callbackUrl": callback_url, "timeToLive": WEBHOOK_HOURS, "extendedNotification": True}
    return base64.b64encode(json.dumps(wish).encode()).decode()


def _judged(status: int, answer: Any) -> dict[str, Any]:
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise Refused("insurer_credentials", "Allianz Trade refuses the API key; renew it.")
    if status == HTTPStatus.NOT_FOUND:
        raise NotFound("insurer_unknown", "Allianz Trade does not know this company or cover.")
    if not 200 <= status < 300:
        raise Refused("insurer_refused", f"Allianz Trade refused the request (status {status}).")
    if not isinstance(answer, dict):
        raise Unavailable("insurer_answer", "Allianz Trade answered in an unknown form.")
    return answer


def _listed(answer: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = answer.get(name)
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise Unavailable("insurer_answer", "Allianz Trade answered in an unknown form.")
    return found


def _text(answer: dict[str, Any], name: str) -> str:
    found = answer.get(name)
    if not isinstance(found, str) or not found or len(found) > 2000:
        raise Unavailable("insurer_answer", f"Allianz Trade answered without {name}.")
    return found
