"""Days on which no term ends and nobody is disturbed (art. 1 and 3 Algemene termijnenwet).

Computed, so they hold for every year from 2014, the first with King's day on 27 April. Single days
that a yearly decree equates with a holiday are not among them: a term that would end on one is at
most a day too short, which the wide margin of the fourteen-day letter takes up.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

SATURDAY, SUNDAY = 5, 6
MONDAY = 0


class Holiday(StrEnum):
    NEW_YEAR = "new_year"
    GOOD_FRIDAY = "good_friday"
    EASTER_MONDAY = "easter_monday"
    KINGS_DAY = "kings_day"
    LIBERATION_DAY = "liberation_day"
    ASCENSION = "ascension"
    WHIT_MONDAY = "whit_monday"
    CHRISTMAS = "christmas"
    SECOND_CHRISTMAS = "second_christmas"


_AFTER_EASTER = {
    Holiday.GOOD_FRIDAY: -2,
    Holiday.EASTER_MONDAY: 1,
    Holiday.ASCENSION: 39,
    Holiday.WHIT_MONDAY: 50,
}
_FIXED = {
    Holiday.NEW_YEAR: (1, 1),
    Holiday.LIBERATION_DAY: (5, 5),
    Holiday.CHRISTMAS: (12, 25),
    Holiday.SECOND_CHRISTMAS: (12, 26),
}


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Gauss, Meeus)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    skipped, cycle = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - skipped - correction + 15) % 30
    fourth, remainder = divmod(rest, 4)
    weekday = (32 + 2 * cycle + 2 * fourth - epact - remainder) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=32)
def holidays(year: int) -> frozenset[date]:
    """The recognised Dutch holidays of a year; 5 May is one every year, Good Friday is equated."""
    return frozenset(named_holidays(year))


@lru_cache(maxsize=32)
def named_holidays(year: int) -> dict[date, Holiday]:
    """Each with its name; where two fall on one day (as in 2008), the later in the year's list."""
    sunday = easter(year)
    named = {sunday + timedelta(days=days): name for name, days in _AFTER_EASTER.items()}
    fixed = {date(year, *month_day): name for name, month_day in _FIXED.items()}
    return named | {_kings_day(year): Holiday.KINGS_DAY} | fixed


def _kings_day(year: int) -> date:
    """27 April, and the day before when that is a Sunday."""
    day = date(year, 4, 27)
    return date(year, 4, 26) if day.weekday() == SUNDAY else day


def is_working_day(day: date) -> bool:
    """No Saturday, Sunday or holiday: the days on which a term can end."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def working_day_from(day: date) -> date:
    """The day itself, or the first working day after it (art. 1 lid 1 Algemene termijnenwet)."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
