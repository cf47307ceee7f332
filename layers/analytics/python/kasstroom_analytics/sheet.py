"""Rows of a table as CSV, for spreadsheets and other systems."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any

from kasstroom.formula_free import formula_free
from kasstroom.reports.lake import Row, Table
from kasstroom.time import iso

CSV_TYPE = "text/csv; charset=utf-8"


def cell(value: Any) -> str:
    """ISO dates, a decimal point, and text that a spreadsheet takes for text."""
    match value:
        case None:
            return ""
        case datetime():
            return iso(value)
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case int():
            return str(value)
    return formula_free(str(value))


class CsvFile:
    """A file stands alone, so the columns of its partition come first."""

    def __init__(self, path: Path, table: Table, partition: tuple[str, date]) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._lines = csv.writer(self._file)
        self._first = [cell(value) for value in partition]
        self._lines.writerow([column.name for column in (*table.partitions, *table.columns)])

    def add(self, row: Row) -> None:
        self._lines.writerow([*self._first, *(cell(value) for value in row)])

    def __enter__(self) -> CsvFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._file.close()
