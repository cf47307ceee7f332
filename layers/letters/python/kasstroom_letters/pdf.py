"""A letter as a PDF: the running text below the head, over as many pages as it takes.

The same letter gives the same bytes. A payment block, and the close with its name, are never torn
apart; a table's head is repeated on each page.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.colors import Color
from reportlab.lib.units import mm

from kasstroom.messages.letters import Letter, PrintedLetter
from kasstroom_letters.payment_block import drawn as payment_drawn
from kasstroom_letters.payment_block import height_of
from kasstroom_letters.running import Running, drawn
from kasstroom_letters.sheet import GREY, INK, LEFT, RIGHT, Sheet
from kasstroom_letters.type import STRONG, TEXT, broken, shortened, width_of

FIRST_COLUMN = 0.34
"""Share of the table's width: invoice numbers can be long."""


@dataclass(frozen=True, slots=True)
class Spacing:
    """Millimetres between lines, after a paragraph, of a table's row, and between lines of what the
    law says; `body` and `small` are type sizes in points."""

    leading: float
    paragraph: float
    row: float
    fine: float
    body: float
    small: float


WIDE = Spacing(4.8, 2.6, 6.1, 4.1, 10.0, 9.0)
TIGHT = Spacing(4.15, 1.6, 5.0, 3.5, 9.5, 8.4)
"""For a letter that would be a few lines longer than one page."""


def printed(letter: Letter) -> PrintedLetter:
    """What a channel takes; drawn twice, because the foot says how many pages there are."""
    spacing = WIDE
    pages = _drawn(letter, 0, WIDE)[1]
    if pages == 2 and _drawn(letter, 0, TIGHT)[1] == 1:
        spacing, pages = TIGHT, 1
    content, pages = _drawn(letter, pages, spacing)
    return PrintedLetter(content, pages, letter.addressee, letter.at)


def letter_pdf(letter: Letter) -> bytes:
    return printed(letter).pdf


def _drawn(letter: Letter, pages: int, spacing: Spacing) -> tuple[bytes, int]:
    def write(sheet: Sheet) -> Running:
        run = _Run(sheet, letter, pages, spacing)
        run.write()
        return run

    return drawn(letter, write)


class _Run(Running):
    def __init__(self, sheet: Sheet, letter: Letter, pages: int, spacing: Spacing) -> None:
        super().__init__(sheet, pages)
        self.letter, self.space = letter, spacing

    def write(self) -> None:
        letter = self.letter
        self.sheet.first()
        self.lines(letter.subject, STRONG, 12.5, 5.6)
        self.y += 3.4
        for text in filter(None, (letter.salutation, *letter.paragraphs)):
            self._text(text)
            self.y += self.space.paragraph
        self.y += 1.2
        self._table()
        self._sums()
        self._payment()
        for text in letter.legal:
            self.room(
                self.space.fine * len(broken(text, TEXT, self.space.small, (RIGHT - LEFT) * mm))
            )
            self.lines(text, TEXT, self.space.small, self.space.fine)
            self.y += 1.4
        self._close()
        self.end()

    def _text(self, text: str, font: str = TEXT) -> None:
        self.lines(text, font, self.space.body, self.space.leading)

    def _table(self) -> None:
        table = self.letter.table
        if not table.rows:
            return
        self.room(self.space.row * 3)
        self._head()
        for row in table.rows:
            if self.room(self.space.row):
                self._head()
            self._row(row, TEXT, 9.5, INK)
            self.sheet.line(LEFT, self.y, RIGHT)

    def _head(self) -> None:
        self._row(self.letter.table.headings, STRONG, 8.5, GREY)
        self.sheet.line(LEFT, self.y, RIGHT, self.sheet.accent, 0.9)

    def _row(self, cells: tuple[str, ...], font: str, size: float, colour: Color) -> None:
        """The first column is the widest, the last stands to the right."""
        width = RIGHT - LEFT
        rest = width * (1 - FIRST_COLUMN) / (len(cells) - 1)
        starts = [LEFT, *(LEFT + width * FIRST_COLUMN + n * rest for n in range(len(cells) - 2))]
        base = self.y + self.space.row - 1.9
        for at, (x, cell) in enumerate(zip(starts, cells, strict=False)):
            room = (width * FIRST_COLUMN if at == 0 else rest) - 3
            self.sheet.text(x, base, shortened(cell, font, size, room * mm), size, font, colour)
        self.sheet.right(RIGHT, base, cells[-1], size, font, colour)
        self.y += self.space.row

    def _sums(self) -> None:
        sums = self.letter.sums
        self.room(self.space.row * len(sums) + 4)
        self.y += 1
        for line in sums:
            self.y += 0 if line.amount else 1
            font, size = (STRONG, 11) if line.strong else (TEXT, 9.5)
            amount = width_of(line.amount, font, size) / mm
            room = (RIGHT - LEFT - amount - 4) * mm
            base = self.y + self.space.row - 1.7
            self.sheet.text(LEFT, base, shortened(line.label, font, size, room), size, font)
            self.sheet.right(RIGHT, base, line.amount, size, font)
            self.y += self.space.row
        self.y += 4

    def _payment(self) -> None:
        block = self.letter.payment
        self.room(height_of(block, self.space.small) + 4)
        self.y += payment_drawn(self.sheet, block, self.y, self.space.small) + 4

    def _close(self) -> None:
        letter = self.letter
        self.room(self.space.leading * 2 + 4)
        self.y += 2
        self._text(letter.closing)
        self.y += 2
        self._text(letter.sender.name, STRONG)
