"""Reports as workbooks, read back as a spreadsheet program reads them."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest

from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.reports.asking import Question
from kasstroom.reports.reading import Reading, read
from kasstroom.reports.shape import (
    Asked,
    Column,
    Paper,
    Report,
    Row,
    Sources,
    Unit,
    Words,
)
from kasstroom_sheets import workbook
from kasstroom_sheets.workbook import write_workbook
from tests.memory_books import MemoryBooks
from tests.memory_figures import MemoryFigures

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
NOW = datetime(2026, 9, 1, 22, 30, tzinfo=UTC)
TODAY = date(2026, 9, 2)
COLUMNS = (
    Column("name", Unit.TEXT, Words("Naam", "Name")),
    Column("currency", Unit.TEXT, Words("Valuta", "Currency")),
    Column("on", Unit.DAY, Words("Dag", "Day")),
    Column("at", Unit.INSTANT, Words("Moment", "Moment")),
    Column("open", Unit.AMOUNT, Words("Open", "Open"), adds_up=True),
    Column("share", Unit.PERCENT, Words("Aandeel", "Share")),
)
ROWS: tuple[Row, ...] = (
    {"name": "=1+1", "currency": "EUR", "on": TODAY, "at": NOW, "open": Money(-12_345)},
    {
        "name": "@SUM(A1)",
        "currency": "EUR",
        "open": Money(100_000_000_01),
        "share": Decimal("12.5"),
    },
    {"name": "Yen\x07 \u202ebv", "currency": "JPY", "open": Money(500, "JPY"), "share": None},
    {"name": "http://x.example", "currency": "BHD", "open": Money(1_234, "BHD")},
)


@dataclass
class Sheet:
    """`cells` by place: the value as it is kept, and its number format."""

    cells: dict[str, tuple[Any, str]]
    xml: str


def sheets_of(content: bytes) -> list[Sheet]:
    archive = zipfile.ZipFile(BytesIO(content))
    formats = _formats(archive.read("xl/styles.xml"))
    names = sorted(n for n in archive.namelist() if n.startswith("xl/worksheets/sheet"))
    return [_sheet(archive.read(name), formats) for name in names]


def _formats(xml: bytes) -> list[str]:
    root = ElementTree.fromstring(xml)  # noqa: S314
    own = {n.attrib["numFmtId"]: n.attrib["formatCode"] for n in root.iterfind(".//m:numFmt", NS)}
    built_in = {"3": "#,##0", "4": "#,##0.00", "10": "0.00%", "0": ""}
    cells = root.iterfind("./m:cellXfs/m:xf", NS)
    return [(own | built_in)[xf.attrib["numFmtId"]] for xf in cells]


def _sheet(xml: bytes, formats: list[str]) -> Sheet:
    cells = {}
    for cell in ElementTree.fromstring(xml).iterfind(".//m:c", NS):  # noqa: S314
        text = "".join(cell.itertext())
        is_text = cell.attrib.get("t") == "inlineStr"
        value = text if is_text or not text else float(text)
        cells[cell.attrib["r"]] = (value, formats[int(cell.attrib.get("s", 0))])
    return Sheet(cells, xml.decode())


def reading_of(*rows: Row) -> Reading:
    words = Words("Proef", "Trial")
    report = Report("trial", words, words, COLUMNS, lambda sources, asked: iter(rows))
    question = Question(report, Asked("vandijk", TODAY, TODAY, segment="new"))
    return read(Sources(MemoryBooks(), MemoryFigures()), question)


def made(*rows: Row, language: Language = Language.NL) -> list[Sheet]:
    out = BytesIO()
    write_workbook(out, reading_of(*rows), Paper("=Van Dijk", language, NOW))
    return sheets_of(out.getvalue())


def test_texts_stay_texts_and_dates_and_amounts_are_real():
    (sheet,) = made(*ROWS)
    assert "<f>" not in sheet.xml and "hyperlink" not in sheet.xml.lower()
    head = next(n for n in range(1, 12) if sheet.cells.get(f"A{n}", ("",))[0] == "Naam")
    first = head + 1
    values = {place: value for place, (value, _) in sheet.cells.items()}
    assert values[f"A{first}"] == "=1+1" and values[f"A{first + 1}"] == "@SUM(A1)"
    assert values["A2"] == "=Van Dijk"
    # 2 September 2026 is day 46267 of a spreadsheet; half past midnight in Amsterdam.
    assert sheet.cells[f"C{first}"] == (46267.0, "yyyy-mm-dd")
    at, form = sheet.cells[f"D{first}"]
    assert (round(at, 6), form) == (round(46267 + 0.5 / 24, 6), "yyyy-mm-dd hh:mm")
    assert sheet.cells[f"E{first}"] == (-123.45, "#,##0.00")
    assert sheet.cells[f"E{first + 1}"] == (100_000_000.01, "#,##0.00")
    assert sheet.cells[f"E{first + 2}"] == (500.0, "#,##0")
    assert sheet.cells[f"E{first + 3}"] == (1.234, "#,##0.000")
    assert sheet.cells[f"F{first + 1}"] == (0.125, "0.00%")
    assert f"F{first + 2}" not in sheet.cells


def test_the_head_is_frozen_and_filtered_and_the_totals_stand_below():
    (sheet,) = made(*ROWS)
    values = {place: value for place, (value, _) in sheet.cells.items()}
    totals = [p for p, v in values.items() if isinstance(v, str) and v.startswith("Totaal")]
    assert [values[p] for p in totals] == ["Totaal BHD", "Totaal EUR", "Totaal JPY"]
    row = int(totals[1][1:])
    assert values[f"E{row}"] == pytest.approx(99_999_876.56 + 0.0, abs=0.011)
    frozen = re.search(r'<pane ySplit="(\d+)" topLeftCell="A(\d+)"[^>]*state="frozen"', sheet.xml)
    assert frozen and int(frozen[2]) == int(frozen[1]) + 1
    filtered = re.search(r'<autoFilter ref="A(\d+):F(\d+)"', sheet.xml)
    assert filtered and (int(filtered[1]), int(filtered[2])) == (int(frozen[1]), row - 2)


def test_in_english_and_without_rows():
    (sheet,) = made(language=Language.EN)
    values = [value for value, _ in sheet.cells.values()]
    assert {"Trial", "As of", "2 September 2026", "Segment", "new", "Name"} <= set(values)
    assert any(isinstance(v, str) and v.startswith("Nothing to show") for v in values)


def test_more_rows_than_a_sheet_holds_go_on_on_the_next(monkeypatch):
    monkeypatch.setattr(workbook, "ROWS_PER_SHEET", 3)
    sheets = made(*ROWS, *ROWS)
    assert len(sheets) == 3
    assert all("<autoFilter" in sheet.xml for sheet in sheets)


def test_the_same_rows_give_the_same_bytes_of_every_part():
    def parts() -> dict[str, bytes]:
        out = BytesIO()
        write_workbook(out, reading_of(*ROWS), Paper("Van Dijk", Language.NL, NOW))
        archive = zipfile.ZipFile(out)
        return {name: archive.read(name) for name in archive.namelist()}

    assert parts() == parts()


def test_a_text_of_any_length_opens():
    (sheet,) = made({"name": "x" * 40_000, "currency": "EUR", "open": Money(1)})
    longest = max(len(v) for v, _ in sheet.cells.values() if isinstance(v, str))
    assert longest == 32_767
