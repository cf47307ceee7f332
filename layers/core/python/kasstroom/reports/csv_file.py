"""A report as CSV: commas, UTF-8 with a mark by which Excel knows it, one line per row."""

from __future__ import annotations

import csv
from io import TextIOWrapper
from typing import BinaryIO

from kasstroom.reports.reading import Reading, cell
from kasstroom.reports.shape import Paper

BOM = b"\xef\xbb\xbf"


def write_csv(out: BinaryIO, reading: Reading, paper: Paper) -> None:
    """Heads are the columns' stable names, for a program; people get the workbook. No totals: a
    program that adds the lines up would count them twice."""
    out.write(BOM)
    text = TextIOWrapper(out, encoding="utf-8", newline="", write_through=False)
    names = [column.name for column in reading.question.report.columns]
    lines = csv.writer(text)
    lines.writerow(names)
    for row in reading.rows:
        lines.writerow([cell(row.get(name), paper.language) for name in names])
    text.flush()
    text.detach()
