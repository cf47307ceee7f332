"""The dashboard under /desk/dashboard and the lists behind its figures, for colleagues who signed
in. Everything here is read; nothing is decided."""

from __future__ import annotations

from functools import cache, partial

from aws_lambda_powertools.event_handler import Response

from kasstroom.errors import KasstroomError
from kasstroom.reports.dashboard import Dashboard
from kasstroom.reports.reading_dashboard import Boards
from kasstroom.settings import ChartSettings, FigureSettings, ModeSettings
from kasstroom.time import day_of
from kasstroom_aws.cached import organisation
from kasstroom_aws.chart_library import chart_library
from kasstroom_aws.cookies import session_of
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import count, http, logger
from kasstroom_aws.figure_table import FigureTable
from kasstroom_pages.dashboard import Today, failed
from kasstroom_pages.desk_asked import Asked
from kasstroom_pages.desk_door import DeskAnswer, Door

app, handler = http(public=True)


@cache
def boards() -> Boards:
    return Boards(FigureTable(FigureSettings.from_env()), books())


def board(org: str, currency: str) -> Dashboard:
    return boards().board(org, currency, day_of(now()))


def today() -> Today:
    door, charts = (
        Door(books(), ModeSettings.from_env().mode, now(), count),
        ChartSettings.from_env(),
    )
    find, library = partial(organisation, books()), partial(chart_library, charts)
    return Today(door, find, board, charts.chart_key, library)


def asked() -> Asked:
    event = app.current_event
    token = session_of(event.raw_event)
    return Asked(event.path, token, event.query_string_parameters or {})


def sent(answer: DeskAnswer) -> Response:
    headers = dict(answer.headers)
    return Response(answer.status, headers.pop("Content-Type"), answer.body, headers=headers)


@app.exception_handler(KasstroomError)
@app.exception_handler(Exception)
def bug(error: Exception) -> Response:
    logger.exception("no figures")
    count("DashboardFailed")
    return sent(failed())


@app.get("/desk/dashboard", include_in_schema=False)
def page() -> Response:
    return sent(today().page(asked()))


@app.get("/desk/dashboard/figures", include_in_schema=False)
def figures() -> Response:
    return sent(today().renewed(asked(), app.current_event.headers.get("if-none-match", "")))


@app.get("/desk/dashboard/risks", include_in_schema=False)
def risks() -> Response:
    return sent(today().risks(asked()))


@app.get("/desk/lists/<name>", include_in_schema=False)
def listed(name: str) -> Response:
    return sent(today().list(asked(), name))


@app.get("/desk/assets/<name>", include_in_schema=False, compress=True)
def asset(name: str) -> Response:
    return sent(today().asset(name))
