"""Letters: laid in the tray for the printer, which takes them in the evening."""

from __future__ import annotations

from kasstroom.messages.model import Outgoing
from kasstroom.messages.tray import LetterStore, lay_in
from kasstroom.ports import Books


class LetterChannel:
    """The provider's id of a letter is the key of its PDF."""

    def __init__(self, books: Books, store: LetterStore) -> None:
        self._books, self._store = books, store

    def send(self, message: Outgoing) -> str:
        return lay_in(self._books, self._store, message)
