"""The Centraal Insolventieregister, in the JSON form in which gateways pass its service on.

The register's own service is SOAP, by subscription: `searchUndertaking` and `searchNaturalPerson`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from kasstroom.errors import Refused
from kasstroom.screening.ports import Insolvency, Subject
from kasstroom_partners.calling import call

COST_MINOR = 15
"""What a reseller asks for one check, in euro cents."""


class InsolvencyGateway:
    """`kasstroom.screening.ports.InsolvencyRegister`."""

    cost_minor = COST_MINOR

    def __init__(self, base_url: str, api_key: str) -> None:
        self._base, self._headers = base_url, {"Authorization": f"Bearer {api_key}"}

    def published(self, subject: Subject, *, budget_s: float) -> tuple[Insolvency, ...]:
        """By KvK number where there is one; a person without it by name."""
        if subject.kvk:
            operation, asked = "searchUndertaking", {"commercialRegisterNumber": subject.kvk}
        else:
            operation, asked = "searchNaturalPerson", {"surname": subject.name}
        if subject.birth_date and not subject.kvk:
            asked["dateOfBirth"] = subject.birth_date.isoformat()
        url = f"{self._base}/{operation}"
        status, body = call("POST", url, headers=self._headers, body=asked, budget_s=budget_s)
        if status == 404:
            return ()
        if status != 200 or not isinstance(body, dict) or not isinstance(body.get("cases"), list):
            raise Refused("register_refused", f"The register refused the request ({status}).")
        return tuple(_case(raw) for raw in body["cases"] if not raw.get("endDate"))


def _case(raw: dict[str, Any]) -> Insolvency:
    return Insolvency(
        str(raw.get("insolvencyNumber") or ""),
        str(raw.get("name") or ""),
        str(raw.get("commercialRegisterNumber") or ""),
        _day(raw.get("dateOfBirth")),
    )


def _day(written: Any) -> date | None:
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None
