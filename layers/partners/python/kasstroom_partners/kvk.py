"""KvK's Handelsregister: API Basisprofiel v1, with the organisation's own key."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from kasstroom.errors import Refused
from kasstroom.screening.ports import RegisteredCompany
from kasstroom_partners.calling import call

COST_MINOR = 2
"""KvK's price of one profile, in euro cents."""
_FORMS = {
    "besloten vennootschap": "bv",
    "naamloze vennootschap": "nv",
    "eenmanszaak": "eenmanszaak",
    "vennootschap onder firma": "vof",
    "commanditaire vennootschap": "cv",
    "maatschap": "maatschap",
    "stichting": "stichting",
    "vereniging van eigenaars": "vve",
    "vereniging": "vereniging",
    "coöperatie": "cooperatie",
}
_UNKNOWN = frozenset({"IPD5200", "IPD0005"})


class KvkRegister:
    """`kasstroom.screening.ports.TradeRegister`."""

    cost_minor = COST_MINOR

    def __init__(self, base_url: str, api_key: str) -> None:
        self._base, self._headers = base_url, {"apikey": api_key}

    def company(self, kvk: str, *, budget_s: float) -> RegisteredCompany | None:
        """Refused when KvK refuses our key; None when there is no such number."""
        url = f"{self._base}/api/v1/basisprofielen/{quote(kvk, safe='')}"
        status, body = call("GET", url, headers=self._headers, budget_s=budget_s)
        if status == 404 or _error_codes(body) & _UNKNOWN:
            return None
        if status != 200 or not isinstance(body, dict):
            raise Refused("register_refused", f"KvK refused the request (status {status}).")
        return _company(body)


def _error_codes(body: Any) -> set[str]:
    errors = body.get("fout") if isinstance(body, dict) else None
    return {str(e.get("code")) for e in errors or () if isinstance(e, dict)}


def _company(body: dict[str, Any]) -> RegisteredCompany:
    dates = body.get("materieleRegistratie") or {}
    return RegisteredCompany(
        _legal_form(body), _day(dates.get("datumAanvang")), _day(dates.get("datumEinde"))
    )


def _legal_form(body: dict[str, Any]) -> str:
    """Of the owner; KvK writes it out in full, at times with an addition."""
    owner = (body.get("_embedded") or {}).get("eigenaar") or {}
    written = str(owner.get("rechtsvorm") or owner.get("uitgebreideRechtsvorm") or "").lower()
    return next((short for start, short in _FORMS.items() if written.startswith(start)), written)


def _day(written: Any) -> date | None:
    """`20150612`; KvK knows of some companies the year or month only (`20150000`)."""
    text = str(written or "")
    if len(text) != 8 or not text.isdigit() or text.startswith("0000"):
        return None
    month, day = max(1, int(text[4:6])), max(1, int(text[6:]))
    try:
        return date(int(text[:4]), month, day)
    except ValueError:
        return None
