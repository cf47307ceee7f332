"""How a workbook looks: the colours of the house, and a number format for every kind of value."""

from __future__ import annotations

from functools import cache
from typing import Any

import xlsxwriter

from kasstroom.money import minor_digits
from kasstroom.reports.shape import Unit

INK, GREY, BRAND, SOFT, LINE = "#14212b", "#4a5a66", "#0b6e5f", "#e3f2ee", "#dfe5e3"
DAY, INSTANT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
PLAIN = {Unit.DAY: DAY, Unit.INSTANT: INSTANT, Unit.COUNT: "#,##0", Unit.DAYS: "#,##0"}
PLAIN |= {Unit.PERCENT: "0.00%", Unit.NUMBER: "#,##0.00", Unit.VALUE: "#,##0.00"}
WIDTHS = {
    Unit.TEXT: 18, Unit.DAY: 12, Unit.INSTANT: 17, Unit.COUNT: 10, Unit.DAYS: 10,
    Unit.AMOUNT: 16, Unit.PERCENT: 11, Unit.NUMBER: 12, Unit.VALUE: 16,
}  # fmt: skip
"""In characters, which is how a spreadsheet measures."""


@cache
def amount_format(currency: str) -> str:
    """With the decimals of the currency: two for euros, none for yen."""
    digits = minor_digits(currency)
    return "#,##0" + (f".{'0' * digits}" if digits else "")


class Styles:
    """Formats of one workbook, made once each: a workbook with a format per cell does not open."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._cells: dict[tuple[str, bool], Any] = {}

    def of(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": "Calibri", **properties})
        return self._made[key]

    @property
    def title(self) -> Any:
        return self.of(bold=True, font_size=16, font_color=BRAND)

    @property
    def label(self) -> Any:
        return self.of(font_color=GREY)

    def head(self, *, right: bool) -> Any:
        return self.of(
            bold=True, bg_color=SOFT, font_color=INK, bottom=2, bottom_color=BRAND, text_wrap=True,
            valign="vcenter", align="right" if right else "left",
        )  # fmt: skip

    def cell(self, number_format: str = "", *, total: bool = False) -> Any:
        """Asked for every cell, so it is remembered by what is asked."""
        key = (number_format, total)
        if key not in self._cells:
            properties: dict[str, Any] = {"num_format": number_format} if number_format else {}
            if total:
                properties |= {"bold": True, "top": 1, "top_color": BRAND}
            self._cells[key] = self.of(**properties)
        return self._cells[key]
