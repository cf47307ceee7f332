"""When a debtor may be contacted: 07:00-20:00, not on Sundays and recognised holidays.

Art. 4.2 Besluit kwaliteit incassodienstverlening; kept for own claims and companies too, as the
default that can never contact too much. Holidays: art. 3 Algemene termijnenwet.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from kasstroom.time import AMSTERDAM

OPENS = time(7)
CLOSES = time(20)
_SUNDAY = 6


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
    """The recognised Dutch holidays of a year; 5 May is one every year."""
    sunday = easter(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == _SUNDAY:
        kings_day = date(year, 4, 26)
    around_easter = (sunday + timedelta(days=days) for days in (-2, 1, 39, 50))
    fixed = (date(year, 1, 1), date(year, 5, 5), date(year, 12, 25), date(year, 12, 26))
    return frozenset((*around_easter, kings_day, *fixed))


def is_contact_day(day: date) -> bool:
    return day.weekday() != _SUNDAY and day not in holidays(day.year)


def may_contact(instant: datetime) -> bool:
    local = instant.astimezone(AMSTERDAM)
    return is_contact_day(local.date()) and OPENS <= local.time() < CLOSES


def next_contact(instant: datetime) -> datetime:
    """The instant itself when contact is allowed, else the next opening, in the same zone (UTC)."""
    if may_contact(instant):
        return instant
    local = instant.astimezone(AMSTERDAM)
    day = local.date()
    if local.time() >= OPENS:
        day += timedelta(days=1)
    while not is_contact_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, OPENS, AMSTERDAM).astimezone(instant.tzinfo)
