"""The insolvency register behind a gateway that speaks JSON."""

from __future__ import annotations

from typing import Any

from kasstroom_sandbox.registers.companies import Companies, Company
from kasstroom_sandbox.web import HttpError, Request, Response, json_object, json_response

_PEOPLE: tuple[dict[str, Any], ...] = (
    {
        "insolvencyNumber": "R.16/26/55",
        "name": "Karel Gerritsen",
        "dateOfBirth": "1981-05-04",
        "kind": "debt rescheduling",
        "startDate": "2026-03-02",
    },
)


class CirApi:
    def __init__(self, companies: Companies) -> None:
        self._companies = companies

    def undertakings(self, request: Request) -> Response:
        asked = _asked(request)
        company = self._companies.find(str(asked.get("commercialRegisterNumber", "")))
        cases = [_case(company)] if company and company.insolvency else []
        return json_response(200, {"cases": cases})

    def people(self, request: Request) -> Response:
        """By the words of the name, widely: whoever asks compares."""
        words = set(str(_asked(request).get("surname", "")).lower().split())
        found = [p for p in _PEOPLE if words & set(p["name"].lower().split())]
        return json_response(200, {"cases": found})


def _asked(request: Request) -> dict[str, Any]:
    if not request.headers.get("authorization", "").startswith("Bearer "):
        raise HttpError(401, {"error": "no access"})
    return json_object(request.body) or {}


def _case(company: Company) -> dict[str, Any]:
    kind = "bankruptcy" if company.insolvency.startswith("F") else "debt rescheduling"
    return {
        "insolvencyNumber": company.insolvency,
        "name": company.name,
        "commercialRegisterNumber": company.kvk,
        "kind": kind,
        "startDate": "2026-02-03",
    }
