"""Instants are UTC; days and contact hours are Europe/Amsterdam."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Written:
    """Marks a day or instant that is read from ISO 8601 text only: a bare number such as 20260801
    would otherwise be taken for seconds since 1970."""


Day = Annotated[date, Written()]
Instant = Annotated[datetime, Written()]

Clock = Callable[[], datetime]
"""Gives the current instant in UTC; a value everywhere below the handler."""


def day_of(instant: datetime) -> date:
    """The Amsterdam calendar day of an instant."""
    return instant.astimezone(AMSTERDAM).date()


def end_of(day: date) -> datetime:
    """The last second (UTC) of an Amsterdam calendar day."""
    return datetime.combine(day, time(23, 59, 59), AMSTERDAM).astimezone(UTC)


def iso(instant: datetime) -> str:
    """`2026-11-21T09:30:00.000Z`: sorts as text, so it is also the form of the `due` index."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + (
        f"{instant.microsecond // 1000:03d}Z"
    )
