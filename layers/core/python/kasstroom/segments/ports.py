"""What segments need from outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class SegmentQueue(Protocol):
    def look_at(self, org: str, debtors: Sequence[str], cause: str) -> None:
        """Asks the worker to look at these debtors."""
        ...

    def walk(self, org: str, number: int, after: str) -> None:
        """Asks it to go on with everybody above `after`, for the set of this number."""
        ...
