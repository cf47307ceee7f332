"""An A4 sheet for a window envelope: where everything stands that is on every letter.

All measures are millimetres from the top left corner of the sheet. The address stands in the field
of DIN 5008 form B: 20 from the left, 45 from the top, 85 wide, 45 high. A Dutch EA5/6 or C5/6
envelope with its window on the left (20 from the left; 30 to 45 high, as DIN 680 has it) shows that
field when the sheet is folded at 105 and 210, where the fold marks are; at 148.5 is the mark for a
perforator. Inside it: the sender on one line, then three to six lines in 10.5 points, upright and
not underlined, postcode and town in capitals (PostNL, addressing tips). Nothing else is printed in
the field, so nothing but the address is seen through the window.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Protocol

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from kasstroom.messages.letters import Sender
from kasstroom_letters.type import STRONG, TEXT, broken, shortened, width_of

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT = 25.0, 190.0
FOLDS, PUNCH = (105.0, 210.0), 148.5
WINDOW_TOP, WINDOW_WIDTH = 45.0, 80.0
ADDRESS_TOP, ADDRESS_LEADING = 58.0, 4.9
SIDE, SIDE_TOP = 125.0, 50.0
SUBJECT_TOP, NEXT_TOP = 92.0, 29.0
LOWEST = 276.5
INK, GREY, HAIR = HexColor("#0f1a1e"), HexColor("#5a676c"), HexColor("#d5dcdb")
MOST_LINES = 6


class OnSheet(Protocol):
    """What stands on every sheet of ours, whatever runs down it
    (`kasstroom.messages.letters.Letter` says what each is)."""

    @property
    def sender(self) -> Sender: ...
    @property
    def addressee(self) -> tuple[str, ...]: ...
    @property
    def facts(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def subject(self) -> str: ...
    @property
    def page_of(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def at(self) -> datetime: ...


class Sheet:
    """A canvas measured in millimetres from the top."""

    def __init__(self, canvas: Canvas, letter: OnSheet) -> None:
        self.canvas = canvas
        self.letter = letter
        self.accent = HexColor(letter.sender.accent)

    def text(
        self, x: float, y: float, text: str, size: float = 10, font: str = TEXT,
        colour: Color = INK,
    ) -> None:  # fmt: skip
        """`y` is the baseline."""
        self.canvas.setFillColor(colour)
        self.canvas.setFont(font, size)
        self.canvas.drawString(x * mm, (HEIGHT - y) * mm, text)

    def right(
        self, x: float, y: float, text: str, size: float = 10, font: str = TEXT,
        colour: Color = INK,
    ) -> None:  # fmt: skip
        self.text(x - width_of(text, font, size) / mm, y, text, size, font, colour)

    def line(
        self, x: float, y: float, to: float, colour: Color = HAIR, points: float = 0.5
    ) -> None:
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(points)
        self.canvas.line(x * mm, (HEIGHT - y) * mm, to * mm, (HEIGHT - y) * mm)

    def box(self, x: float, y: float, width: float, height: float, colour: Color) -> None:
        self.canvas.setFillColor(colour)
        self.canvas.rect(x * mm, (HEIGHT - y - height) * mm, width * mm, height * mm, 0, 1)

    def code(self, x: float, y: float, size: float, rows: tuple[str, ...]) -> None:
        """A QR code with its top left corner at `x`, `y`; the quiet zone is the caller's paper."""
        path, dot = self.canvas.beginPath(), size / len(rows)
        for down, row in enumerate(rows):
            for across, bit in enumerate(row):
                if bit == "1":
                    bottom = HEIGHT - y - (down + 1) * dot
                    path.rect((x + across * dot) * mm, bottom * mm, dot * mm, dot * mm)
        self.canvas.setFillColor(HexColor("#000000"))
        self.canvas.drawPath(path, stroke=0, fill=1)

    def first(self) -> None:
        """Head, window, facts and fold marks of the first page."""
        self._mark()
        self._brand()
        sender = self.letter.sender
        for at, line in enumerate(sender.card):
            text = shortened(line, TEXT, 8.5, (RIGHT - SIDE) * mm)
            self.text(SIDE, 18.6 + at * 4.1, text, 8.5, TEXT, GREY)
        line = shortened(sender.line, TEXT, 7, WINDOW_WIDTH * mm)
        self.text(LEFT, WINDOW_TOP + 6, line, 7, TEXT, GREY)
        for at, line in enumerate(self._addressee()):
            self.text(LEFT, ADDRESS_TOP + at * ADDRESS_LEADING, line, 10.5)
        for at, (label, value) in enumerate(self.letter.facts):
            y = SIDE_TOP + 4 + at * 8.6
            self.text(SIDE, y, label, 7.5, TEXT, GREY)
            self.text(SIDE, y + 4, shortened(value, TEXT, 9.5, (RIGHT - SIDE) * mm), 9.5)

    def following(self) -> None:
        """The head of each further page says what it belongs to."""
        letter = self.letter
        self._mark()
        about = f"{letter.sender.name} · {letter.subject}"
        self.text(LEFT, 22, shortened(about, TEXT, 8.5, 130 * mm), 8.5, TEXT, GREY)
        date = letter.facts[0][1] if letter.facts else ""
        self.right(RIGHT, 22, date, 8.5, TEXT, GREY)
        self.line(LEFT, 25, RIGHT)

    def foot(self, page: int, pages: int) -> None:
        letter = self.letter
        self.line(LEFT, 279, RIGHT)
        number = letter.page_of.format(page=page, pages=pages)
        room = (RIGHT - LEFT - 22) * mm
        for at, line in enumerate(broken(letter.sender.footer, TEXT, 7.5, room)[:2]):
            self.text(LEFT, 283.5 + at * 3.4, line, 7.5, TEXT, GREY)
        self.right(RIGHT, 283.5, number, 7.5, TEXT, GREY)

    def _addressee(self) -> list[str]:
        """A long name takes a second line as long as the whole fits the window."""
        name, *rest = self.letter.addressee or ("",)
        room = WINDOW_WIDTH * mm
        names = broken(name, TEXT, 10.5, room)[: max(1, MOST_LINES - len(rest))]
        return names + [shortened(line, TEXT, 10.5, room) for line in rest]

    def _mark(self) -> None:
        self.box(LEFT, 10, RIGHT - LEFT, 0.7, self.accent)
        for y, length in ((FOLDS[0], 5.0), (FOLDS[1], 5.0), (PUNCH, 7.0)):
            self.line(4, y, 4 + length, HAIR, 0.4)

    def _brand(self) -> None:
        """The logo, or the creditor's letters and name in its own colour."""
        sender = self.letter.sender
        if sender.logo:
            picture = ImageReader(BytesIO(sender.logo))
            box = {"width": 60 * mm, "height": 16 * mm, "preserveAspectRatio": True}
            bottom = (HEIGHT - 30) * mm
            self.canvas.drawImage(picture, LEFT * mm, bottom, anchor="w", mask="auto", **box)
            return
        self.text(LEFT, 21, _in(sender.name, 15, 92), 15, STRONG, self.accent)


def _in(text: str, size: float, width: float) -> str:
    return shortened(text, STRONG, size, width * mm)
