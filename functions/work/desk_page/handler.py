"""The desk under /desk, for colleagues with a personal key: sign in, the queue, one review.

GET decides nothing; a decision is a POST that carries the token of the session's own pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial

from aws_lambda_powertools.event_handler import Response

from kasstroom.errors import KasstroomError, Refused
from kasstroom.settings import ClockSettings, ModeSettings, TableSettings
from kasstroom_aws.books import BooksTable
from kasstroom_aws.cached import organisation
from kasstroom_aws.clock import clock_from
from kasstroom_aws.cookies import session_cookie, session_of
from kasstroom_aws.entrypoints import count, http, logger
from kasstroom_aws.forms import form_fields
from kasstroom_aws.live import ground_of
from kasstroom_pages import desk_return
from kasstroom_pages.desk import Desk, out_of_order
from kasstroom_pages.desk_door import LONGEST_FORM, Asked, DeskAnswer, Door

app, handler = http(public=True)


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def door() -> Door:
    now = clock_from(ClockSettings.from_env())()
    return Door(books(), ModeSettings.from_env().mode, now, count)


def desk() -> Desk:
    return Desk(door(), partial(organisation, books()), partial(ground_of, books()))


def asked() -> Asked:
    event = app.current_event
    token = session_of(event.raw_event)
    came_from = event.headers.get("sec-fetch-site", "")
    return Asked(event.path, token, event.query_string_parameters or {}, came_from=came_from)


def with_form(act: Callable[[Asked], DeskAnswer]) -> Response:
    try:
        typed = form_fields(app.current_event, longest=LONGEST_FORM)
    except Refused as error:
        return sent(desk_return.unread(desk(), asked(), error))
    return sent(act(replace(asked(), typed=typed, posted=True)))


def sent(answer: DeskAnswer) -> Response:
    headers = dict(answer.headers)
    cookies = [] if answer.token is None else [session_cookie(answer.token)]
    content_type = headers.pop("Content-Type")
    return Response(answer.status, content_type, answer.body, headers=headers, cookies=cookies)


@app.exception_handler(KasstroomError)
def failed(error: KasstroomError) -> Response:
    return sent(out_of_order(error))


@app.exception_handler(Exception)
def bug(error: Exception) -> Response:
    logger.exception("unexpected error")
    count("DeskBug")
    return sent(out_of_order())


@app.get("/desk", include_in_schema=False)
def queue() -> Response:
    return sent(desk().queue(asked()))


@app.get("/desk/login", include_in_schema=False)
def login() -> Response:
    return sent(door().shown(asked()))


@app.post("/desk/login", include_in_schema=False)
def sign_in() -> Response:
    return with_form(partial(desk_return.sign_in, desk()))


@app.post("/desk/logout", include_in_schema=False)
def sign_out() -> Response:
    return with_form(door().sign_out)


@app.get("/desk/reviews/<id>", include_in_schema=False)
def review(id: str) -> Response:
    return sent(desk().review(asked(), id))


@app.post("/desk/reviews/<id>", include_in_schema=False)
def decide(id: str) -> Response:
    return with_form(partial(desk().decide, id=id))
