"""A statement of account as a PDF: its tables run over as many pages as it takes, and each page
repeats the heads. The same statement gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.lib.units import mm

from kasstroom.messages.letters import LetterSum, Row
from kasstroom.messages.statements import PaperStatement, StatementPart, StatementTable
from kasstroom_letters.running import Running, drawn
from kasstroom_letters.sheet import GREY, INK, LEFT, RIGHT, Sheet
from kasstroom_letters.type import STRONG, TEXT, broken, shortened, width_of

ROW, LEADING, GAP = 5.2, 3.5, 2.6
"""Millimetres: of a row, between the lines of a head, and between columns."""
SIZES = (8.8, 8.2, 7.6, 7.0)
"""Points: the largest at which a table fits; in the smallest, what does not fit is shortened."""
SUMS_LEFT, NARROWEST = 105.0, 10.0


def statement_pdf(paper: PaperStatement) -> bytes:
    """Drawn twice, because the foot says how many pages there are."""
    return _drawn(paper, _drawn(paper, 0)[1])[0]


def _drawn(paper: PaperStatement, pages: int) -> tuple[bytes, int]:
    def write(sheet: Sheet) -> Running:
        run = _Run(sheet, pages)
        run.write(paper)
        return run

    return drawn(paper, write)


class _Run(Running):
    def write(self, paper: PaperStatement) -> None:
        self.sheet.first()
        self.lines(paper.subject, STRONG, 12.5, 5.6)
        self.y += 2.4
        for text in paper.paragraphs:
            self.lines(text, TEXT, 9.5, 4.5)
            self.y += 1.2
        for part in paper.parts:
            self._part(part)
        self.end()

    def _part(self, part: StatementPart) -> None:
        self._table(part.items)
        self._sums(part.sums)
        self._table(part.ages)
        self._table(part.payments)

    def _table(self, table: StatementTable) -> None:
        self.room(ROW * 4 + LEADING)
        self.y += 3
        self.lines(table.title, STRONG, 10, 5)
        if not table.rows:
            self.lines(table.empty, TEXT, 9, 4.6, GREY)
            return
        size, widths = fitted(table)
        self._head(table, size, widths)
        for row in table.rows:
            if self.room(ROW):
                self._head(table, size, widths)
            self._cells(row, table.right_from, widths, TEXT, size, INK)
            self.y += ROW
            self.sheet.line(LEFT, self.y, RIGHT)

    def _head(self, table: StatementTable, size: float, widths: list[float]) -> None:
        """A heading wider than its column takes a second line."""
        broken_ones = [
            broken(heading, STRONG, size - 0.6, width * mm)[:2]
            for heading, width in zip(table.headings, widths, strict=True)
        ]
        height = max(map(len, broken_ones))
        self.y += LEADING * (height - 1)
        for at in range(height):
            # From below: the last lines of all headings stand on one line.
            row = tuple(one[at - height] if height - at <= len(one) else "" for one in broken_ones)
            up = LEADING * (height - 1 - at)
            self._cells(row, table.right_from, widths, STRONG, size - 0.6, GREY, up)
        self.y += ROW
        self.sheet.line(LEFT, self.y, RIGHT, self.sheet.accent, 0.9)

    def _cells(
        self, cells: Sequence[str], right_from: int, widths: list[float], font: str, size: float,
        colour: Color, up: float = 0,
    ) -> None:  # fmt: skip
        x, base = LEFT, self.y + ROW - 1.6 - up
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            text = shortened(cell, font, size, width * mm)
            if at < right_from:
                self.sheet.text(x, base, text, size, font, colour)
            else:
                self.sheet.right(x + width, base, text, size, font, colour)
            x += width + GAP

    def _sums(self, sums: tuple[LetterSum, ...]) -> None:
        self.room(ROW * len(sums) + 3)
        self.y += 1.4
        for line in sums:
            font, size = (STRONG, 10.5) if line.strong else (TEXT, 9)
            amount = width_of(line.amount, font, size) / mm
            room = (RIGHT - SUMS_LEFT - amount - 4) * mm
            base = self.y + ROW - 1.5
            self.sheet.text(SUMS_LEFT, base, shortened(line.label, font, size, room), size, font)
            self.sheet.right(RIGHT, base, line.amount, size, font)
            self.y += ROW


def fitted(table: StatementTable) -> tuple[float, list[float]]:
    """The type size (points) and a width per column (millimetres) that fill the line exactly. The
    columns left of the amounts share what is over, and the widest of them gives what is missing; a
    table of amounts only is divided evenly."""
    whole = RIGHT - LEFT - GAP * (len(table.headings) - 1)
    if table.right_from == 0:
        return SIZES[0], [whole / len(table.headings)] * len(table.headings)
    for size in SIZES:
        widths = [_natural(column, size) for column in _columns(table)]
        if sum(widths) <= whole:
            break
    left, over = table.right_from, whole - sum(widths)
    if over >= 0:
        return size, [width + over / left * (at < left) for at, width in enumerate(widths)]
    gives = max(range(left), key=lambda at: widths[at])
    widths[gives] = max(NARROWEST, widths[gives] + over)
    return size, [width * whole / sum(widths) for width in widths]


def _columns(table: StatementTable) -> list[Row]:
    return [
        tuple(row[at] for row in (table.headings, *table.rows)) for at in range(len(table.headings))
    ]


def _natural(column: Row, size: float) -> float:
    """Of its widest cell, and of the widest word of its heading, in millimetres."""
    heading, *cells = column
    widths = [width_of(word, STRONG, size - 0.6) for word in heading.split()]
    return (max([*widths, *(width_of(cell, TEXT, size) for cell in cells)]) + 0.5) / mm
