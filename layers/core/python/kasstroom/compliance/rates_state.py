"""Can the statutory rates still be trusted today? They change on 1 January and 1 July, the
consumer's by a decree of some weeks before; nobody tells a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from kasstroom.changes import Changes
from kasstroom.compliance.statutory_rates import CHECKED_ON, KNOWN_UNTIL
from kasstroom.events.compliance import RatesStale
from kasstroom.time import day_of

AHEAD_DAYS = 31
"""Decrees are published about a month before the day they begin."""
UNCHECKED_DAYS = 214
"""Seven months: one change and a month more."""
_DAY = timedelta(days=1)


class RatesState(StrEnum):
    FRESH = "fresh"
    TO_CHECK = "to_check"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class RatesAnswer:
    """`sentence` says what to do; `known_until` is the last day with a published rate."""

    state: RatesState
    sentence: str
    checked_on: date
    known_until: date


def rates_state(
    today: date, *, known_until: date = KNOWN_UNTIL, checked_on: date = CHECKED_ON
) -> RatesAnswer:
    """Stale when today's rate was not published when the rows were checked, or nobody checked them
    for seven months; to check in the month before."""
    if today > known_until or (today - checked_on).days > UNCHECKED_DAYS:
        state, sentence = RatesState.STALE, _stale(today, known_until, checked_on)
    elif (known_until - today).days < AHEAD_DAYS:
        state = RatesState.TO_CHECK
        sentence = (
            f"The rates from {known_until + _DAY} on are published about now: look them up and add"
            " the rows, or move KNOWN_UNTIL when they stay, before that day."
        )
    else:
        state = RatesState.FRESH
        sentence = f"Nothing to do: the rates are known up to {known_until}."
    return RatesAnswer(state, sentence, checked_on, known_until)


def watched(now: datetime) -> tuple[RatesAnswer, Changes]:
    """The answer of today, and the event on the first stale day only: so it is told once, and
    nothing has to be remembered. It is of the whole installation: no organisation, no debtor."""
    today = day_of(now)
    answer = rates_state(today)
    if answer.state is not RatesState.STALE or rates_state(today - _DAY).state is answer.state:
        return answer, Changes()
    event = RatesStale(
        org="", debtor="", subject=f"rates-{answer.known_until}", at=now,
        known_until=answer.known_until, checked_on=answer.checked_on, detail=answer.sentence,
    )  # fmt: skip
    return answer, Changes(events=(event,))


def _stale(today: date, known_until: date, checked_on: date) -> str:
    if today > known_until:
        return (
            f"No rate after {known_until} is in the table and interest since then is provisional:"
            " add the published rows, or move KNOWN_UNTIL when the rates stayed."
        )
    return f"Nobody compared the rates with what was published since {checked_on}: do so now."
