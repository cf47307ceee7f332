"""When covers are looked at: every morning, Amsterdam time."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from kasstroom.time import AMSTERDAM, day_of

WATCH_AT = time(7)


def next_morning(now: datetime) -> datetime:
    """The next calendar day at 07:00 in Amsterdam, summer and winter."""
    return datetime.combine(day_of(now) + timedelta(days=1), WATCH_AT, AMSTERDAM)
