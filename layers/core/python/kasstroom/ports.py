"""The books: where everything about a debtor is kept. One port, because it is one table and one
transaction; adapters are named after the technology (`kasstroom_aws.books.BooksTable`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from kasstroom.changes import Changes, Reference, Work

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DueItem:
    """A key found in the `due` index: what to look at, read again before anything is done. What
    lies in a list of the organisation has no `debtor`."""

    org: str
    debtor: str
    id: str
    at: datetime


class Books(Protocol):
    """Reads are strongly consistent except `due` and `every`."""

    def find(self, kind: type[T], org: str, debtor: str = "", id: str = "") -> T | None:
        """One item by its key (one GetItem)."""
        ...

    def get(self, kind: type[T], org: str, debtor: str = "", id: str = "") -> T:
        """As `find`, raising NotFound."""
        ...

    def all_of(self, kind: type[T], org: str, debtor: str) -> list[T]:
        """All items of one kind of one debtor, in the order of their ids."""
        ...

    def listing(
        self, kind: type[T], org: str, part: str = "", *, after: str, limit: int
    ) -> list[T]:
        """Items of an organisation's list in the order of their ids, those above `after`."""
        ...

    def lookup(self, org: str, kind: str, value: str) -> Reference | None:
        """What a unique name (invoice number, token hash, provider id) points at."""
        ...

    def due(self, work: Work, until: datetime) -> Iterator[DueItem]:
        """Keys of the work due at `until` or before, oldest first per shard."""
        ...

    def every(self, *kinds: type[T], segment: int = 0, of: int = 1) -> Iterator[T]:
        """All items of these kinds over all organisations: for exports, never for a request. With
        `of` segments: those of one, counted from zero; all of a debtor is in the same."""
        ...

    def commit(self, changes: Changes) -> None:
        """All or nothing. Conflict: an item moved since it was read; Duplicate: it exists."""
        ...
