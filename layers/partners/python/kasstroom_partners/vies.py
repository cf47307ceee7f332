"""VIES, the EU's VAT numbers: the answer comes from the member state, when it is awake."""

from __future__ import annotations

from typing import Any

from kasstroom.errors import Unavailable
from kasstroom.screening.ports import VatAnswer
from kasstroom_partners.calling import call

_NOISE = str.maketrans("", "", " .-")


class ViesRegister:
    """`kasstroom.screening.ports.VatRegister`. `requester` is our own VAT number: with it VIES
    gives a consultation number, the proof that it was asked."""

    cost_minor = 0

    def __init__(self, base_url: str, requester: str = "") -> None:
        self._url = f"{base_url}/check-vat-number"
        self._requester = requester.translate(_NOISE).upper()

    def check(self, vat: str, country: str, *, budget_s: float) -> VatAnswer:
        """Unavailable for every answer but valid or invalid: unknown is not invalid."""
        prefix, number = _split(vat, country)
        asked = {"countryCode": prefix, "vatNumber": number}
        if self._requester:
            asked["requesterMemberStateCode"] = self._requester[:2]
            asked["requesterNumber"] = self._requester[2:]
        status, body = call("POST", self._url, body=asked, budget_s=budget_s)
        if _errors(body) == {"INVALID_INPUT"}:
            return VatAnswer(False)
        if status != 200 or not isinstance(body, dict) or not isinstance(body.get("valid"), bool):
            why = ", ".join(sorted(_errors(body))) or f"status {status}"
            raise Unavailable("vies_unavailable", f"VIES cannot tell now ({why}).")
        return VatAnswer(body["valid"], str(body.get("requestIdentifier") or ""))


def _split(vat: str, country: str) -> tuple[str, str]:
    """`NL004495445B01` or, with its country, `004495445B01`. Greek numbers begin with EL."""
    bare = vat.translate(_NOISE).upper()
    if bare[:2].isalpha():
        return bare[:2], bare[2:]
    return {"GR": "EL"}.get(country, country), bare


def _errors(body: Any) -> set[str]:
    """MS_UNAVAILABLE, MS_MAX_CONCURRENT_REQ, TIMEOUT, INVALID_INPUT, ..."""
    wrapped = body.get("errorWrappers") if isinstance(body, dict) else None
    return {str(e.get("error")) for e in wrapped or () if isinstance(e, dict)}
