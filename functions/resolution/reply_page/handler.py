"""Where a debtor answers a message, under /p: already paid, cannot pay, does not agree.

GET never has a side effect; only the button's POST says it. A link that opens nothing answers as
the payment page does.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from aws_lambda_powertools.event_handler import Response

from kasstroom.errors import KasstroomError, NotFound, Refused
from kasstroom.ids import digest
from kasstroom.payments.links import bare
from kasstroom.payments.throttle import (
    MISS_ADDRESS,
    REPLY_ADDRESS,
    REPLY_LINK,
    allowed,
    network_of,
)
from kasstroom.resolution.reply_model import ReplyKind
from kasstroom.settings import PublicSettings, TableSettings
from kasstroom_aws.cached import organisation
from kasstroom_aws.counters import TableCounters
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import count, http, logger
from kasstroom_aws.forms import form_fields
from kasstroom_pages import answers
from kasstroom_pages.answers import Answer, Payer
from kasstroom_pages.reply_pages import kind_at
from kasstroom_pages.reply_typed import LONGEST_FORM
from kasstroom_pages.replying import Visit

app, handler = http(public=True)


def visit(token: str, kind: ReplyKind) -> Visit:
    find = partial(organisation, books())
    return Visit(Payer(books(), find, PublicSettings.from_env().public_url, now()), token, kind)


def sent(answer: Answer) -> Response:
    headers = dict(answer.headers)
    return Response(answer.status, headers.pop("Content-Type"), answer.body, headers=headers)


def header(name: str) -> str:
    return (app.current_event.headers or {}).get(name, "")


def visitor() -> str:
    """A fingerprint of where the request came from; empty when the gateway does not say."""
    http = app.current_event.raw_event["requestContext"]["http"]
    network = network_of(http.get("sourceIp", ""))
    return network and digest(network)


def let_through(*tries: Any) -> bool:
    return allowed(TableCounters(TableSettings.from_env()), tries, now())


@app.exception_handler(KasstroomError)
def failed(error: KasstroomError) -> Response:
    if not isinstance(error, NotFound):
        return sent(answers.broken())
    count("ReplyPageMiss")
    language = answers.spoken(header("accept-language"))
    often = not let_through((MISS_ADDRESS, visitor()))
    return sent(answers.busy(language) if often else answers.gone(language))


@app.exception_handler(Exception)
def bug(error: Exception) -> Response:
    logger.exception("unexpected error")
    count("ReplyPageBug")
    return sent(answers.broken())


@app.route("/p/<token>/<answer>", method=["GET", "HEAD"], include_in_schema=False)
def page(token: str, answer: str) -> Response:
    more = app.current_event.get_query_string_value("more", "")
    return sent(visit(token, kind_at(answer)).page(more=bool(more)))


@app.post("/p/<token>/<answer>", include_in_schema=False)
def said(token: str, answer: str) -> Response:
    if not let_through((REPLY_ADDRESS, visitor()), (REPLY_LINK, digest(bare(token))[:32])):
        count("ReplyPageBusy")
        return sent(answers.busy(answers.spoken(header("accept-language"))))
    here = visit(token, kind_at(answer))
    try:
        typed = form_fields(app.current_event, longest=LONGEST_FORM)
    except Refused:
        return sent(here.unsent())
    return sent(here.sent(typed, header("sec-fetch-site")))
