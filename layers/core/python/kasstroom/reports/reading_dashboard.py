"""Reads what the dashboard shows; the same cells give the same dashboard, made once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kasstroom.ports import Books
from kasstroom.reports.assumptions import Assumptions, assumptions_of
from kasstroom.reports.dashboard import Dashboard
from kasstroom.reports.dashboard_figures import MEASURES, currencies_in, dashboard, since
from kasstroom.reports.figure_store import FigureStore
from kasstroom.reports.kpi.figures import Figures
from kasstroom.reports.measures import Cells


@dataclass(frozen=True, slots=True)
class _Made:
    cells: Cells
    today: date
    assumptions: Assumptions
    board: Dashboard


@dataclass(frozen=True, slots=True)
class Boards:
    """Kept for the life of a process: an open page asks every few seconds, and mostly nothing
    changed."""

    figures: FigureStore
    books: Books
    _made: dict[tuple[str, str], _Made] = field(default_factory=dict)

    def board(self, org: str, currency: str, today: date) -> Dashboard:
        """In `currency`, when something is or was in it; else in euros, or the first there is."""
        cells = self.figures.cells(org, MEASURES, since(today))
        stated = assumptions_of(self.books, org).stated
        known = currencies_in(cells)
        chosen = currency if currency in known else known[0]
        made = self._made.get((org, chosen))
        if made and (made.cells, made.today, made.assumptions) == (cells, today, stated):
            return made.board
        board = dashboard(Figures(cells, today, today, chosen, stated), known)
        self._made[org, chosen] = _Made(cells, today, stated, board)
        return board
