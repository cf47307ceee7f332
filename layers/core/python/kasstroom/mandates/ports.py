"""What direct debit needs from outside: the file the bank reads, and a place to keep it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kasstroom.mandates.collection import Collection, CollectionLine


class FileWriter(Protocol):
    def __call__(self, collection: Collection, lines: Sequence[CollectionLine]) -> bytes:
        """The payment file of these lines; the same bytes for the same lines. Refused when it does
        not fit the bank's schema."""
        ...


class FileStore(Protocol):
    def put(self, key: str, content: bytes) -> None: ...
