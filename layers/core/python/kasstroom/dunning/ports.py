"""What dunning needs from outside."""

from __future__ import annotations

from typing import Protocol


class ReminderQueue(Protocol):
    def put(self, org: str, debtor: str, message_id: str = "") -> None:
        """Asks the sender to look at a debtor, or to finish one claimed message."""
        ...
