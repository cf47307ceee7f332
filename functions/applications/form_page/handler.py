"""What a buyer sees under /apply: the form, and what became of the application.

GET never has a side effect; sending and withdrawing are POSTs that carry a nonce of the page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from aws_lambda_powertools.event_handler import Response

from kasstroom.errors import KasstroomError, NotFound, Refused
from kasstroom.settings import PublicSettings
from kasstroom_aws import deployment
from kasstroom_aws.cached import organisation
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, http, logger
from kasstroom_aws.forms import form_fields
from kasstroom_aws.live import ground_of
from kasstroom_pages import answers
from kasstroom_pages.answers import Answer
from kasstroom_pages.applying import LONGEST_FORM, Visit, Visitor
from kasstroom_partners.identities import CheckedIdentities

app, handler = http(public=True)


def visit(token: str) -> Visit:
    visitor = Visitor(
        books(), partial(organisation, books()), partial(ground_of, books()), CheckedIdentities(),
        PublicSettings.from_env().public_url, deployment.now(),
    )  # fmt: skip
    return Visit(visitor, token, language())


def language() -> str:
    return app.current_event.get_query_string_value("lang", "")


def sent(answer: Answer) -> Response:
    headers = dict(answer.headers)
    return Response(answer.status, headers.pop("Content-Type"), answer.body, headers=headers)


def with_form(token: str, act: Callable[[Visit, dict[str, str], str], Answer]) -> Response:
    visitor, came_from = visit(token), (app.current_event.headers or {}).get("sec-fetch-site", "")
    try:
        typed = form_fields(app.current_event, longest=LONGEST_FORM)
    except Refused as error:
        return sent(visitor.unread(error))
    return sent(act(visitor, typed, came_from))


@app.exception_handler(KasstroomError)
def failed(error: KasstroomError) -> Response:
    known = isinstance(error, (NotFound, Refused))
    return sent(answers.no_application(language()) if known else answers.broken())


@app.exception_handler(Exception)
def bug(error: Exception) -> Response:
    logger.exception("unexpected error")
    count("ApplicationPageBug")
    return sent(answers.broken())


@app.route("/apply/<token>", method=["GET", "HEAD"], include_in_schema=False)
def page(token: str) -> Response:
    saved = app.current_event.get_query_string_value("saved", "")
    return sent(visit(token).page(saved=bool(saved)))


@app.post("/apply/<token>", include_in_schema=False)
def send(token: str) -> Response:
    return with_form(token, Visit.sent)


@app.post("/apply/<token>/withdraw", include_in_schema=False)
def withdraw(token: str) -> Response:
    return with_form(token, Visit.withdrawn)
