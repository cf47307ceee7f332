"""A cover of Allianz Trade in the words of the trade (EDIFACT 4507 and 4509)."""

from __future__ import annotations

from datetime import date
from typing import Any

from kasstroom.errors import KasstroomError, Unavailable
from kasstroom.insurance.codes import AnswerReason, Response
from kasstroom.insurance.model import CoverAnswer
from kasstroom.money import Money

STATUSES = {
    "APPROVED": Response.APPROVED,
    "PARTIALLY_APPROVED": Response.PARTLY_APPROVED,
    "CONDITIONALLY_APPROVED": Response.CONDITIONAL,
    "REFUSED": Response.NOT_APPROVED,
    "REDUCED": Response.REDUCED,
    "CANCELLED": Response.CANCELLED,
    "CLOSED": Response.CLOSED,
    "PRELIMINARY": Response.PRELIMINARY,
    "IN_PROGRESS": Response.INVESTIGATING,
    "NAME_CHANGED": Response.NAME_CHANGE,
    "ACCOUNT_ONLY": Response.ACCOUNT_ONLY,
}
MOST_CONDITIONS = 20


def answer_of(cover: dict[str, Any]) -> CoverAnswer | None:
    """None for a status we do not know: it is looked at again and never booked. Unavailable when
    the answer cannot be read."""
    response = STATUSES.get(str(cover.get("coverStatus", "")).upper())
    if response is None:
        return None
    try:
        return CoverAnswer(
            str(cover["decisionId"])[:64], response, _amount(cover), _percentage(cover),
            _day(cover, "validFrom"), _day(cover, "validTo"),
            tuple(str(c)[:500] for c in (cover.get("conditions") or [])[:MOST_CONDITIONS]),
            _reason(cover), str(cover.get("grade") or "")[:20], _day(cover, "reviewDate"),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, KasstroomError):
        detail = "Allianz Trade answered in an unknown form."
        raise Unavailable("insurer_answer", detail) from None


def _amount(cover: dict[str, Any]) -> Money | None:
    granted = cover.get("grantedAmount")
    return None if granted is None else Money.parse(str(granted), cover["currency"])


def _percentage(cover: dict[str, Any]) -> int | None:
    """Only whole percentages: a broken one is not rounded into somebody's favour."""
    given = cover.get("coveredPercentage")
    if given is not None and int(given) != given:
        raise ValueError(given)
    return None if given is None else int(given)


def _day(cover: dict[str, Any], name: str) -> date | None:
    return date.fromisoformat(cover[name]) if cover.get(name) else None


def _reason(cover: dict[str, Any]) -> AnswerReason | None:
    code = cover.get("reasonCode")
    if code is None:
        return None
    try:
        return AnswerReason.of_edifact(str(code))
    except ValueError:
        return AnswerReason.OTHER
