"""Creditsafe Connect: log in for an hour, find the company, read its report, follow its rating."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import quote, urlencode

from kasstroom.errors import Refused, Unavailable
from kasstroom.money import Money
from kasstroom.screening.ports import BureauAnswer
from kasstroom_partners.calling import call

TOKEN_SECONDS = 3300
"""A token works for an hour; a new one is fetched a little before."""
WATCH_BUDGET_S = 5.0
_RATINGS = frozenset("ABCDE")


class CreditsafeBureau:
    """`kasstroom.screening.ports.Bureau`. `credentials`: `username`, `password`, `portfolio` (the
    monitoring portfolio's id) and `report_cost_minor`, what the contract says a report costs."""

    def __init__(self, base_url: str, credentials: dict[str, str]) -> None:
        self._base, self._credentials = base_url, credentials
        self.cost_minor = int(credentials.get("report_cost_minor", "0"))
        self._token, self._logged_in_at = "", 0.0

    def report(self, kvk: str, country: str, *, budget_s: float) -> BureauAnswer | None:
        """None when the bureau does not know the number. The budget is for all calls together."""
        ends = time.monotonic() + budget_s
        query = urlencode({"countries": country, "regNo": kvk})
        found = self._get(f"/companies?{query}", ends)
        company = next(iter((found or {}).get("companies") or ()), None)
        if company is None:
            return None
        answered = self._get(f"/companies/{quote(str(company['id']), safe='')}", ends)
        return _answer(str(company["id"]), (answered or {}).get("report") or {})

    def watch(self, provider_id: str, reference: str, address: str) -> None:
        """Adds the company to the portfolio; the address stands in its free text, for the notifier
        that passes the portfolio's events on."""
        body = {"id": provider_id, "personalReference": reference, "freeText": address}
        body["personalLimit"] = ""
        self._portfolio("POST", "", body)

    def unwatch(self, provider_id: str) -> None:
        self._portfolio("DELETE", f"/{quote(provider_id, safe='')}", None)

    def _portfolio(self, method: str, path: str, body: Any) -> None:
        """Adding what is there, or removing what is not, has been done already."""
        portfolio = quote(self._credentials.get("portfolio", ""), safe="")
        where = f"/monitoring/portfolios/{portfolio}/companies{path}"
        ends = time.monotonic() + WATCH_BUDGET_S
        status, _ = self._call(method, where, body, ends)
        if status not in (200, 201, 204, 404, 409):
            raise Unavailable("bureau_unavailable", f"Creditsafe answered {status}.")

    def _get(self, path: str, ends: float) -> dict[str, Any] | None:
        status, body = self._call("GET", path, None, ends)
        if status == 404:
            return None
        if status != 200 or not isinstance(body, dict):
            raise Refused("bureau_refused", f"Creditsafe refused the request (status {status}).")
        return body

    def _call(self, method: str, path: str, body: Any, ends: float) -> tuple[int, Any]:
        """With a token; one that ended early is renewed once."""
        for fresh in (False, True):
            headers = {"Authorization": self._log_in(ends, fresh=fresh)}
            url, left = f"{self._base}{path}", _left(ends)
            status, answer = call(method, url, headers=headers, body=body, budget_s=left)
            if status != 401:
                break
        return status, answer

    def _log_in(self, ends: float, *, fresh: bool) -> str:
        aged = time.monotonic() - self._logged_in_at > TOKEN_SECONDS
        if fresh or aged or not self._token:
            known = {name: self._credentials[name] for name in ("username", "password")}
            url = f"{self._base}/authenticate"
            status, body = call("POST", url, body=known, budget_s=_left(ends))
            if status != 200 or not isinstance(body, dict) or not body.get("token"):
                raise Refused("bureau_refused", "Creditsafe refused the user name and password.")
            self._token, self._logged_in_at = str(body["token"]), time.monotonic()
        return self._token


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise Unavailable("bureau_unavailable", "Creditsafe does not answer in time.")
    return left


def _answer(provider_id: str, report: dict[str, Any]) -> BureauAnswer:
    """`commonValue` is A to E, or a word such as "Not rated"; `providerValue` 0 to 100."""
    scored = report.get("creditScore") or {}
    rating = scored.get("currentCreditRating") or {}
    letter = str(rating.get("commonValue") or "")
    return BureauAnswer(
        provider_id,
        letter if letter in _RATINGS else "",
        _score(rating.get("providerValue")),
        _limit(rating.get("creditLimit")),
        _instant(scored.get("latestRatingChangeDate")),
    )


def _score(provided: Any) -> int | None:
    """Text or a number; some countries say so in words when there is none."""
    value = provided.get("value") if isinstance(provided, dict) else provided
    try:
        score = int(Decimal(str(value)))
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return score if 0 <= score <= 100 else None


def _limit(advised: Any) -> Money | None:
    value = advised.get("value") if isinstance(advised, dict) else advised
    currency = (advised.get("currency") if isinstance(advised, dict) else None) or "EUR"
    try:
        return Money.of(Decimal(str(value)), str(currency))
    except (InvalidOperation, Refused):
        return None


def _instant(written: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(written))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
