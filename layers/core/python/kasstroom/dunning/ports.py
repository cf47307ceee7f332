"""What dunning needs from outside."""

from __future__ import annotations

from typing import Protocol

from kasstroom.messages.model import Outgoing


class ReminderQueue(Protocol):
    def put(self, org: str, debtor: str, message_id: str = "") -> None:
        """Asks the sender to look at a debtor, or to finish one claimed message."""
        ...


class MessageChannel(Protocol):
    def send(self, message: Outgoing) -> str:
        """Hands the message to the provider and returns the provider's id. Unavailable: try again
        later; Refused: this address or message will never do."""
        ...
