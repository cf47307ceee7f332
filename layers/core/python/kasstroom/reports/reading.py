"""A report, read: its rows one by one and what they add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kasstroom.errors import Refused
from kasstroom.formula_free import formula_free
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.reports.asking import Question
from kasstroom.reports.shape import Row, Sources, Totals, Words
from kasstroom.time import iso

MOST_ROWS = 20_000
"""In one answer; a run has no such end."""
ANSWER_SECONDS = 20.0
"""The gateway waits half a minute for an answer."""


@dataclass(slots=True)
class Reading:
    """`totals` are complete when all rows were taken."""

    question: Question
    rows: Iterator[Row]
    totals: Totals


def read(sources: Sources, question: Question) -> Reading:
    """Nothing is read until the rows are taken; they can be taken once."""
    totals = Totals(question.report.columns)

    def rows() -> Iterator[Row]:
        for row in question.report.rows(sources, question.asked):
            totals.add(row)
            yield row

    return Reading(question, rows(), totals)


def at_once(reading: Reading, seconds: Callable[[], float]) -> list[Row]:
    """All rows, for an answer somebody waits for. Refused when it gets too long or too late;
    `seconds` is a clock that only goes forward."""
    until = seconds() + ANSWER_SECONDS
    rows: list[Row] = []
    for row in reading.rows:
        rows.append(row)
        if len(rows) > MOST_ROWS or seconds() > until:
            raise too_large(reading.question.report.name)
    return rows


def too_large(name: str) -> Refused:
    detail = (
        f"{name} is larger than one answer may be. Ask for one currency or segment, or have it made"
        f" as a file: POST /v1/report-runs with report {name!r}."
    )
    return Refused("report_too_large", detail)


def plain(value: Any, language: Language) -> Any:
    """JSON-ready: amounts as in every answer, other decimals as text, no figure as null."""
    match value:
        case Money():
            return {"value": value.value, "currency": value.currency}
        case Decimal():
            return f"{value:f}"
        case datetime():
            return iso(value)
        case date():
            return value.isoformat()
        case Words():
            return value.by(language)
    return value


def cell(value: Any, language: Language) -> str:
    """For CSV: ISO dates, a decimal point, no figure as nothing, and text that stays text."""
    match value:
        case None:
            return ""
        case Money():
            return value.value
        case str():
            return formula_free(value)
    return str(plain(value, language))
