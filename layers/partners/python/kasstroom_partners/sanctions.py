"""Sanctions lists through a search service in the form of OpenSanctions' yente, which an owner can
host: it carries the EU, UN, OFAC and Dutch national lists and follows their changes."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from kasstroom.errors import Refused
from kasstroom.screening.ports import ListedParty, Subject
from kasstroom_partners.calling import call

SCHEMA = "LegalEntity"
"""Companies, organisations and people together: a sole trader can be listed as a person."""
CANDIDATES = 50


class SanctionsSearch:
    """`kasstroom.screening.ports.SanctionsList`. `api_key` is empty for a service of our own."""

    cost_minor = 0

    def __init__(self, base_url: str, api_key: str = "") -> None:
        self._url = f"{base_url}/search/sanctions"
        self._headers = {"Authorization": f"ApiKey {api_key}"} if api_key else {}

    def candidates(self, subject: Subject, *, budget_s: float) -> tuple[ListedParty, ...]:
        asked = {"q": subject.name, "schema": SCHEMA, "fuzzy": "true", "limit": str(CANDIDATES)}
        url = f"{self._url}?{urlencode(asked)}"
        status, body = call("GET", url, headers=self._headers, budget_s=budget_s)
        if status != 200 or not isinstance(body, dict) or not isinstance(body.get("results"), list):
            raise Refused("list_refused", f"The list refused the request (status {status}).")
        return tuple(_party(raw) for raw in body["results"])


def _party(raw: dict[str, Any]) -> ListedParty:
    told = raw.get("properties") or {}
    names = [raw.get("caption"), *told.get("name", ()), *told.get("alias", ())]
    countries = {*told.get("country", ()), *told.get("nationality", ())}
    countries |= {*told.get("jurisdiction", ())}
    born = (_day(text) for text in told.get("birthDate", ()))
    return ListedParty(
        str(raw.get("id") or ""),
        tuple(dict.fromkeys(str(name) for name in names if name)),
        tuple(sorted(str(code).upper() for code in countries)),
        tuple(day for day in born if day),
        tuple(str(name) for name in raw.get("datasets") or ()),
    )


def _day(written: Any) -> date | None:
    """Lists often know no more than the year: that is no date to compare with."""
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None
