"""A report as an Excel workbook: real dates and numbers, texts that stay texts, rows written as
they come, so that a million of them takes no more memory than one.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter

from kasstroom.money import Money
from kasstroom.reports.heading import TOTAL, heading, shown_text
from kasstroom.reports.reading import Reading
from kasstroom.reports.report_views import note_of
from kasstroom.reports.shape import CURRENCY, Column, Paper, Row, Unit, Words
from kasstroom.time import AMSTERDAM
from kasstroom_sheets.styles import PLAIN, WIDTHS, Styles, amount_format

ROWS_PER_SHEET = 1_000_000
"""A sheet ends at 1,048,576 rows."""
LONGEST_TEXT = 32_767
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write_workbook(out: BinaryIO, reading: Reading, paper: Paper) -> None:
    """The same rows give the same bytes: the workbook says that it was made at `paper.at`."""
    book = xlsxwriter.Workbook(out, _OPTIONS)
    title = reading.question.report.title.by(paper.language)
    made = paper.at.astimezone(AMSTERDAM).replace(tzinfo=None)
    book.set_properties({"title": title, "author": paper.organisation, "created": made})
    _Writer(book, reading, paper).write()
    book.close()


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, reading: Reading, paper: Paper) -> None:
        self._book, self._reading, self._paper = book, reading, paper
        self._styles = Styles(book)
        self._columns = reading.question.report.columns
        self._sheets = 0

    def write(self) -> None:
        self._begin()
        for row in self._reading.rows:
            if self._at - self._first == ROWS_PER_SHEET:
                self._end()
                self._begin()
            self._row(row)
        for line in self._reading.totals.lines():
            self._total(line)
        note = note_of(self._reading, self._paper.language)
        if note:
            self._sheet.write_string(self._at, 0, note, self._styles.label)
        self._end()

    def _begin(self) -> None:
        self._sheets += 1
        name = self._reading.question.report.name
        self._sheet = self._book.add_worksheet(f"{name} {self._sheets}"[:31])
        self._sheet.hide_gridlines(2)
        for at, column in enumerate(self._columns):
            wider = 30 if column.name in ("debtor_name", "formula", "meaning") else 0
            self._sheet.set_column(at, at, max(WIDTHS[column.unit], wider))
        top = self._heading()
        self._sheet.set_row(top, 30)
        for at, column in enumerate(self._columns):
            style = self._styles.head(right=column.unit is not Unit.TEXT)
            self._sheet.write_string(top, at, column.title.by(self._paper.language), style)
        self._sheet.freeze_panes(top + 1, 0)
        self._sheet.repeat_rows(top)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        self._first = self._at = top + 1
        self._last = top

    def _heading(self) -> int:
        """Title, creditor and what was asked; returns where the columns' heads stand."""
        title = self._reading.question.report.title.by(self._paper.language)
        self._sheet.set_row(0, 24)
        self._sheet.write_string(0, 0, title, self._styles.title)
        self._sheet.write_string(1, 0, _fitting(self._paper.organisation), self._styles.cell())
        lines = heading(self._reading, self._paper)
        for at, (label, text) in enumerate(lines, 2):
            self._sheet.write_string(at, 0, label, self._styles.label)
            self._sheet.write_string(at, 1, _fitting(text), self._styles.cell())
        return 3 + len(lines)

    def _end(self) -> None:
        top, width = self._first - 1, len(self._columns) - 1
        self._sheet.autofilter(top, 0, max(self._last, top), width)

    def _row(self, row: Row) -> None:
        for at, column in enumerate(self._columns):
            self._write(at, column, row.get(column.name), total=False)
        self._last = self._at
        self._at += 1

    def _total(self, line: Row) -> None:
        for at, column in enumerate(self._columns):
            value = line.get(column.name)
            if at == 0:
                words = TOTAL.by(self._paper.language)
                value = f"{words} {line[CURRENCY]}".strip()
                column = Column(column.name, Unit.TEXT, column.title)
            self._write(at, column, value, total=True)
        self._at += 1

    def _write(self, at: int, column: Column, value: Any, *, total: bool) -> None:
        sheet, row = self._sheet, self._at
        match value:
            case None:
                if total:
                    sheet.write_blank(row, at, None, self._styles.cell(total=True))
            case Money():
                style = self._styles.cell(amount_format(value.currency), total=total)
                sheet.write_number(row, at, value.decimal, style)
            case datetime():
                local = value.astimezone(AMSTERDAM).replace(tzinfo=None)
                sheet.write_datetime(row, at, local, self._styles.cell(PLAIN[column.unit]))
            case date():
                sheet.write_datetime(row, at, value, self._styles.cell(PLAIN[column.unit]))
            case int() | Decimal():
                number = Decimal(value) / 100 if column.unit is Unit.PERCENT else value
                style = self._styles.cell(PLAIN[column.unit], total=total)
                sheet.write_number(row, at, number, style)
            case Words():
                text = _fitting(value.by(self._paper.language))
                sheet.write_string(row, at, text, self._styles.cell(total=total))
            case _:
                text = _fitting(shown_text(column, str(value), self._paper.language))
                sheet.write_string(row, at, text, self._styles.cell(total=total))


def _fitting(text: str) -> str:
    return text[:LONGEST_TEXT]
