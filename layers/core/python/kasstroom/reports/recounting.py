"""The figures counted again from nothing, and put right where they differ.

Three things are compared: what the books say, what is remembered of each entity, and the cells. The
latter two move in one transaction, so that between them nothing differs but by a fault; between the
first two there can also be news on its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kasstroom.errors import Conflict
from kasstroom.ports import Books
from kasstroom.reports.adding_up import refresh_all
from kasstroom.reports.contributions import COUNTED, contributions
from kasstroom.reports.figure_store import FigureLedger
from kasstroom.reports.known_debtor import KnownDebtor
from kasstroom.reports.measures import Cell
from kasstroom.reports.sheet import KeptSheet, by_sheet, difference, total
from kasstroom.reports.sources import News, Source, source_named, source_of

Figures = dict[str, dict[Cell, int]]
"""Cells by organisation."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that says `kept` where the books say `counted`."""

    org: str
    cell: Cell
    kept: int
    counted: int


@dataclass(frozen=True, slots=True)
class Recounted:
    """`differing` is what was found before anything was put right. `late` sources were counted
    anew, because news of them was on its way or lost; `faults` are cells that were not the sum of
    their sources, of which `left` moved meanwhile and wait for the next recount."""

    organisations: int
    cells: int
    differing: tuple[Difference, ...]
    late: int = 0
    faults: int = 0
    left: int = 0


def recount(books: Books, ledger: FigureLedger) -> Recounted:
    """Reads the books once; a second time when something differs. It holds the cells of all
    organisations and the items of one debtor in memory. What is booked meanwhile may show as a
    difference; it is then counted here or by the news of it, whichever is first."""
    found = afresh(books)
    differing = [one for org, cells in found.items() for one in compare(ledger, org, cells)]
    orgs = sorted({one.org for one in differing})
    late = _late(books, ledger, orgs) if orgs else 0
    faults = left = 0
    for org in orgs:
        wrong, moved = _sums_put_right(ledger, org)
        faults, left = faults + wrong, left + moved
    cells = sum(len(cells) for cells in found.values())
    return Recounted(len(found), cells, tuple(differing), late, faults, left)


def afresh(books: Books) -> Figures:
    """All cells of all organisations, from the books alone."""
    found: Figures = {}
    for read in _together(books):
        known = KnownDebtor(books, read)
        cells = found.setdefault(read[0].org, {})
        for entity in read:
            for cell, value in contributions(entity, known).items():
                cells[cell] = cells.get(cell, 0) + value
    return {org: total([cells]) for org, cells in found.items()}


def compare(ledger: FigureLedger, org: str, counted: dict[Cell, int]) -> list[Difference]:
    """What the figures say otherwise than `counted`."""
    kept = total(sheet.cells for sheet in ledger.sheets(org))
    return [
        Difference(org, cell, kept.get(cell, 0), counted.get(cell, 0))
        for cell in difference(counted, kept)
    ]


def _together(books: Books) -> Iterator[list[Any]]:
    """The items of one debtor at a time, where the books give them together; what lies in a list of
    the organisation one by one."""
    for _, read in groupby(books.every(*COUNTED), key=_place):
        yield list(read)


def _place(entity: Any) -> tuple[str, ...]:
    source = source_of(entity)
    return (source.org, source.debtor) if source.debtor else (source.org, "", source.name)


def _late(books: Books, ledger: FigureLedger, orgs: Iterable[str]) -> int:
    """Counts every entity again whose contribution is not what is remembered of it."""
    wanted, late = set(orgs), 0
    for read in _together(books):
        if read[0].org in wanted:
            known = KnownDebtor(books, read)
            stale = map(News, _stale(ledger, read, known))
            late += refresh_all(books, ledger, stale)
    return late


def _stale(ledger: FigureLedger, read: list[Any], known: KnownDebtor) -> Iterator[Source]:
    first = source_of(read[0])
    if not first.debtor:
        remembered = {first.name: ledger.seen(first.org, first.name)}
    else:
        remembered = dict(ledger.counted(first.org, first.debtor))
    for entity in read:
        source = source_of(entity)
        seen = remembered.pop(source.name, None)
        if (dict(seen.cells) if seen else {}) != contributions(entity, known):
            yield source
    for name, seen in remembered.items():
        if seen.cells:
            yield source_named(first.org, name, COUNTED)


def _sums_put_right(ledger: FigureLedger, org: str) -> tuple[int, int]:
    """Cells that were not the sum of what is remembered of their sources, and how many of these
    moved meanwhile. The sheets are read first: one that did not move since then should say what
    its sources, read after it, add up to."""
    kept = {one.sheet: one for one in ledger.sheets(org)}
    remembered = total(seen.cells for _, seen in ledger.counted(org))
    wrong = difference(remembered, total(one.cells for one in kept.values()))
    right, faults, left = by_sheet(remembered), 0, 0
    for sheet, cells in by_sheet(wrong).items():
        try:
            ledger.put_right(org, kept.get(sheet, KeptSheet(sheet)), right.get(sheet, {}))
            faults += len(cells)
        except Conflict:
            left += len(cells)
    return faults, left
