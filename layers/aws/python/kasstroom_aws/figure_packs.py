"""Which sources are counted in one transaction: in a sheet they share, they are one write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kasstroom.reports.figure_store import Count
from kasstroom.reports.measures import Cell
from kasstroom.reports.sheet import Sheet, by_sheet, difference

LARGEST_TRANSACTION = 100


@dataclass(slots=True)
class Pack:
    """Sources, and what they move together."""

    counts: list[Count] = field(default_factory=list)
    moved: dict[Sheet, dict[Cell, int]] = field(default_factory=dict)

    def has_room_for(self, moved: dict[Sheet, dict[Cell, int]]) -> bool:
        sheets = len(self.moved.keys() | moved.keys())
        return not self.counts or len(self.counts) + 1 + sheets <= LARGEST_TRANSACTION

    def take(self, one: Count, moved: dict[Sheet, dict[Cell, int]]) -> None:
        self.counts.append(one)
        for sheet, cells in moved.items():
            mine = self.moved.setdefault(sheet, {})
            for cell, value in cells.items():
                mine[cell] = mine.get(cell, 0) + value

    @property
    def sheets(self) -> dict[Sheet, dict[Cell, int]]:
        """What is left to write where sources cancel each other out."""
        found = {s: {c: v for c, v in cells.items() if v} for s, cells in self.moved.items()}
        return {sheet: cells for sheet, cells in found.items() if cells}


def packs(counts: Sequence[Count]) -> Iterator[Pack]:
    """In their order; who moves more than one transaction holds is alone."""
    pack = Pack()
    for one in counts:
        moved = by_sheet(difference(one.after, one.before.cells))
        if not pack.has_room_for(moved):
            yield pack
            pack = Pack()
        pack.take(one, moved)
    if pack.counts:
        yield pack
