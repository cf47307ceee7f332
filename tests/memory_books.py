"""The books in memory, as strict as the table: versions, uniqueness, all or nothing, threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zlib import crc32

from kasstroom.changes import Changes, Reference, Work, next_version
from kasstroom.errors import Conflict, NotFound
from kasstroom.ports import DueItem
from kasstroom_aws.books import Exists
from kasstroom_aws.items import key_of, kind_of


class MemoryBooks:
    """`kasstroom.ports.Books`; keys are the table's own, so that what collides there does here."""

    def __init__(self) -> None:
        self._items: dict[tuple[str, str], Any] = {}
        self._lock = threading.Lock()
        self.events: list[Any] = []

    def find(self, kind: type, org: str, debtor: str = "", id: str = "") -> Any:
        return self._items.get(kind_of(kind).key(org, debtor, id))

    def get(self, kind: type, org: str, debtor: str = "", id: str = "") -> Any:
        found = self.find(kind, org, debtor, id)
        if found is None:
            raise NotFound(f"{kind_of(kind).name}_not_found", "It is not here.")
        return found

    def all_of(self, kind: type, org: str, debtor: str) -> list[Any]:
        pk, sk = kind_of(kind).key(org, debtor, "")
        return [self._items[k] for k in sorted(self._items) if k[0] == pk and k[1].startswith(sk)]

    def listing(self, kind: type, org: str, part: str = "", *, after: str, limit: int) -> list[Any]:
        pk, start = kind_of(kind).key(org, part, after)
        prefix = kind_of(kind).key(org, part, "")[1]
        places = [
            k for k in sorted(self._items)
            if k[0] == pk and k[1].startswith(prefix) and (not after or k[1] > start)
        ]  # fmt: skip
        return [self._items[k] for k in places[:limit]]

    def lookup(self, org: str, kind: str, value: str) -> Reference | None:
        return self.find(Reference, org, kind, value)

    def due(self, work: Work, until: datetime) -> Iterator[DueItem]:
        for (pk, sk), item in sorted(self._items.items(), key=lambda pair: pair[0]):
            due = getattr(item, "due", None)
            if due and due.work is work and due.at <= until:
                org, _, debtor = pk.partition("#")[2].partition("#")
                yield DueItem(org, debtor, sk.partition("#")[2], due.at)

    def every(self, *kinds: type, segment: int = 0, of: int = 1) -> Iterator[Any]:
        return iter([
            item for (pk, _), item in self._items.items()
            if isinstance(item, kinds) and crc32(pk.encode()) % of == segment
        ])  # fmt: skip

    def commit(self, changes: Changes) -> None:
        with self._lock:
            for entity in (*changes.update, *changes.check):
                self._guard(entity)
            for entity in changes.create:
                if key_of(entity) in self._items:
                    raise Exists(entity)
            for entity in (*changes.create, *changes.update):
                stored = next_version(entity) if hasattr(entity, "version") else entity
                self._items[key_of(entity)] = stored
            self.events.extend(changes.events)

    def _guard(self, entity: Any) -> None:
        known = self._items.get(key_of(entity))
        if (getattr(known, "version", 1) if known else 0) != getattr(entity, "version", 0):
            raise Conflict("changed_meanwhile", "Somebody else changed this first; try again.")
