"""When a debtor may be contacted: 07:00-20:00, not on Sundays and recognised holidays.

Art. 4.2 Besluit kwaliteit incassodienstverlening; kept for own claims and companies too, as the
default that can never contact too much. Hours and holidays are those of the debtor's country
(`kasstroom.compliance.countries`), in its own time; without a pack of ours, those of home.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from kasstroom.compliance.countries import HOME, country_or_home
from kasstroom.compliance.country_nl import HOURS

OPENS, CLOSES = HOURS.opens, HOURS.closes
"""At home."""


@lru_cache(maxsize=1024)
def is_contact_day(day: date, country: str = HOME) -> bool:
    pack = country_or_home(country)
    return day.weekday() not in pack.hours.closed_weekdays and day not in pack.holidays(day.year)


def may_contact(instant: datetime, country: str = HOME) -> bool:
    pack = country_or_home(country)
    local = instant.astimezone(pack.zone)
    is_open = pack.hours.opens <= local.time() < pack.hours.closes
    return is_open and is_contact_day(local.date(), country)


def next_contact(instant: datetime, country: str = HOME) -> datetime:
    """The instant itself when contact is allowed, else the next opening, in the same zone (UTC)."""
    if may_contact(instant, country):
        return instant
    pack = country_or_home(country)
    local = instant.astimezone(pack.zone)
    day = local.date()
    if local.time() >= pack.hours.opens:
        day += timedelta(days=1)
    while not is_contact_day(day, country):
        day += timedelta(days=1)
    return datetime.combine(day, pack.hours.opens, pack.zone).astimezone(instant.tzinfo)
