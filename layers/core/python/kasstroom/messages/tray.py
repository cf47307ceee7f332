"""The tray of letters that wait for the printer: laid in once per message, whatever is retried."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from kasstroom.changes import Changes, Due, Versioned, Work
from kasstroom.errors import Refused
from kasstroom.messages.letters import PostClass, PrintedLetter, letter_key
from kasstroom.messages.model import Message, Outgoing
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom.time import day_of


class LetterStore(Protocol):
    def put(self, key: str, content: bytes) -> None:
        """Putting the same again changes nothing. Unavailable: try again later."""
        ...

    def get(self, key: str) -> bytes: ...

    def download_url(self, key: str) -> str:
        """An address that opens the file for some minutes."""
        ...


@dataclass(frozen=True, slots=True)
class TrayLetter(Versioned):
    """A PDF that waits for an evening's `batch`. `sha256` (hex) is that of the file. `withdrawn`
    says why it is not printed after all."""

    org: str
    debtor: str
    id: str
    message: str
    file_key: str
    sha256: str
    pages: int
    addressee: tuple[str, ...]
    made_at: datetime
    post: PostClass = PostClass.STANDARD
    colour: bool = True
    batch: str = ""
    withdrawn: str = ""

    @property
    def due(self) -> Due | None:
        waits = not self.batch and not self.withdrawn
        return Due(Work.PRINT, self.made_at) if waits else None


def letter_id(message: Message) -> str:
    """One letter per way a message takes by post: a retry is the same letter; a letter after one
    that came back is another."""
    return f"{message.id}.{message.settled}" if message.settled else message.id


def lay_in(books: Books, store: LetterStore, outgoing: Outgoing) -> str:
    """Keeps the PDF, lays the letter in the tray, and returns the file's key. The file is stored
    first: who finds a letter in the tray finds its file. Refused when nothing was printed."""
    printed = outgoing.letter
    if printed is None:
        detail = "There is no letter to print: complete the debtor's address."
        raise Refused("no_letter", detail)
    message = books.get(Message, outgoing.org, outgoing.debtor, outgoing.message_id)
    known = books.find(TrayLetter, message.org, message.debtor, letter_id(message))
    if known and known.batch:
        return known.file_key
    letter = _letter(message, printed)
    store.put(letter.file_key, printed.pdf)
    return settle(books, lambda: _laid(books, letter))


def _letter(message: Message, printed: PrintedLetter) -> TrayLetter:
    id = letter_id(message)
    key = letter_key(message.org, day_of(printed.made_at), id)
    return TrayLetter(
        message.org, message.debtor, id, message.id, key, sha256(printed.pdf).hexdigest(),
        printed.pages, printed.addressee, printed.made_at, printed.post, printed.colour,
    )  # fmt: skip


def _laid(books: Books, letter: TrayLetter) -> tuple[Changes, str]:
    known = books.find(TrayLetter, letter.org, letter.debtor, letter.id)
    if known is None:
        return Changes(create=(letter,)), letter.file_key
    if known.batch:
        return Changes(), known.file_key
    return Changes(update=(replace(letter, version=known.version),)), letter.file_key
