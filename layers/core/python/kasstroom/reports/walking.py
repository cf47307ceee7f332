"""One debtor after another: how a report of rows reads the books, whatever their size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from kasstroom.debtors.model import Debtor, Listed
from kasstroom.ports import Books
from kasstroom.reports.shape import Asked, Row, Rows, Sources
from kasstroom.segments.model import SegmentMember

AT_ONCE = 500
READERS, WINDOW = 8, 64


@dataclass(frozen=True, slots=True)
class OfDebtor:
    """What the report asked for of one debtor, by kind."""

    number: str
    name: str
    found: dict[type, list[Any]] = field(default_factory=dict)

    def all(self, kind: type) -> Any:
        return self.found[kind]

    @property
    def heading(self) -> Row:
        return {"debtor": self.number, "debtor_name": self.name}


RowsOf = Callable[[OfDebtor, Asked], Iterator[Row]]


def by_debtor(rows_of: RowsOf, *kinds: type) -> Rows:
    """Rows of a report made debtor by debtor, from all items of these kinds."""

    def rows(sources: Sources, asked: Asked) -> Iterator[Row]:
        for of in walk(sources.books, asked, kinds):
            yield from rows_of(of, asked)

    return rows


def walk(books: Books, asked: Asked, kinds: tuple[type, ...]) -> Iterator[OfDebtor]:
    """Every debtor of the organisation, or of the segment, in the order of their numbers. A debtor
    without any of these kinds is passed over, its name unread. A few are read at once, because
    most of the time is waiting for the table; no more than a window is in memory."""

    def known(number: str) -> OfDebtor | None:
        found = {kind: books.all_of(kind, asked.org, number) for kind in kinds}
        if not any(found.values()):
            return None
        debtor = books.find(Debtor, asked.org, number)
        return OfDebtor(number, debtor.name if debtor else "", found)

    rest = numbers(books, asked)
    with ThreadPoolExecutor(READERS) as pool:
        while window := list(islice(rest, WINDOW)):
            for of in pool.map(known, window) if len(window) > 1 else map(known, window):
                if of:
                    yield of


def numbers(books: Books, asked: Asked) -> Iterator[str]:
    if not asked.segment:
        return (one.number for one in _paged(books, Listed, asked.org, "", "number"))
    members = _paged(books, SegmentMember, asked.org, asked.segment, "debtor")
    return (one.debtor for one in members if one.gone_at is None)


def _paged(books: Books, kind: type, org: str, part: str, id: str) -> Iterator[Any]:
    after = ""
    while True:
        page = books.listing(kind, org, part, after=after, limit=AT_ONCE)
        yield from page
        if len(page) < AT_ONCE:
            return
        after = getattr(page[-1], id)
