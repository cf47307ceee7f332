"""What the export asks of the outside."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kasstroom.reports.lake.shape import Row, Table


@dataclass(frozen=True, slots=True)
class Run:
    """One photograph of all books, taken in `of` segments. Of a day only the last run counts."""

    as_of: date
    id: str
    of: int


@dataclass(frozen=True, slots=True)
class Segment:
    """The `number`th part of a run, from zero; all of a debtor is in one."""

    run: Run
    number: int


class Part(Protocol):
    """The rows of one organisation in one segment, laid down when it is closed."""

    def add(self, table: Table, row: Row) -> None: ...


class LakeSink(Protocol):
    def part(
        self, org: str, segment: Segment, tables: Sequence[Table]
    ) -> AbstractContextManager[Part]:
        """Replaces what this segment had in these tables for this organisation and day. A table
        without rows leaves no file."""
        ...

    def register(self, table: Table, orgs: Sequence[str], on: date) -> None:
        """Makes what was written for these organisations and this day findable for questions;
        what is known already stays as it is.
        """
        ...


class Runs(Protocol):
    """Which run of a day counts, and how far it is."""

    def begin(self, run: Run) -> None:
        """Takes away what earlier runs of that day wrote, so that nothing of them remains."""
        ...

    def is_current(self, run: Run) -> bool:
        """Whether no later run of that day began."""
        ...

    def done(self, segment: Segment, orgs: Sequence[str]) -> tuple[str, ...] | None:
        """Notes that a segment is written; the organisations of all segments together when this
        was the last one, else None."""
        ...


class ExportQueue(Protocol):
    """What is still to be written of a run."""

    def put(self, segments: Sequence[Segment]) -> None: ...

    def put_figures(self, run: Run, orgs: Sequence[str]) -> None:
        """The figures of these organisations, each of which is worked out by itself."""
        ...
