"""When a line that waits is matched again by itself. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from kasstroom.time import day_of

SOON = (timedelta(hours=1), timedelta(hours=6))
"""A statement of the morning often comes before the invoices of that morning, or of that day."""
THEN = timedelta(days=1)
UNTIL_DAYS = 35
"""After booking: a month's invoices are made within the month and a few days, and payouts are told
of within days. What has nothing to match by then is for the person who owns the line."""


def next_try(tries: int, booked_on: date, now: datetime) -> datetime | None:
    """After so many `tries`, the first match apart; None when it is not tried any more. A line of
    an old statement gets the tries of its first day all the same."""
    if tries < len(SOON):
        return now + SOON[tries]
    at = now + THEN
    return at if day_of(at) <= booked_on + timedelta(days=UNTIL_DAYS) else None
