"""HTTP under /v1/reports and /v1/report-assumptions: what can be reported, and each report as data
or as a file."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.organisations.model import Language
from kasstroom.reports.asking import Wish, question
from kasstroom.reports.assumptions import (
    Assumptions,
    ReportAssumptions,
    assumptions_of,
    set_assumptions,
)
from kasstroom.reports.csv_file import write_csv
from kasstroom.reports.delivering.model import MEDIA_TYPES
from kasstroom.reports.report_views import ReportList, ReportView, report_list
from kasstroom.reports.shape import Format, Sources
from kasstroom.settings import FigureSettings
from kasstroom.time import Day, day_of
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import PDF, actor_of, answer_once, organisation_of, reply
from kasstroom_aws.report_answers import answered, language_of, sources_on
from kasstroom_aws.shapes import to_plain
from kasstroom_letters.pack import write_pack
from kasstroom_sheets.workbook import write_workbook

app, handler = http()
WRITERS = {Format.CSV: write_csv, Format.XLSX: write_workbook, Format.PDF: write_pack}
Name = Annotated[str, Path(description="One of GET /v1/reports", max_length=64)]
Spoken = Annotated[Language | None, Query(description="nl or en; else Accept-Language")]
ANSWERS = {200: {"description": "JSON, CSV, XLSX or PDF", "content": {
    "application/json": {"model": ReportView},
    "text/csv": {"schema": {"type": "string"}},
    MEDIA_TYPES[Format.XLSX]: {"schema": {"type": "string", "format": "binary"}},
    PDF: {"schema": {"type": "string", "format": "binary"}},
}}}  # fmt: skip


@cache
def sources() -> Sources:
    return sources_on(books(), FigureSettings.from_env())


@app.get("/v1/reports", summary="Every report, its columns and what it can be asked")
def catalogue(language: Spoken = None) -> ReportList:
    return reply(to_plain(report_list(language_of(app, language))))


@app.get("/v1/reports/<name>", summary="A report as of any day", responses=ANSWERS)
def report(
    name: Name,
    as_of: Annotated[Day | None, Query(description="An Amsterdam day; left out: today")] = None,
    currency: Annotated[str, Query(max_length=3)] = "",
    segment: Annotated[str, Query(max_length=64)] = "",
    since: Annotated[Day | None, Query(description="The first day that counts")] = None,
    format: Annotated[Format, Query()] = Format.JSON,
    language: Spoken = None,
):
    # Without a return type: bytes are answered as they are, and not checked against a shape.
    wish = Wish(as_of, currency, segment, since)
    org, actor, today = organisation_of(app), actor_of(app), day_of(now())
    asked = question(sources(), org, name, wish, today, actor)
    return answered(sources(), asked, format, language_of(app, language), WRITERS)


@app.get("/v1/report-assumptions", summary="What the figures take for granted of you")
def assumptions() -> ReportAssumptions:
    return reply(to_plain(assumptions_of(books(), organisation_of(app))))


@app.put("/v1/report-assumptions", summary="State costs, rates, and how it was before")
def assume(body: Annotated[Assumptions, Body()]) -> ReportAssumptions:
    org, actor = organisation_of(app), actor_of(app)
    return answer_once(app, books(), now(), lambda: set_assumptions(books(), org, body, actor))
