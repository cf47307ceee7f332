"""Reports over HTTP: where they are read from, in whose language, as data or as a file."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from functools import partial
from io import BytesIO
from typing import Any

from aws_lambda_powertools.event_handler import Response

from kasstroom.organisations.model import Language, Organisation
from kasstroom.reports.asking import Question, has_format
from kasstroom.reports.delivering.model import MEDIA_TYPES
from kasstroom.reports.delivering.ports import Writer
from kasstroom.reports.reading import Reading, at_once, read, too_large
from kasstroom.reports.report_views import report_view
from kasstroom.reports.shape import Format, Paper, Sources
from kasstroom.settings import FigureSettings
from kasstroom_aws.books import BooksTable
from kasstroom_aws.deployment import books, now
from kasstroom_aws.figure_table import FigureTable
from kasstroom_aws.http import reply
from kasstroom_aws.live import ground_of
from kasstroom_aws.shapes import to_plain

MOST_BYTES = 4_500_000
"""Lambda hands on six megabytes, and a file travels as base64, which makes four into three."""


def sources_on(table: BooksTable, figures: FigureSettings) -> Sources:
    return Sources(table, FigureTable(figures), partial(ground_of, table))


def language_of(app: Any, wished: Language | None) -> Language:
    """What is asked, else the first of ours in `Accept-Language`, else Dutch."""
    if wished:
        return wished
    accepted = (app.current_event.headers or {}).get("accept-language", "")
    for one in accepted.lower().split(",")[:20]:
        name = one.strip()[:2]
        if name in (Language.NL, Language.EN):
            return Language(name)
    return Language.NL


def answered(
    sources: Sources,
    question: Question,
    format: Format,
    language: Language,
    writers: Mapping[Format, Writer],
) -> Response:
    """Refused when it is larger than an answer can be."""
    has_format(question.report, format)
    reading = read(sources, question)
    rows = at_once(reading, time.monotonic)
    if format is Format.JSON:
        shown = to_plain(report_view(reading, rows, language))
        if len(json.dumps(shown)) > MOST_BYTES:
            raise too_large(question.report.name)
        return reply(shown)
    reading.rows = iter(rows)
    return _file(reading, format, language, writers[format])


def _file(reading: Reading, format: Format, language: Language, write: Writer) -> Response:
    asked, out = reading.question.asked, BytesIO()
    creditor = books().get(Organisation, asked.org)
    write(out, reading, Paper(creditor.name, language, now()))
    content = out.getvalue()
    if len(content) > MOST_BYTES:
        raise too_large(reading.question.report.name)
    name = f"{reading.question.report.name}-{asked.as_of.isoformat()}.{format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(200, MEDIA_TYPES[format], content, headers=headers)
