"""When a debtor may be contacted: 07:00-20:00, not on Sundays and recognised holidays.

Art. 4.2 Besluit kwaliteit incassodienstverlening; kept for own claims and companies too, as the
default that can never contact too much. Holidays: art. 3 Algemene termijnenwet.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from kasstroom.compliance.holidays import SUNDAY, holidays
from kasstroom.time import AMSTERDAM

OPENS = time(7)
CLOSES = time(20)


def is_contact_day(day: date) -> bool:
    return day.weekday() != SUNDAY and day not in holidays(day.year)


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
