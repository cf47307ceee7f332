"""The nightly photograph of every organisation, taken in segments side by side.

It is a photograph of an open shop: what is booked while it is taken may be in it or not, but all
rows of one debtor tell of the same moment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zlib import crc32

from kasstroom.bank.model import BankLine
from kasstroom.credit.model import CreditAccount
from kasstroom.debtors.model import Debtor
from kasstroom.ids import new_id
from kasstroom.invoices.model import Invoice
from kasstroom.organisations.model import Organisation
from kasstroom.payments.model import Entry, UnmatchedMoney
from kasstroom.ports import Books
from kasstroom.reports.lake import PHOTOGRAPHED, work
from kasstroom.reports.lake.about import About
from kasstroom.reports.lake.names import Names
from kasstroom.reports.lake.partition import OF_DEBTOR, Made, Partition
from kasstroom.reports.lake.ports import ExportQueue, LakeSink, Run, Runs, Segment
from kasstroom.reports.lake.spool import Spool
from kasstroom.time import day_of

SEGMENTS = 16
"""How many functions read the books side by side. Each reads a sixteenth, whatever their size; more
of them make a night shorter and its files smaller."""
SHELVES = 32
"""The debtors of an organisation are set aside in so many piles, of which one is in memory."""
_LOOSE = -1
_AGAIN = 3


@dataclass(frozen=True, slots=True)
class Exported:
    """What a segment wrote. `complete`: it was the last of its run, and the day of `orgs` can be
    asked for; `superseded`: a later run of that day took its place, and nothing was written."""

    as_of: date
    rows: int = 0
    complete: bool = False
    orgs: tuple[str, ...] = ()
    superseded: bool = False


def plan_export(runs: Runs, queue: ExportQueue, now: datetime) -> Run:
    """Begins the run of today (Amsterdam); what an earlier one of today wrote is gone."""
    run = Run(day_of(now), new_id("run", now), SEGMENTS)
    runs.begin(run)
    queue.put([Segment(run, number) for number in range(run.of)])
    return run


def export_segment(books: Books, sink: LakeSink, runs: Runs, segment: Segment) -> Exported:
    """Writes one segment; again gives the same files. The last one of a run registers the day, so
    that it can be asked for when all of it is there."""
    if not runs.is_current(segment.run):
        return Exported(segment.run.as_of, superseded=True)
    with TemporaryDirectory() as folder:
        taken = _Taken(books, segment, Spool(Path(folder)))
        taken.read()
        rows = sum(taken.lay_down(org, sink) for org in sorted(taken.shelves))
    orgs = runs.done(segment, sorted(taken.shelves))
    for table in PHOTOGRAPHED if orgs is not None else ():
        sink.register(table, orgs or (), segment.run.as_of)
    return Exported(segment.run.as_of, rows, orgs is not None, orgs or ())


class _Taken:
    """The items of a segment by organisation and shelf: the order they are read in does not matter,
    and no more than one shelf is in memory."""

    def __init__(self, books: Books, segment: Segment, spool: Spool) -> None:
        self._books = books
        self._names = Names(books)
        self._segment = segment
        self._spool = spool
        self.shelves: defaultdict[str, set[int]] = defaultdict(set)

    def read(self) -> None:
        kinds = (Organisation, BankLine, UnmatchedMoney, *OF_DEBTOR)
        place = {"segment": self._segment.number, "of": self._segment.run.of}
        for item in self._books.every(*kinds, **place):
            shelves = self.shelves[item.org]
            if not isinstance(item, Organisation):
                shelf = _shelf(item)
                shelves.add(shelf)
                self._spool.add((item.org, shelf), _slim(item))

    def lay_down(self, org: str, sink: LakeSink) -> int:
        """How many rows were written."""
        count = 0
        with sink.part(org, self._segment, PHOTOGRAPHED) as part:
            for table, row in self._rows(org):
                part.add(table, row)
                count += 1
        return count

    def _rows(self, org: str) -> Made:
        as_of = self._segment.run.as_of
        for shelf in sorted(self.shelves[org]):
            items = self._spool.take((org, shelf))
            if shelf == _LOOSE:
                yield from self._loose(items)
                continue
            for partition in _partitions(org, items).values():
                yield from agreeing(self._books, partition).rows(self._names, as_of)

    def _loose(self, items: Iterator[Any]) -> Made:
        """What lies in lists of the organisation, beside its debtors."""
        as_of = self._segment.run.as_of
        for item in items:
            if isinstance(item, BankLine):
                yield work.BANK_LINES, work.BANK_LINES.row(About(None, as_of, item))
            else:
                token = self._names.token(item.org, item.debtor)
                about = About(None, as_of, item, token)
                yield work.UNMATCHED_MONEY, work.UNMATCHED_MONEY.row(about)


def agreeing(books: Books, partition: Partition) -> Partition:
    """Read again, strongly consistent, when something was booked while it was read."""
    for _ in range(_AGAIN):
        if partition.agrees:
            return partition
        for kind in (Entry, Invoice):
            found = books.all_of(kind, partition.org, partition.number)
            partition.found[kind] = found
    return partition


def _partitions(org: str, items: Iterator[Any]) -> Mapping[str, Partition]:
    partitions: dict[str, Partition] = {}
    for item in items:
        number = _number(item)
        partitions.setdefault(number, Partition(org, number)).add(item)
    return partitions


def _number(item: Any) -> str:
    return item.number if isinstance(item, Debtor) else item.debtor


def _shelf(item: Any) -> int:
    if isinstance(item, BankLine | UnmatchedMoney):
        return _LOOSE
    return crc32(_number(item).encode()) % SHELVES


def _slim(item: Any) -> Any:
    """Without what the lake never takes and the disk cannot hold: sealed answers."""
    return replace(item, recent=()) if isinstance(item, CreditAccount) else item
