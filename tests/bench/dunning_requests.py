"""The AWS requests behind one reminder, counted where they are made, and their units as DynamoDB
bills them: 4 KB per read, two units per KB of each item in a transaction, one more per KB for what
moves in the index."""

from __future__ import annotations

from collections import Counter
from typing import Any

from kasstroom.changes import Changes
from kasstroom_aws import keys
from kasstroom_aws.items import key_of
from kasstroom_aws.writing import outbox_of, put_of
from tests.bench.chaos_dunning_world import IndexedBooks

READ_BYTES, WRITE_BYTES = 4_096, 1_024
TABLE = "books"


class CountingBooks(IndexedBooks):
    """`counts`: GetItem, Query, TransactWriteItems, items in these, read and write units."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()

    def find(self, kind: type, org: str, debtor: str = "", id: str = "") -> Any:
        found = super().find(kind, org, debtor, id)
        self.counts["GetItem"] += 1
        self.counts["read units"] += _units(found and _bytes(_item(found)), READ_BYTES)
        return found

    def all_of(self, kind: type, org: str, debtor: str) -> list[Any]:
        return self._queried(super().all_of(kind, org, debtor))

    def listing(self, kind: type, org: str, part: str = "", *, after: str, limit: int) -> list[Any]:
        return self._queried(super().listing(kind, org, part, after=after, limit=limit))

    def _queried(self, found: list[Any]) -> list[Any]:
        self.counts["Query"] += 1
        size = sum(_bytes(_item(one)) for one in found)
        self.counts["read units"] += _units(size, READ_BYTES)
        return found

    def commit(self, changes: Changes) -> None:
        self.counts["TransactWriteItems"] += 1
        for entity in (*changes.create, *changes.update):
            item = _item(entity)
            self.counts["items written"] += 1
            self.counts["write units"] += 2 * _units(_bytes(item), WRITE_BYTES)
            self.counts["write units"] += self._moves_in_index(entity, item)
        for event in changes.events:
            self.counts["events written"] += 1
            item = outbox_of(TABLE, event)["Item"]
            self.counts["write units"] += 2 * _units(_bytes(item), WRITE_BYTES)
        self.counts["items checked"] += len(changes.check)
        self.counts["write units"] += 2 * len(changes.check)
        super().commit(changes)

    def _moves_in_index(self, entity: Any, item: dict[str, Any]) -> int:
        """One write to take the old place away, one for the new place."""
        known = self._items.get(key_of(entity))
        before = _item(known) if known else {}
        old, new = (one.get(keys.DUE_SK) for one in (before, item))
        return (bool(old) + bool(new)) * (old != new)


def _item(entity: Any) -> dict[str, Any]:
    return put_of(TABLE, entity, False)["Item"]


def _bytes(item: dict[str, Any]) -> int:
    return sum(len(name) + len(str(next(iter(v.values()))).encode()) for name, v in item.items())


def _units(size: int | None, unit: int) -> int:
    """What is not there costs one read as well."""
    return max(1, -(-(size or 0) // unit))
