"""A report as a JSON file of any size: what an answer holds, written row by row."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from kasstroom.reports.reading import Reading, plain
from kasstroom.reports.report_views import note_of
from kasstroom.reports.shape import Paper


def write_json(out: BinaryIO, reading: Reading, paper: Paper) -> None:
    """The rows come first, for the totals are known when the last row was written."""
    report, asked = reading.question.report, reading.question.asked
    language = paper.language
    head = {
        "name": report.name,
        "title": report.title.by(language),
        "as_of": asked.as_of.isoformat(),
        "currency": asked.currency,
        "segment": asked.segment,
        "since": plain(asked.since, language),
    }
    out.write(_text(head)[:-1] + b',"rows":[')
    for at, row in enumerate(reading.rows):
        shown = {c.name: plain(row.get(c.name), language) for c in report.columns}
        out.write((b",\n" if at else b"\n") + _text(shown))
    totals = [{k: plain(v, language) for k, v in one.items()} for one in reading.totals.lines()]
    tail = {"row_count": reading.totals.rows, "totals": totals, "note": note_of(reading, language)}
    out.write(b"]," + _text(tail)[1:] + b"\n")


def _text(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
