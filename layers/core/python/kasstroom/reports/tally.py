"""Adding up what one entity contributes."""

from __future__ import annotations

from datetime import date

from kasstroom.money import Money
from kasstroom.reports.measures import Cell, Measure


class Tally:
    """Cells of one entity while they are added up; what comes to zero is no cell."""

    def __init__(self) -> None:
        self._cells: dict[Cell, int] = {}

    def money(
        self, measure: Measure, amount: Money, *parts: object, on: date | None = None
    ) -> None:
        """`amount` in its own currency; `parts` as text, None as empty."""
        self._add(Cell(measure, amount.currency, on, _texts(parts)), amount.minor)

    def count(
        self, measure: Measure, *parts: object, on: date | None = None, number: int = 1
    ) -> None:
        self._add(Cell(measure, "", on, _texts(parts)), number)

    def _add(self, cell: Cell, value: int) -> None:
        self._cells[cell] = self._cells.get(cell, 0) + value

    @property
    def cells(self) -> dict[Cell, int]:
        return {cell: value for cell, value in self._cells.items() if value}


def _texts(parts: tuple[object, ...]) -> tuple[str, ...]:
    return tuple("" if part is None else str(part) for part in parts)
