"""Signing in at the desk with an account, and out again: the way to Cognito's pages and back."""

from __future__ import annotations

from functools import cache

from aws_lambda_powertools.event_handler import Response

from kasstroom.access.attempts import LASTS
from kasstroom.errors import KasstroomError
from kasstroom.settings import ModeSettings, PublicSettings, StaffSettings
from kasstroom_aws.clock import system_clock
from kasstroom_aws.cookies import cookie_of, returning_cookie, session_cookie, session_of
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import count, http, logger
from kasstroom_aws.staff import CognitoAccounts
from kasstroom_pages.desk import out_of_order
from kasstroom_pages.desk_asked import Asked
from kasstroom_pages.desk_door import SIGN_IN, SIGN_OUT, SIGNED_IN, SIGNED_OUT, Door
from kasstroom_pages.staff_door import StaffDoor, Step

app, handler = http(public=True)
ATTEMPT = "ks_attempt"


@cache
def accounts() -> CognitoAccounts:
    return CognitoAccounts(StaffSettings.from_env())


def door() -> StaffDoor:
    inner = Door(books(), ModeSettings.from_env().mode, now(), count)
    return StaffDoor(inner, accounts(), PublicSettings.from_env().public_url, system_clock, noted)


def noted(error: KasstroomError) -> None:
    count("DeskAccountRefused")
    logger.warning("not signed in", extra={"code": error.code, "detail": error.detail})


def asked() -> Asked:
    event = app.current_event
    token = session_of(event.raw_event)
    return Asked(event.path, token, event.query_string_parameters or {})


def sent(step: Step) -> Response:
    answer, headers, cookies = step.answer, dict(step.answer.headers), []
    if answer.token is not None:
        cookies += [session_cookie(answer.token)]
    if step.attempt is not None:
        seconds = int(LASTS.total_seconds())
        cookies += [returning_cookie(ATTEMPT, step.attempt, SIGNED_IN, seconds)]
    kind = headers.pop("Content-Type")
    return Response(answer.status, kind, answer.body, headers=headers, cookies=cookies)


@app.exception_handler(Exception)
def bug(error: Exception) -> Response:
    logger.exception("unexpected error")
    count("DeskBug")
    return sent(Step(out_of_order()))


@app.get(SIGN_IN, include_in_schema=False)
def sign_in() -> Response:
    return sent(door().begin(asked()))


@app.get(SIGNED_IN, include_in_schema=False)
def signed_in() -> Response:
    return sent(door().back(asked(), cookie_of(app.current_event.raw_event, ATTEMPT)))


@app.get(SIGN_OUT, include_in_schema=False)
def sign_out() -> Response:
    return sent(door().leave(asked()))


@app.get(SIGNED_OUT, include_in_schema=False)
def signed_out() -> Response:
    return sent(door().left(asked()))
