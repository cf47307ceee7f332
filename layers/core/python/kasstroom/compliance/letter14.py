"""When a consumer owes collection costs after the fourteen-day letter (art. 6:96 lid 6 BW; HR
25-11-2016, ECLI:NL:HR:2016:2704): fourteen days that start the day after the letter arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kasstroom.compliance.holidays import MONDAY, SUNDAY, named_holidays, working_day_from
from kasstroom.errors import Refused

TERM_DAYS = 14
SAFE_DAYS = 21
"""The waiting time after sending that the Supreme Court itself calls safe: some three weeks."""
_DAY = timedelta(days=1)


class LetterChannel(StrEnum):
    POST = "post"
    EMAIL = "email"


class NoPost(StrEnum):
    """Why a day does not count for the presumption that a letter has arrived."""

    SUNDAY = "sunday"
    MONDAY = "monday"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class PostalService:
    """The letter is presumed to arrive on the so many-th day after sending that counts."""

    sent_from: date
    days: int
    source: str


POST = (
    PostalService(date.min, 2, "HR 25-11-2016, ECLI:NL:HR:2016:2704"),
    PostalService(
        date(2027, 7, 1), 3, "post is carried within three days from 2027-07-01: the careful count"
    ),
)


@dataclass(frozen=True, slots=True)
class Skipped:
    day: date
    why: NoPost


@dataclass(frozen=True, slots=True)
class LetterDates:
    """`term_last_on` is the fourteenth day, `last_pay_on` the same moved to a working day;
    `costs_from` is the first day on which costs are owed by law, and `safe_on` the day from which
    to claim them: the later of that and three weeks after sending. `skipped` are the days that did
    not count for the arrival; `presumed_by` is empty when the arrival is proven."""

    sent_on: date
    received_on: date
    term_last_on: date
    last_pay_on: date
    costs_from: date
    safe_on: date
    skipped: tuple[Skipped, ...] = ()
    presumed_by: str = ""


def letter_dates(
    sent_on: date, channel: LetterChannel, *, delivered_on: date | None = None
) -> LetterDates:
    """`delivered_on` when it is proven: a receipt, a login. An e-mail is taken to arrive the day it
    is sent, which only holds as long as nothing bounced (art. 3:37 lid 3 BW).

    Refused when it arrives before it is sent.
    """
    skipped: tuple[Skipped, ...] = ()
    presumed_by = ""
    received_on = delivered_on or sent_on
    if delivered_on is None and channel is LetterChannel.POST:
        service = [row for row in POST if row.sent_from <= sent_on][-1]
        received_on, skipped = _by_post(sent_on, service.days)
        presumed_by = service.source
    if received_on < sent_on:
        raise Refused(
            "delivered_before_sent", "A letter cannot arrive before it is sent; correct the dates."
        )
    term_last_on = received_on + TERM_DAYS * _DAY
    last_pay_on = working_day_from(term_last_on)
    costs_from = last_pay_on + _DAY
    safe_on = max(costs_from, sent_on + SAFE_DAYS * _DAY)
    dates = (sent_on, received_on, term_last_on, last_pay_on, costs_from, safe_on)
    return LetterDates(*dates, skipped, presumed_by)


def _by_post(sent_on: date, days: int) -> tuple[date, tuple[Skipped, ...]]:
    day, skipped = sent_on, []
    while days:
        day += _DAY
        if why := _no_post(day):
            skipped.append(Skipped(day, why))
        else:
            days -= 1
    return day, tuple(skipped)


def _no_post(day: date) -> NoPost | None:
    if day in named_holidays(day.year):
        return NoPost.HOLIDAY
    return {SUNDAY: NoPost.SUNDAY, MONDAY: NoPost.MONDAY}.get(day.weekday())
