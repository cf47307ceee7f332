"""The figures in memory, as strict as the table: a source counted meanwhile is a Conflict."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from kasstroom.errors import Conflict
from kasstroom.reports.figure_store import Count, Seen
from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.sheet import KeptSheet, Sheet, by_sheet, difference
from kasstroom.reports.sources import SEPARATOR


class MemoryFigures:
    """`kasstroom.reports.figure_store.FigureLedger`. `put` is for tests that only read."""

    def __init__(self) -> None:
        self._cells: dict[str, dict[Cell, int]] = {}
        self._seen: dict[tuple[str, str], Seen] = {}
        self._moved: Counter[tuple[str, Sheet]] = Counter()
        self._lock = threading.Lock()

    def put(self, org: str, cells: Mapping[Cell, int]) -> None:
        """Cells that are just there, whoever contributed them."""
        with self._lock:
            self._add(org, cells)

    def cells(
        self, org: str, measures: Collection[Measure], since: date | None = None
    ) -> dict[Cell, int]:
        return {
            cell: value
            for cell, value in self._cells.get(org, {}).items()
            if value
            and cell.measure in measures
            and (since is None or cell.on is None or cell.on >= since)
        }

    def seen(self, org: str, source: str) -> Seen:
        return self._seen.get((org, source), Seen())

    def count(self, org: str, source: str, before: Seen, after: Mapping[Cell, int]) -> None:
        with self._lock:
            known = self.seen(org, source)
            if known.revision != before.revision:
                raise Conflict("counted_meanwhile", "Somebody else counted this; read it again.")
            self._add(org, difference(after, before.cells))
            counted = {cell: value for cell, value in after.items() if value}
            self._seen[org, source] = Seen(before.revision + 1, counted)

    def seen_all(self, org: str, sources: Collection[str]) -> dict[str, Seen]:
        return {source: self.seen(org, source) for source in sources}

    def count_all(self, org: str, counts: Sequence[Count]) -> list[str]:
        refused = []
        for one in counts:
            try:
                self.count(org, one.source, one.before, one.after)
            except Conflict:
                refused.append(one.source)
        return refused

    def counted(self, org: str, debtor: str = "") -> Iterator[tuple[str, Seen]]:
        start = f"{debtor}{SEPARATOR}" if debtor else ""
        found = sorted(self._seen.items())
        yield from ((n, seen) for (o, n), seen in found if o == org and n.startswith(start))

    def sheets(self, org: str) -> list[KeptSheet]:
        kept = {c: value for c, value in self._cells.get(org, {}).items() if value}
        found = by_sheet(kept)
        names = {sheet for o, sheet in self._moved if o == org}
        return [KeptSheet(n, self._moved[org, n], found.get(n, {})) for n in names]

    def put_right(self, org: str, kept: KeptSheet, cells: Mapping[Cell, int]) -> None:
        with self._lock:
            if self._moved[org, kept.sheet] != kept.moved:
                raise Conflict("counted_meanwhile", "These figures moved; count them again.")
            self._add(org, difference(cells, kept.cells))

    def _add(self, org: str, cells: Mapping[Cell, int]) -> None:
        mine = self._cells.setdefault(org, {})
        for cell, value in cells.items():
            mine[cell] = mine.get(cell, 0) + value
        self._moved.update((org, sheet) for sheet in by_sheet(cells))
