"""POST /v1/calculations/fourteen-day-letter: from which day a consumer owes collection costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kasstroom.changes import Command
from kasstroom.compliance.explained import Note, within_reach
from kasstroom.compliance.holidays import named_holidays
from kasstroom.compliance.letter14 import (
    SAFE_DAYS,
    TERM_DAYS,
    LetterChannel,
    LetterDates,
    NoPost,
    letter_dates,
)
from kasstroom.compliance.wording_forms import TERM_TEXT
from kasstroom.errors import Refused
from kasstroom.time import Day


@dataclass(frozen=True, slots=True)
class LetterAsked(Command):
    """`delivered_on` when the day of arrival can be proven."""

    sent_on: Day
    channel: LetterChannel
    delivered_on: Day | None = None


@dataclass(frozen=True, slots=True)
class LetterStep:
    """`rule` is received, term, working_day, costs or safe."""

    rule: str
    on: date
    detail: str
    source: str


@dataclass(frozen=True, slots=True)
class SkippedDay:
    """`why` is sunday, monday, or the name of the holiday."""

    day: date
    why: str


@dataclass(frozen=True, slots=True)
class Wording:
    """The term as the Supreme Court accepts it, and the same in three other languages, for in the
    letter; no other day or term beside it."""

    nl: str
    en: str
    de: str
    fy: str


@dataclass(frozen=True, slots=True)
class LetterCalculation:
    """`last_pay_on` is the last day to pay without costs, `costs_from` the day after it; claim
    costs from `safe_on`."""

    sent_on: date
    received_on: date
    term_last_on: date
    last_pay_on: date
    costs_from: date
    safe_on: date
    skipped: tuple[SkippedDay, ...]
    steps: tuple[LetterStep, ...]
    wording: Wording
    notes: tuple[Note, ...]


_COURT = "HR 25-11-2016, ECLI:NL:HR:2016:2704"
_WORDING = Wording(**TERM_TEXT)
_AMOUNT = Note(
    "exact_amount",
    "The letter names the exact costs, and says that none are owed when all is paid in time. One"
    " cent too many or a day too few, and no costs are owed at all.",
    "art. 6:96 lid 6 BW",
)
_BOUNCE = Note(
    "arrival_of_email",
    "Keep proof that the e-mail arrived; when it bounced or nothing shows it, send it by post.",
    "art. 3:37 lid 3 BW",
)


def letter_calculation(asked: LetterAsked) -> LetterCalculation:
    """Refused, with a pointer, when it would arrive before it is sent."""
    within_reach(asked.sent_on, "/body/sent_on")
    if asked.delivered_on is not None:
        within_reach(asked.delivered_on, "/body/delivered_on")
    try:
        dates = letter_dates(asked.sent_on, asked.channel, delivered_on=asked.delivered_on)
    except Refused as error:
        raise Refused(error.code, error.detail, "/body/delivered_on") from None
    by_email = asked.channel is LetterChannel.EMAIL and asked.delivered_on is None
    return LetterCalculation(
        dates.sent_on, dates.received_on, dates.term_last_on, dates.last_pay_on,
        dates.costs_from, dates.safe_on,
        tuple(SkippedDay(each.day, _name(each.day, each.why)) for each in dates.skipped),
        tuple(_steps(dates, proven=asked.delivered_on is not None)),
        _WORDING, (_AMOUNT, _BOUNCE) if by_email else (_AMOUNT,),
    )  # fmt: skip


def _name(day: date, why: NoPost) -> str:
    return named_holidays(day.year)[day] if why is NoPost.HOLIDAY else why


def _steps(dates: LetterDates, *, proven: bool) -> list[LetterStep]:
    steps = [_received(dates, proven)]
    term = f"Day {TERM_DAYS}, counted from the day after it arrived."
    steps.append(LetterStep("term", dates.term_last_on, term, "art. 6:96 lid 6 BW"))
    if dates.last_pay_on != dates.term_last_on:
        moved = f"{dates.term_last_on} is in a weekend or a holiday: the next working day counts."
        law = "art. 1 lid 1 Algemene termijnenwet"
        steps.append(LetterStep("working_day", dates.last_pay_on, moved, law))
    costs = "The day after it costs are owed."
    steps.append(LetterStep("costs", dates.costs_from, costs, "art. 6:96 lid 6 BW"))
    safe = f"Not earlier than {SAFE_DAYS} days after sending, so that a late post does no harm."
    steps.append(LetterStep("safe", dates.safe_on, safe, _COURT))
    return steps


def _received(dates: LetterDates, proven: bool) -> LetterStep:
    if proven:
        return LetterStep("received", dates.received_on, "The day that is proven.", _COURT)
    if dates.presumed_by:
        detail = "Presumed: Sundays, Mondays and holidays do not count."
        return LetterStep("received", dates.received_on, detail, dates.presumed_by)
    detail = "An e-mail reaches the debtor on the day it is sent."
    return LetterStep("received", dates.received_on, detail, "art. 3:37 lid 3 BW")
