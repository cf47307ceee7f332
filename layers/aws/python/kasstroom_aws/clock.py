"""The clock a deployment is told to use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from kasstroom.settings import ClockSettings
from kasstroom.time import Clock

_FILE = "file:"


def system_clock() -> datetime:
    return datetime.now(UTC)


def clock_from(settings: ClockSettings) -> Clock:
    """`system`, or `file:<path>` whose content is a number of seconds to add to the real time."""
    if not settings.clock.startswith(_FILE):
        return system_clock
    path = Path(settings.clock.removeprefix(_FILE))

    def shifted() -> datetime:
        try:
            offset_seconds = float(path.read_text() or 0)
        except FileNotFoundError:
            offset_seconds = 0.0
        return system_clock() + timedelta(seconds=offset_seconds)

    return shifted
