"""How the API shows reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from kasstroom.organisations.model import Language
from kasstroom.reports.catalogue import REPORTS
from kasstroom.reports.reading import Reading, plain
from kasstroom.reports.shape import Column, Format, Parameter, Report, Row, Unit


@dataclass(frozen=True, slots=True)
class ColumnView:
    """`unit` says what the values are: an `amount` is an object of value and currency, a `percent`
    or `number` a decimal as text, `value` one or the other; null is no figure."""

    name: str
    unit: Unit
    title: str


@dataclass(frozen=True, slots=True)
class ReportInfo:
    name: str
    title: str
    description: str
    columns: tuple[ColumnView, ...]
    parameters: tuple[Parameter, ...]
    formats: tuple[Format, ...]


@dataclass(frozen=True, slots=True)
class ReportList:
    items: tuple[ReportInfo, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """`totals` has a line per currency; without rows it has none, and `note` says so."""

    name: str
    title: str
    as_of: date
    currency: str
    segment: str
    since: date | None
    columns: tuple[ColumnView, ...]
    rows: list[dict[str, Any]]
    row_count: int
    totals: list[dict[str, Any]]
    note: str


def report_list(language: Language) -> ReportList:
    return ReportList(tuple(info(report, language) for report in REPORTS.values()))


def info(report: Report, language: Language) -> ReportInfo:
    return ReportInfo(
        report.name, report.title.by(language), report.means.by(language),
        _columns(report.columns, language), report.parameters, report.formats,
    )  # fmt: skip


def report_view(reading: Reading, rows: Iterable[Row], language: Language) -> ReportView:
    """`rows` are all rows of the reading."""
    report, asked = reading.question.report, reading.question.asked
    shown = [{c.name: plain(row.get(c.name), language) for c in report.columns} for row in rows]
    return ReportView(
        name=report.name,
        title=report.title.by(language),
        as_of=asked.as_of,
        currency=asked.currency,
        segment=asked.segment,
        since=asked.since,
        columns=_columns(report.columns, language),
        rows=shown,
        row_count=len(shown),
        totals=[
            {k: plain(v, language) for k, v in line.items()} for line in reading.totals.lines()
        ],
        note=note_of(reading, language),
    )


def note_of(reading: Reading, language: Language) -> str:
    """What is said of a report without rows; "" otherwise."""
    if reading.totals.rows:
        return ""
    on = reading.question.asked.as_of.isoformat()
    if language is Language.EN:
        return f"Nothing to show as of {on}: there are no rows, so there are no totals."
    return f"Niets te tonen per {on}: er zijn geen regels, dus ook geen totalen."


def _columns(columns: tuple[Column, ...], language: Language) -> tuple[ColumnView, ...]:
    return tuple(ColumnView(c.name, c.unit, c.title.by(language)) for c in columns)
