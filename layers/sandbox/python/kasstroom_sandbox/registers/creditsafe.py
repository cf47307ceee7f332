"""The bureau: log in, find a company, read its report, have its rating watched."""

from __future__ import annotations

import json
from typing import Any

from kasstroom.ids import digest
from kasstroom_aws.clients import client
from kasstroom_sandbox.registers import knobs as knobs_
from kasstroom_sandbox.registers.companies import Companies, Company
from kasstroom_sandbox.store import Store
from kasstroom_sandbox.targets import allowed_target
from kasstroom_sandbox.web import (
    HttpError,
    Request,
    Response,
    json_object,
    json_response,
    problem,
)


class CreditsafeApi:
    def __init__(
        self, companies: Companies, store: Store, queue_url: str, sandbox_url: str
    ) -> None:
        self._companies, self._store = companies, store
        self._queue_url, self._sandbox_url = queue_url, sandbox_url

    def authenticate(self, request: Request) -> Response:
        known = json_object(request.body) or {}
        if not known.get("username") or not known.get("password"):
            raise HttpError(401, {"error": "Bad credentials"})
        return json_response(200, {"token": f"sandbox.{digest(str(known['username']))[:32]}"})

    def search(self, request: Request) -> Response:
        _logged_in(request)
        company = self._companies.find(request.query.get("regNo", ""))
        found = [_row(company)] if company and company.name and _is_rated(company) else []
        return json_response(200, {"totalSize": len(found), "companies": found})

    def report(self, request: Request, id: str) -> Response:
        _logged_in(request)
        company = self._companies.find(id.rpartition("-")[2])
        if company is None or company.connect_id != id:
            raise HttpError(404, {"error": "Not Found"})
        return json_response(200, {"report": _report(company)})

    def watch(self, request: Request, portfolio: str) -> Response:
        """The free text is where notifications go, on this machine only."""
        _logged_in(request)
        wish = json_object(request.body) or {}
        address = str(wish.get("freeText", ""))
        if not allowed_target(address, self._sandbox_url):
            raise problem(422, "freeText is where to notify: an address on this machine.")
        reference = str(wish.get("personalReference", ""))
        watch = {"id": str(wish.get("id", "")), "reference": reference, "address": address}
        self._store.put(f"WATCH#{watch['id']}", digest(address)[:16], watch)
        return json_response(201, {"message": f"Company {watch['id']} is added to {portfolio}."})

    def unwatch(self, request: Request, portfolio: str, id: str) -> Response:
        _logged_in(request)
        for watch in self._store.newest(f"WATCH#{id}"):
            self._store.delete(f"WATCH#{id}", digest(watch["address"])[:16])
        return Response(204)

    def notify(self, company: Company) -> int:
        """Tells whoever watches the company; how many notifications go out."""
        knobs, sent = knobs_.load(self._store), 0
        for watch in self._store.newest(f"WATCH#{company.connect_id}"):
            for _ in range(0 if knobs.lost else 1 + knobs.duplicates):
                self._send(watch, company, knobs.delay_seconds)
                sent += 1
        return sent

    def _send(self, watch: dict[str, Any], company: Company, delay_seconds: int) -> None:
        told = {
            "eventDate": company.rated_at,
            "ruleCode": 1801,
            "ruleName": "Rating change",
            "newValue": company.rating,
            "company": {"id": company.connect_id, "name": company.name, "countryCode": "NL"},
            "personalReference": watch["reference"],
        }
        body = json.dumps({"url": watch["address"], "json": told})
        client("sqs").send_message(
            QueueUrl=self._queue_url, MessageBody=body, DelaySeconds=delay_seconds
        )


def _logged_in(request: Request) -> None:
    if not request.headers.get("authorization", "").startswith("sandbox."):
        raise HttpError(401, {"error": "Unauthorized", "message": "The token is invalid."})


def _is_rated(company: Company) -> bool:
    """The bureau keeps a report of who it rates or rated once."""
    return bool(company.rating) or company.rated_at != Company.rated_at


def _row(company: Company) -> dict[str, Any]:
    return {
        "id": company.connect_id, "country": "NL", "regNo": company.kvk, "name": company.name,
        "status": "NonActive" if company.ceased_on else "Active",
    }  # fmt: skip


def _report(company: Company) -> dict[str, Any]:
    limit = {"currency": "EUR", "value": str(company.limit)}
    provider = {"maxValue": "100", "minValue": "0", "value": str(company.score)}
    rating = {"commonValue": company.rating, "creditLimit": limit, "providerValue": provider}
    if not company.rating:
        rating = {"commonValue": "Not rated"}
    return {
        "companyId": company.connect_id,
        "language": "EN",
        "companySummary": {"businessName": company.name, "country": "NL"},
        "creditScore": {
            "currentCreditRating": rating,
            "latestRatingChangeDate": company.rated_at,
        },
    }
