"""A lake in memory: what a test lays down there it finds again, by organisation and table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from kasstroom.ports import Books
from kasstroom.reports.lake import Row, Table
from kasstroom.reports.lake.asking import Ground, export_whole
from kasstroom.reports.lake.photograph import Exported
from kasstroom.reports.lake.ports import Run, Segment
from tests.lake_world import NOW
from tests.memory_figures import MemoryFigures


class _Part:
    def __init__(self) -> None:
        self.rows: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)

    def add(self, table: Table, row: Row) -> None:
        names = [column.name for column in table.columns]
        self.rows[table.name].append(dict(zip(names, row, strict=True)))


class KeptLake:
    """`LakeSink`, `Runs` and `ExportQueue` in one, as strict as the ones on AWS."""

    def __init__(self) -> None:
        self.parts: dict[tuple[date, str, int], dict[str, list[dict[str, Any]]]] = {}
        self.registered: list[tuple[str, str, date]] = []
        self.queued: list[Segment] = []
        self.figures_of: list[str] = []
        self._run: Run | None = None
        self._done: dict[int, tuple[str, ...]] = {}

    def rows(self, table: Table, org: str) -> list[dict[str, Any]]:
        return [
            row for (_, of, _), found in sorted(self.parts.items()) if of == org
            for row in found.get(table.name, [])
        ]  # fmt: skip

    @contextmanager
    def part(self, org: str, segment: Segment, tables: Sequence[Table]) -> Iterator[_Part]:
        part = _Part()
        yield part
        names = {table.name for table in tables}
        assert part.rows.keys() <= names
        kept = self.parts.setdefault((segment.run.as_of, org, segment.number), {})
        for name in names:
            kept.pop(name, None)
        kept.update(part.rows)

    def register(self, table: Table, orgs: Sequence[str], on: date) -> None:
        self.registered += [(table.name, org, on) for org in orgs]

    def begin(self, run: Run) -> None:
        self._run, self._done = run, {}
        self.parts = {key: rows for key, rows in self.parts.items() if key[0] != run.as_of}

    def is_current(self, run: Run) -> bool:
        return run == self._run

    def done(self, segment: Segment, orgs: Sequence[str]) -> tuple[str, ...] | None:
        self._done[segment.number] = tuple(orgs)
        if len(self._done) < segment.run.of:
            return None
        return tuple(sorted({org for found in self._done.values() for org in found}))

    def put(self, segments: Sequence[Segment]) -> None:
        self.queued += segments

    def put_figures(self, run: Run, orgs: Sequence[str]) -> None:
        self.figures_of += orgs


def photographed(books: Books, kept: KeptLake, now: datetime = NOW) -> Exported:
    """A whole photograph by hand; there are no figures."""
    return export_whole(Ground(books, MemoryFigures(), kept, kept, kept), now)
