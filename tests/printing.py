"""A message on its way by letter or phone, and where printed letters are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from kasstroom.changes import Changes
from kasstroom.debtors.model import Address, Channel, Debtor
from kasstroom.messages.letters import PrintedLetter
from kasstroom.messages.model import Message, MessageState, Outgoing
from kasstroom.messages.sending import Sender, deliver
from kasstroom.organisations.model import Language
from tests.people import NOW, ORG, eur

HOME = Address("Kerkstraat", "25 A", "8501AB", "Joure")
EVENING = NOW.replace(hour=16, minute=30)
"""18:30 in Amsterdam, the same day."""


class Drawer:
    """`kasstroom.messages.tray.LetterStore` in memory; can be told to fail."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.fails_at = ""

    def put(self, key: str, content: bytes) -> None:
        if self.fails_at and self.fails_at in key:
            raise OSError("the power went")
        self.files[key] = content

    def get(self, key: str) -> bytes:
        return self.files[key]

    def download_url(self, key: str) -> str:
        return f"https://files.example/{key}"


def stapled(letters: Sequence[bytes]) -> bytes:
    return b"+".join(letters)


@dataclass(frozen=True, slots=True)
class Note:
    """A claimed message with the ways it may take."""

    message: Message
    now: datetime
    ways: tuple[tuple[Channel, str], ...]


def claimed(
    books: Any, id: str, channel: Channel, debtor: str = "D1", address: str = "+31612345678",
    ways: tuple[Channel, ...] = (), now: datetime = NOW,
) -> Note:  # fmt: skip
    message = Message(
        ORG, debtor, id, "fourteen_day_letter", channel, Language.NL, address, ("F1",),
        eur("250.00"), MessageState.CLAIMED, now + timedelta(minutes=15), now,
        channels=ways or (channel,),
    )  # fmt: skip
    books.commit(Changes(create=(message,)))
    stored = books.get(Message, ORG, debtor, id)
    return Note(stored, now, tuple((way, address) for way in ways or (channel,)))


def outgoing(note: Note, text: str = "Goedemorgen", pdf: bytes = b"%PDF 1") -> Outgoing:
    m = note.message
    letter = PrintedLetter(pdf, 2, ("Klant D1", "Kerkstraat 25 A", "8501 AB  JOURE"), note.now)
    return Outgoing(
        m.id, m.org, m.debtor, m.address, "", m.language, text,
        letter=letter if m.channel is Channel.LETTER else None,
    )  # fmt: skip


def sent(books: Any, note: Note, channels: Any) -> Message:
    return deliver(Sender(books, channels, outgoing), note)


def moved_to(books: Any, number: str, address: Address = HOME) -> None:
    books.commit(Changes(update=(replace(books.get(Debtor, ORG, number), address=address),)))
