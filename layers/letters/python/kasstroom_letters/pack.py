"""The management pack as a PDF: a page for each question, its chart, and its numbers beneath. The
same figures give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from io import BytesIO
from typing import BinaryIO

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from kasstroom.reports.heading import AS_OF, MADE, NO_FIGURE, day_in_words, moment_in_words
from kasstroom.reports.pack import PACK, Pack
from kasstroom.reports.reading import Reading
from kasstroom.reports.shape import Paper
from kasstroom_letters import pack_words as words
from kasstroom_letters.charts import GREEN, GREY, HAIR, INK
from kasstroom_letters.pack_sections import Section, sections
from kasstroom_letters.pack_words import Said
from kasstroom_letters.type import STRONG, TEXT, broken, shortened, use_typeface, width_of

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP = 20.0, 190.0, 40.0
ROW = 6.0
CHART = 85.0
TILE = 28.0
"""Millimetres, from the top left corner."""
SOFT = HexColor("#f5f7f6")


def write_pack(out: BinaryIO, reading: Reading, paper: Paper) -> None:
    """The one row of the report is the pack."""
    (row,) = reading.rows
    out.write(pack_pdf(row[PACK], paper))


def pack_pdf(pack: Pack, paper: Paper) -> bytes:
    use_typeface()
    said, out = Said(paper.language), BytesIO()
    canvas = Canvas(out, (WIDTH * mm, HEIGHT * mm), 1, 1, invariant=1, lang=str(paper.language))
    canvas.setTitle(f"{said(words.PACK_TITLE)} {pack.as_of.isoformat()}")
    canvas.setAuthor(paper.organisation)
    canvas.setCreator("Kasstroom")
    stamp = paper.at.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
    canvas.setDateFormatter(lambda *_: stamp)
    made = sections(pack, said, (RIGHT - LEFT) * mm, CHART * mm)
    for at, section in enumerate(made, 1):
        _Page(canvas, pack, paper, said).write(section, at, len(made))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


class _Page:
    def __init__(self, canvas: Canvas, pack: Pack, paper: Paper, said: Said) -> None:
        self._canvas, self._pack, self._paper, self._said = canvas, pack, paper, said
        self._y = TOP

    def write(self, section: Section, page: int, pages: int) -> None:
        self._head()
        self._line(section.title, STRONG, 18, 9)
        for line in broken(section.says, TEXT, 10.5, (RIGHT - LEFT) * mm):
            self._line(line, TEXT, 10.5, 5.2)
        self._y += 4
        if section.tiles:
            self._tiles(section.tiles)
        if section.draws:
            self._chart(section.chart)
        self._table(section.headings, section.rows)
        self._foot(page, pages)

    def _text(
        self, x: float, text: str, font: str, size: float, colour: object = INK,
        *, right: bool = False, y: float | None = None,
    ) -> None:  # fmt: skip
        if right:
            x -= width_of(text, font, size) / mm
        self._canvas.setFillColor(colour)
        self._canvas.setFont(font, size)
        self._canvas.drawString(x * mm, (HEIGHT - (self._y if y is None else y)) * mm, text)

    def _line(self, text: str, font: str, size: float, leading: float) -> None:
        self._y += leading
        self._text(LEFT, text, font, size)

    def _rule(self, y: float, colour: object = HAIR, points: float = 0.5) -> None:
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(points)
        self._canvas.line(LEFT * mm, (HEIGHT - y) * mm, RIGHT * mm, (HEIGHT - y) * mm)

    def _head(self) -> None:
        said, pack = self._said, self._pack
        self._rule(14, GREEN, 2.4)
        name = shortened(self._paper.organisation, STRONG, 12, 100 * mm)
        self._text(LEFT, name, STRONG, 12, GREEN, y=22)
        as_of = f"{said(AS_OF)} {day_in_words(pack.as_of, self._paper.language)}"
        self._text(RIGHT, said(words.PACK_TITLE), STRONG, 10, right=True, y=21)
        self._text(RIGHT, f"{as_of} · {pack.currency}", TEXT, 9, GREY, right=True, y=26)

    def _foot(self, page: int, pages: int) -> None:
        said = self._said
        made = f"{said(MADE)} {moment_in_words(self._paper.at, self._paper.language)}"
        self._rule(281)
        self._text(LEFT, made, TEXT, 8, GREY, y=286)
        number = said(words.PAGE, page=str(page), pages=str(pages))
        self._text(RIGHT, number, TEXT, 8, GREY, right=True, y=286)

    def _tiles(self, tiles: Sequence[tuple[str, str]]) -> None:
        """Two beside each other; the last may stand alone."""
        wide = (RIGHT - LEFT - 6) / 2
        for at, (label, value) in enumerate(tiles):
            x, y = LEFT + (at % 2) * (wide + 6), self._y + (at // 2) * (TILE + 6)
            self._canvas.setFillColor(SOFT)
            self._canvas.roundRect(
                x * mm, (HEIGHT - y - TILE) * mm, wide * mm, TILE * mm, 3 * mm, 0, 1
            )
            fitting = shortened(label, TEXT, 9.5, (wide - 12) * mm)
            self._text(x + 6, fitting, TEXT, 9.5, GREY, y=y + 9)
            size = 22 if width_of(value, STRONG, 22) < (wide - 12) * mm else 15
            self._text(x + 6, value, STRONG, size, y=y + 21)
        self._y += (len(tiles) + 1) // 2 * (TILE + 6) + 6

    def _chart(self, chart: Drawing | None) -> None:
        """Without figures there is no chart, and it says so."""
        if chart is None:
            self._canvas.setFillColor(SOFT)
            bottom = (HEIGHT - self._y - CHART) * mm
            width = (RIGHT - LEFT) * mm
            self._canvas.roundRect(LEFT * mm, bottom, width, CHART * mm, 3 * mm, 0, 1)
            text = self._said(NO_FIGURE)
            x = (LEFT + RIGHT) / 2 + width_of(text, STRONG, 13) / mm / 2
            self._text(x, text, STRONG, 13, GREY, right=True, y=self._y + CHART / 2)
        else:
            renderPDF.draw(chart, self._canvas, LEFT * mm, (HEIGHT - self._y - CHART) * mm)
        self._y += CHART + 6

    def _table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        if not rows:
            return
        edges = _edges(len(headings))
        self._row(headings, edges, STRONG, GREY)
        self._rule(self._y, GREEN, 0.9)
        for row in rows:
            self._row(row, edges, TEXT, INK)
            self._rule(self._y)

    def _row(self, cells: Sequence[str], edges: Sequence[float], font: str, colour: object) -> None:
        self._y += ROW
        base = self._y - 1.8
        first = shortened(cells[0], font, 9.5, (edges[0] - LEFT) * mm)
        self._text(LEFT, first, font, 9.5, colour, y=base)
        for cell, edge in zip(cells[1:], edges[1:], strict=True):
            self._text(edge, cell, font, 9.5, colour, right=True, y=base)


def _edges(columns: int) -> list[float]:
    """The first column from the left, the others to the right of theirs, in millimetres."""
    wide = 36.0 if columns > 2 else 60.0
    left = RIGHT - wide * (columns - 1)
    return [left, *(left + wide * at for at in range(1, columns))]
