"""What the bank context needs from outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

LINES_PER_JOB = 25
"""In one message: a worker matches them well within its two minutes."""


class LineQueue(Protocol):
    """Lines that wait to be matched. A line may be put twice: matching looks at its state first."""

    def put(self, org: str, ids: Sequence[str]) -> None: ...
