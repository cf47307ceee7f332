"""How to pay, in one block: left what to type, right the code to scan, on a tint of its own."""

from __future__ import annotations

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm

from kasstroom.messages.letters import PaymentBlock
from kasstroom_letters.sheet import GREY, LEFT, RIGHT, Sheet
from kasstroom_letters.type import STRONG, TEXT, broken, shortened

CODE = 31.0
"""Millimetres; the code's own guideline asks for 20 at least."""
QUIET_MODULES = 4
"""Around a QR code (ISO/IEC 18004)."""
INSET, VALUES = LEFT + 6, LEFT + 36
ROW, LINE = 5.2, 4.3
TINT = 0.07


def height_of(block: PaymentBlock, small: float) -> float:
    lines = len(_lines(block, small))
    text = 14 + ROW * len(block.rows) + LINE * lines
    return max(text, CODE + 11 if block.code else 0)


def drawn(sheet: Sheet, block: PaymentBlock, top: float, small: float) -> float:
    """Draws it below `top` and returns its height; `small` is the type size of its hints."""
    height = height_of(block, small)
    sheet.box(LEFT, top, RIGHT - LEFT, height, _tint(sheet.accent))
    sheet.box(LEFT, top, 1.1, height, sheet.accent)
    sheet.text(INSET, top + 7, block.title, 10.5, STRONG)
    y = top + 13.4
    for label, value in block.rows:
        fitting = shortened(value, STRONG, 9.5, (_width(block) - VALUES + INSET) * mm)
        sheet.text(INSET, y, label, small, TEXT, GREY)
        sheet.text(VALUES, y, fitting, 9.5, STRONG)
        y += ROW
    for at, (line, font) in enumerate(_lines(block, small)):
        sheet.text(INSET, y + 1.4 + at * LINE, line, small, font)
    if block.code:
        _code(sheet, block, top)
    return height


def _width(block: PaymentBlock) -> float:
    return RIGHT - INSET - 6 - (CODE + 6 if block.code else 0)


def _lines(block: PaymentBlock, small: float) -> list[tuple[str, str]]:
    """The second way to pay, broken into lines, each with its font."""
    parts = ((block.by_link, TEXT), (block.url, STRONG))
    return [
        (line, font)
        for text, font in parts
        if text
        for line in broken(text, font, small, _width(block) * mm)
    ]


def _code(sheet: Sheet, block: PaymentBlock, top: float) -> None:
    x = RIGHT - CODE - 4
    sheet.box(x, top + 4, CODE, CODE, HexColor("#ffffff"))
    quiet = CODE * QUIET_MODULES / (len(block.code) + 2 * QUIET_MODULES)
    sheet.code(x + quiet, top + 4 + quiet, CODE - 2 * quiet, block.code)
    for at, line in enumerate(broken(block.code_hint, TEXT, 7, CODE * mm)[:2]):
        sheet.text(x, top + CODE + 7.4 + at * 3, line, 7, TEXT, GREY)


def _tint(accent: Color) -> Color:
    """A little of the colour on white paper."""
    return Color(*(1 - (1 - part) * TINT for part in (accent.red, accent.green, accent.blue)))
