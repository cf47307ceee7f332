"""What the telephone keeps of each SMS and WhatsApp message, and the clock they came in by."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from kasstroom.ids import new_id
from kasstroom.time import Clock
from kasstroom_sandbox.store import Store

Document = dict[str, Any]

_MESSAGES = "PHONE"
_EMAILS = "EMAIL"
_CLOCK = "CLOCK"
UNREACHABLE = "0000"
KEPT_SHOWN = 200


def reachable(phone: str) -> bool:
    """Numbers that end in 0000 belong to nobody, so that failed deliveries can be tried."""
    return not phone.endswith(UNREACHABLE)


class Inbox:
    """`at` is the environment's clock; `arrived` is the machine's time, which only goes up."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def receive(self, message: Document) -> Document:
        """Keeps a message and gives it its `id`, `at` and `arrived`."""
        arrived = datetime.now(UTC)
        identity = new_id("msg", arrived)
        times = {"id": identity, "at": self._clock().isoformat(), "arrived": arrived.timestamp()}
        kept = message | times
        self._store.put(_MESSAGES, identity, kept)
        return kept

    def newest(self) -> list[Document]:
        return self._store.newest(_MESSAGES, KEPT_SHOWN)

    def keep_emails(self, found: list[Document]) -> list[Document]:
        """All e-mails ever seen: the embedded AWS forgets its own when it is restarted."""
        kept = {mail["id"]: mail for mail in self._store.newest(_EMAILS, KEPT_SHOWN)}
        for mail in found:
            if mail["id"] not in kept:
                self._store.put(_EMAILS, f"{mail['arrived']:020.6f}-{mail['id']}", mail)
                kept[mail["id"]] = mail
        return list(kept.values())

    def clock_steps(self, changed_at: float) -> list[Document]:
        """Since when (machine time) the clock ran how far ahead, the newest step first.

        `changed_at` is when the clock was last turned; that step is remembered from here on.
        """
        steps = self._store.newest(_CLOCK, 500)
        if steps and steps[0]["since"] == changed_at:
            return steps
        ahead_seconds = round((self._clock() - datetime.now(UTC)).total_seconds())
        row = {"since": changed_at, "ahead_seconds": ahead_seconds}
        self._store.put(_CLOCK, f"{changed_at:020.6f}", row)
        return [row, *steps]
