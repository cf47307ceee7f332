"""Charts with a label at every value, so that nobody has to follow a grid; light paper only.

Colours are the first series of the house's tokens; what needs a person is in its red.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing, Line, PolyLine, Rect, String
from reportlab.lib.colors import Color, HexColor

from kasstroom_letters.type import STRONG, TEXT, width_of

GREEN, AMBER, BLUE, RED = (HexColor(c) for c in ("#0b6e5f", "#d98324", "#1d5fa8", "#b3261e"))
INK, GREY, HAIR = HexColor("#14212b"), HexColor("#4a5a66"), HexColor("#dfe5e3")
SMALL = 7.5
"""Points of labels."""


@dataclass(frozen=True)
class Bar:
    """`value` None: no figure. `low` and `high`: the range drawn over it."""

    label: str
    value: float | None
    text: str
    colour: Color = GREEN
    low: float | None = None
    high: float | None = None


def bars(columns: Sequence[Bar], width: float, height: float) -> Drawing:
    """Upright, from nought; what is below nought hangs under the line. Points."""
    drawing, slot = Drawing(width, height), width / max(1, len(columns))
    values = [v for c in columns for v in (c.value, c.low, c.high) if v is not None]
    top, bottom = max([0.0, *values]), min([0.0, *values])
    room = height - 40
    scale = room / ((top - bottom) or 1)
    zero = 20 - bottom * scale
    for at, column in enumerate(columns):
        middle = slot * (at + 0.5)
        _text(drawing, middle, 4, column.label, TEXT, GREY, slot)
        if column.value is None:
            continue
        length, thick = column.value * scale, min(slot * 0.62, 46)
        drawing.add(
            Rect(
                middle - thick / 2, min(zero, zero + length), thick, abs(length),
                fillColor=column.colour, strokeColor=None,
            )
        )  # fmt: skip
        if column.low is not None and column.high is not None:
            _range(drawing, middle, zero + column.low * scale, zero + column.high * scale)
        over = max([0.0, column.value, column.high or 0.0]) * scale
        _text(drawing, middle, zero + over + 5, column.text, STRONG, INK, slot)
    drawing.add(Line(0, zero, width, zero, strokeColor=GREY, strokeWidth=0.6))
    return drawing


def _range(drawing: Drawing, x: float, low: float, high: float) -> None:
    drawing.add(Line(x, low, x, high, strokeColor=INK, strokeWidth=0.9))
    for y in (low, high):
        drawing.add(Line(x - 4, y, x + 4, y, strokeColor=INK, strokeWidth=0.9))


def lines(
    points: Sequence[Bar], level: float, level_text: str, width: float, height: float
) -> Drawing:
    """A line through the values, broken where there is none, beside a level to compare with."""
    drawing, slot = Drawing(width, height), width / max(1, len(points))
    values = [p.value for p in points if p.value is not None]
    top = max([level, *values]) * 1.1 or 1.0
    scale = (height - 40) / top

    def y(value: float) -> float:
        return 20 + value * scale

    drawing.add(Line(0, y(0), width, y(0), strokeColor=GREY, strokeWidth=0.6))
    drawing.add(
        Line(
            0, y(level), width, y(level), strokeColor=AMBER, strokeWidth=1.2, strokeDashArray=(4, 3)
        )
    )
    drawing.add(
        String(2, y(level) + 3, level_text, fontName=STRONG, fontSize=SMALL, fillColor=AMBER)
    )
    for run in _unbroken(points):
        places = [c for at in run for c in (slot * (at + 0.5), y(points[at].value or 0.0))]
        if len(run) > 1:
            drawing.add(PolyLine(places, strokeColor=GREEN, strokeWidth=2))
    for at, point in enumerate(points):
        x = slot * (at + 0.5)
        _text(drawing, x, 4, point.label, TEXT, GREY, slot)
        if point.value is not None:
            drawing.add(Rect(x - 2, y(point.value) - 2, 4, 4, fillColor=GREEN, strokeColor=None))
            _text(drawing, x, y(point.value) + 6, point.text, STRONG, INK, slot)
    return drawing


def _unbroken(points: Sequence[Bar]) -> list[list[int]]:
    runs: list[list[int]] = [[]]
    for at, point in enumerate(points):
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(at)
    return [run for run in runs if run]


def lying(rows: Sequence[Bar], width: float, height: float) -> Drawing:
    """Bars from the left, each with its name before and its number behind it."""
    drawing, slot = Drawing(width, height), height / max(1, len(rows))
    left = max([width_of(row.label, TEXT, 9) for row in rows], default=0) + 10
    most = max([row.value or 0.0 for row in rows], default=0) or 1.0
    room = width - left - 60
    for at, row in enumerate(rows):
        bottom = height - slot * (at + 1) + slot * 0.2
        middle = bottom + slot * 0.3 - 3
        drawing.add(String(0, middle, row.label, fontName=TEXT, fontSize=9, fillColor=INK))
        length = room * (row.value or 0.0) / most
        drawing.add(Rect(left, bottom, length, slot * 0.6, fillColor=row.colour, strokeColor=None))
        end = left + length + 5
        drawing.add(String(end, middle, row.text, fontName=STRONG, fontSize=9, fillColor=INK))
    return drawing


def _text(
    drawing: Drawing, x: float, y: float, text: str, font: str, colour: Color, room: float
) -> None:
    """In the middle of `x`, smaller when it does not fit its slot."""
    size = SMALL
    while size > 5 and width_of(text, font, size) > room - 2:
        size -= 0.5
    drawing.add(
        String(x, y, text, fontName=font, fontSize=size, fillColor=colour, textAnchor="middle")
    )
