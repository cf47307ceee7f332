"""The EU's VAT service over REST."""

from __future__ import annotations

from kasstroom.ids import new_id
from kasstroom.time import Clock, iso
from kasstroom_sandbox.registers.companies import Companies
from kasstroom_sandbox.web import HttpError, Request, Response, json_object, json_response

_ALWAYS = {"100": True, "200": False}
"""The numbers with a fixed answer in VIES's own test service."""


class ViesApi:
    def __init__(self, companies: Companies, clock: Clock) -> None:
        self._companies, self._clock = companies, clock

    def check(self, request: Request) -> Response:
        asked = json_object(request.body) or {}
        country, number = asked.get("countryCode"), asked.get("vatNumber")
        if not (isinstance(country, str) and isinstance(number, str) and country and number):
            errors = {"actionSucceed": False, "errorWrappers": [{"error": "INVALID_INPUT"}]}
            raise HttpError(400, errors)
        now = self._clock()
        known = self._companies.by_vat(f"{country}{number}") is not None
        proof = new_id("WAPI", now)[:16] if asked.get("requesterNumber") else ""
        answer = {
            "countryCode": country,
            "vatNumber": number,
            "requestDate": iso(now),
            "valid": _ALWAYS.get(number, known),
            "requestIdentifier": proof,
            "name": "---",
            "address": "---",
        }
        return json_response(200, answer)
