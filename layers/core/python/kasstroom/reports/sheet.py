"""Which cells are kept together: few enough to be one small item, many enough to be read fast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kasstroom.reports.measures import SHAPES, Cell, Measure

_DATED = frozenset({"due_on", "issued_on", "until"})
"""Dimensions that are days: their cells are kept by month, or a stock of years is one item."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One measure of one currency on one day (None: as it stands now); `month` (`2026-09`) is that
    of the cells' own date, empty without one."""

    measure: Measure
    currency: str
    on: date | None
    month: str = ""


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """What a sheet says now. `moved` counts its changes: while it is the same, so are the cells."""

    sheet: Sheet
    moved: int = 0
    cells: Mapping[Cell, int] = field(default_factory=dict)


def sheet_of(cell: Cell) -> Sheet:
    dated = [
        part
        for name, part in zip(SHAPES[cell.measure].parts, cell.parts, strict=False)
        if name in _DATED
    ]
    return Sheet(cell.measure, cell.currency, cell.on, dated[0][:7] if dated else "")


def by_sheet(cells: Mapping[Cell, int]) -> dict[Sheet, dict[Cell, int]]:
    found: dict[Sheet, dict[Cell, int]] = {}
    for cell, value in cells.items():
        found.setdefault(sheet_of(cell), {})[cell] = value
    return found


def difference(after: Mapping[Cell, int], before: Mapping[Cell, int]) -> dict[Cell, int]:
    """What has to be added to `before`; nothing that is zero."""
    moved = {cell: after.get(cell, 0) - before.get(cell, 0) for cell in {*after, *before}}
    return {cell: value for cell, value in moved.items() if value}


def total(many: Iterable[Mapping[Cell, int]]) -> dict[Cell, int]:
    found: dict[Cell, int] = {}
    for cells in many:
        for cell, value in cells.items():
            found[cell] = found.get(cell, 0) + value
    return {cell: value for cell, value in found.items() if value}
