"""Days: when banks settle, how long a mandate lives, how long reminders wait for the money."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from kasstroom.compliance.holidays import SATURDAY, easter
from kasstroom.time import AMSTERDAM

UNUSED_MONTHS = 36
"""A mandate under which nothing was collected for 36 months has lapsed (SDD Core Rulebook)."""
PATIENCE_DAYS = 5
"""How long after the collection day reminders wait: most of what banks return is back by then."""
_CLOSED = {(1, 1), (5, 1), (12, 25), (12, 26)}


def settles(day: date) -> bool:
    """Whether TARGET is open: no weekend, Good Friday, Easter Monday, 1 January, 1 May, 25 or 26
    December."""
    around_easter = {easter(day.year) - timedelta(days=2), easter(day.year) + timedelta(days=1)}
    closed = (day.month, day.day) in _CLOSED or day in around_easter
    return day.weekday() < SATURDAY and not closed


def settling_day(day: date) -> date:
    """The day itself, or the first one after it on which banks settle."""
    while not settles(day):
        day += timedelta(days=1)
    return day


def last_file_day(collect_on: date) -> date:
    """The last day on which the bank still takes the file: one settling day before (SDD Core and
    B2B Rulebooks, D-1), so for a Monday the Friday before."""
    day = collect_on - timedelta(days=1)
    while not settles(day):
        day -= timedelta(days=1)
    return day


def earliest_day(today: date, notice_days: int) -> date:
    """The first day that can be collected on by whoever tells the debtors today."""
    day = settling_day(today + timedelta(days=notice_days))
    while last_file_day(day) < today:
        day = settling_day(day + timedelta(days=1))
    return day


def lapses_on(last: date) -> date:
    """The first day on which a mandate that was used last, or signed, on `last` cannot be used."""
    year = last.year + UNUSED_MONTHS // 12
    leap = last.month == 2 and last.day == 29
    return date(year, 3, 1) if leap else last.replace(year=year) + timedelta(days=1)


def start_of(day: date) -> datetime:
    """Midnight in Amsterdam."""
    return datetime.combine(day, time(0), AMSTERDAM).astimezone(UTC)


def reminders_wait_until(collect_on: date) -> datetime:
    return start_of(collect_on + timedelta(days=PATIENCE_DAYS))
