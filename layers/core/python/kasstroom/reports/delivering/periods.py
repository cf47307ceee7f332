"""When a schedule's next report is made, and which days it is about. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from kasstroom.reports.delivering.model import Every, Period, ScheduleTerms
from kasstroom.time import AMSTERDAM, day_of

_DAY = timedelta(days=1)
LAST_SAFE_DAY = 28
"""A day every month has."""


def next_at(terms: ScheduleTerms, after: datetime) -> datetime:
    """The first moment above `after`, in UTC: the same hour on the clock in summer and winter."""
    day = day_of(after)
    while not (_is_day(terms, day) and _moment(terms, day) > after):
        day += _DAY
    return _moment(terms, day)


def period_of(terms: ScheduleTerms, at: datetime) -> Period:
    """Of the report made at `at`: up to and including the day before, from the day the one before
    it was made."""
    delivered_on = day_of(at)
    before = delivered_on - _DAY
    while not _is_day(terms, before):
        before -= _DAY
    return Period(delivered_on, delivered_on - _DAY, before)


def _is_day(terms: ScheduleTerms, day: date) -> bool:
    match terms.every:
        case Every.DAY:
            return True
        case Every.WEEK:
            return day.isoweekday() == terms.weekday
        case Every.MONTH:
            return day.day == terms.day


def _moment(terms: ScheduleTerms, day: date) -> datetime:
    return datetime.combine(day, time(terms.hour), AMSTERDAM).astimezone(UTC)
