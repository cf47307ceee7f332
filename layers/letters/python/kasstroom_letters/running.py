"""What is printed runs down its pages: head and foot on each, and a new one when it is full."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from io import BytesIO

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from kasstroom_letters.sheet import (
    INK,
    LEFT,
    LOWEST,
    NEXT_TOP,
    RIGHT,
    SUBJECT_TOP,
    OnSheet,
    Sheet,
)
from kasstroom_letters.type import TEXT, broken, use_typeface


class Running:
    """How far down the paper is: `y` is the top of what comes next. `pages` is how many there will
    be, which the foot of each says."""

    def __init__(self, sheet: Sheet, pages: int) -> None:
        self.sheet, self.pages = sheet, pages
        self.page, self.y = 1, SUBJECT_TOP

    def room(self, height: float) -> bool:
        """Turns the page when so much does not fit; True when it did."""
        if self.y + height <= LOWEST:
            return False
        self.sheet.foot(self.page, self.pages)
        self.sheet.canvas.showPage()
        self.page, self.y = self.page + 1, NEXT_TOP
        self.sheet.following()
        return True

    def lines(
        self, text: str, font: str = TEXT, size: float = 10, leading: float = 4.8,
        colour: Color = INK,
    ) -> None:  # fmt: skip
        for line in broken(text, font, size, (RIGHT - LEFT) * mm):
            self.room(leading)
            self.y += leading
            self.sheet.text(LEFT, self.y - 1.2, line, size, font, colour)

    def end(self) -> None:
        self.sheet.foot(self.page, self.pages)


def drawn(paper: OnSheet, write: Callable[[Sheet], Running]) -> tuple[bytes, int]:
    """The PDF and how many pages it has. The same paper gives the same bytes."""
    use_typeface()
    out = BytesIO()
    canvas = Canvas(out, (210 * mm, 297 * mm), 1, 1, invariant=1, lang=paper.language)
    canvas.setTitle(paper.subject)
    canvas.setAuthor(paper.sender.name)
    canvas.setSubject(", ".join(value for _, value in paper.facts))
    canvas.setCreator("Kasstroom")
    stamp = paper.at.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
    canvas.setDateFormatter(lambda *_: stamp)
    run = write(Sheet(canvas, paper))
    canvas.save()
    return out.getvalue(), run.page
