"""What the workers of the figures stand on in a storm: a look into the books that nobody pays for
with the run's own dice, and figures around whose every count the machine may stop."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any
from zlib import crc32

from kasstroom.changes import Changes, Reference
from kasstroom.errors import Conflict, NotFound
from kasstroom.reports.figure_store import Count, Seen
from kasstroom.reports.measures import Cell
from kasstroom_aws.items import Key, key_of, kind_of
from tests.bench.chaos_world import Crash
from tests.memory_books import MemoryBooks
from tests.memory_figures import MemoryFigures


class Onlooker:
    """`kasstroom.ports.Books` as far as the figures need them, quick with many debtors. `looked` is
    called before every look at one entity or one debtor."""

    def __init__(self, books: MemoryBooks, looked: Callable[[], None]) -> None:
        self._items, self._looked, self.commit = books._items, looked, books.commit
        self._parts: dict[str, list[str]] = defaultdict(list)

    def noticed(self, changes: Changes) -> None:
        for entity in changes.create:
            pk, sk = key_of(entity)
            insort(self._parts[pk], sk)
        for entity in changes.update:  # What is replaced need not have been there.
            pk, sk = key_of(entity)
            if next(self._from((pk, sk), sk), "") != sk:
                insort(self._parts[pk], sk)

    def find(self, kind: type, org: str, debtor: str = "", id: str = "") -> Any:
        self._looked()
        return self._items.get(kind_of(kind).key(org, debtor, id))

    def get(self, kind: type, org: str, debtor: str = "", id: str = "") -> Any:
        found = self.find(kind, org, debtor, id)
        if found is None:
            raise NotFound(f"{kind_of(kind).name}_not_found", "It is not here.")
        return found

    def lookup(self, org: str, kind: str, value: str) -> Any:
        return self.find(Reference, org, kind, value)

    def all_of(self, kind: type, org: str, debtor: str) -> list[Any]:
        self._looked()
        return list(self._of(kind_of(kind).key(org, debtor, "")))

    def listing(self, kind: type, org: str, part: str = "", *, after: str, limit: int) -> list[Any]:
        first = kind_of(kind).key(org, part, after)[1] if after else ""
        return list(self._of(kind_of(kind).key(org, part, ""), first))[:limit]

    def every(self, *kinds: type, segment: int = 0, of: int = 1) -> Iterator[Any]:
        """Debtor by debtor, as the table gives it."""
        for pk in list(self._parts):
            if crc32(pk.encode()) % of == segment:
                yield from (one for one in self._of((pk, "")) if isinstance(one, kinds))

    def _of(self, place: Key, after: str = "") -> Iterator[Any]:
        for sk in self._from(place, after):
            if sk > after:
                yield self._items[place[0], sk]

    def _from(self, place: Key, after: str) -> Iterator[str]:
        part = self._parts.get(place[0], [])
        for n in range(bisect_left(part, max(place[1], after)), len(part)):
            if not part[n].startswith(place[1]):
                return
            yield part[n]


class RoughFigures:
    """`FigureCounter` for one worker: others may go first before every look and every count, and
    the machine stops around the count at which `crash_in` comes to zero."""

    def __init__(self, kept: MemoryFigures, looked: Callable[[], None], told: Counter[str]) -> None:
        self._kept, self._looked, self._told = kept, looked, told
        self.crash_in, self.crash_after = 0, False

    def seen(self, org: str, source: str) -> Seen:
        self._looked()
        return self._kept.seen(org, source)

    def seen_all(self, org: str, sources: Collection[str]) -> dict[str, Seen]:
        return {source: self.seen(org, source) for source in sources}

    def cells(self, *asked: Any) -> dict[Cell, int]:
        return self._kept.cells(*asked)

    def count(self, org: str, source: str, before: Seen, after: Mapping[Cell, int]) -> None:
        self._looked()
        self.crash_in -= 1
        if self.crash_in == 0 and not self.crash_after:
            raise Crash
        try:
            self._kept.count(org, source, before, after)
        except Conflict:
            self._told["conflicts"] += 1
            raise
        if self.crash_in == 0:
            raise Crash

    def count_all(self, org: str, counts: Sequence[Count]) -> list[str]:
        refused = []
        for one in counts:
            try:
                self.count(org, one.source, one.before, one.after)
            except Conflict:
                refused.append(one.source)
        return refused
