"""The environment's clock: the machine's own, moved by a number of seconds kept in a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path


@dataclass(frozen=True)
class LocalClock:
    """Every function of the local environment reads this file; nobody else does."""

    path: Path

    @property
    def offset_s(self) -> float:
        """Seconds added to the machine's time; 0 when the file is missing or empty."""
        try:
            return float(self.path.read_text().strip() or 0)
        except FileNotFoundError:
            return 0.0

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.offset_s)

    def set_to(self, instant: datetime) -> None:
        """From here the clock runs on from `instant`, which must carry a time zone."""
        if instant.tzinfo is None:
            raise ValueError("give an instant with a time zone")
        self._write((instant - datetime.now(UTC)).total_seconds())

    def advance(self, by: timedelta) -> None:
        self._write(self.offset_s + by.total_seconds())

    def reset(self) -> None:
        """Back to the machine's own time."""
        self._write(0)

    def _write(self, offset_s: float) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        half = self.path.with_name(f"{self.path.name}.half")
        half.write_text(f"{offset_s:.3f}")
        half.replace(self.path)
