"""Money that waits, under /desk/money, for colleagues who signed in: what it is, and putting it
where it belongs. A form does what the API does, with the same use cases."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from aws_lambda_powertools.event_handler import Response

from kasstroom.bank.accounts import g_accounts
from kasstroom.bank.usecases import Ways, ways_of
from kasstroom.errors import KasstroomError, Refused
from kasstroom.settings import ModeSettings
from kasstroom_aws.cached import organisation
from kasstroom_aws.cookies import session_of
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import count, http, logger
from kasstroom_aws.forms import form_fields
from kasstroom_aws.live import ground_of
from kasstroom_pages import money_days, money_desk, money_differences, money_lines, money_payments
from kasstroom_pages.desk import out_of_order
from kasstroom_pages.desk_door import LONGEST_FORM, Asked, DeskAnswer, Door
from kasstroom_pages.money_desk import MoneyDesk, Show

app, handler = http(public=True)


def ways(org: str) -> Ways:
    grounds = partial(ground_of, books())
    return ways_of(organisation(books(), org), grounds, g_accounts(books(), org))


def desk() -> MoneyDesk:
    door = Door(books(), ModeSettings.from_env().mode, now(), count)
    return MoneyDesk(door, partial(organisation, books()), ways)


def asked() -> Asked:
    event = app.current_event
    came_from = event.headers.get("sec-fetch-site", "")
    token, query = session_of(event.raw_event), event.query_string_parameters or {}
    return Asked(event.path, token, query, came_from=came_from)


def seen(show: Show) -> Response:
    return sent(desk().inside(asked(), show))


def done(pages: Any, id: str) -> Response:
    """What a form of one of the `pages` asks."""
    came = replace(asked(), posted=True)
    try:
        typed = form_fields(app.current_event, longest=LONGEST_FORM)
    except Refused as error:
        return sent(desk().inside(came, partial(pages.unread, id=id, error=error)))
    return sent(desk().inside(replace(came, typed=typed), partial(pages.posted, id=id)))


def sent(answer: DeskAnswer) -> Response:
    headers = dict(answer.headers)
    return Response(answer.status, headers.pop("Content-Type"), answer.body, headers=headers)


@app.exception_handler(KasstroomError)
def failed(error: KasstroomError) -> Response:
    return sent(out_of_order(error))


@app.exception_handler(Exception)
def bug(error: Exception) -> Response:
    logger.exception("unexpected error")
    count("DeskBug")
    return sent(out_of_order())


@app.get("/desk/money", include_in_schema=False)
def worklist() -> Response:
    return seen(money_desk.worklist)


@app.get("/desk/money/lines/<id>", include_in_schema=False)
def line(id: str) -> Response:
    return seen(partial(money_lines.shown, id=id))


@app.post("/desk/money/lines/<id>", include_in_schema=False)
def line_done(id: str) -> Response:
    return done(money_lines, id)


@app.get("/desk/money/payments/<id>", include_in_schema=False)
def payment(id: str) -> Response:
    return seen(partial(money_payments.shown, id=id))


@app.post("/desk/money/payments/<id>", include_in_schema=False)
def payment_done(id: str) -> Response:
    return done(money_payments, id)


@app.get("/desk/money/differences/<id>", include_in_schema=False)
def difference(id: str) -> Response:
    return seen(partial(money_differences.shown, id=id))


@app.post("/desk/money/differences/<id>", include_in_schema=False)
def difference_done(id: str) -> Response:
    return done(money_differences, id)


@app.get("/desk/money/days/<on>", include_in_schema=False)
def day(on: str) -> Response:
    return seen(partial(money_days.shown, on=on))
