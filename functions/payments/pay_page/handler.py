"""What a payer sees under /p: the page, the way to the bank, and what came of it.

GET never has a side effect; only the button's POST starts a payment.
"""

from __future__ import annotations

from functools import cache, partial
from typing import Any
from uuid import uuid4

from aws_lambda_powertools.event_handler import Response

from kasstroom.errors import KasstroomError, NotFound, Refused, Unavailable
from kasstroom.payments.attempts import start
from kasstroom.payments.shop import Shop, shop_from
from kasstroom.settings import ClockSettings, ProviderSettings, PublicSettings, TableSettings
from kasstroom_aws.books import BooksTable
from kasstroom_aws.cached import organisation
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, http, logger
from kasstroom_aws.secrets import ProviderSecrets
from kasstroom_pages import answers
from kasstroom_pages.answers import Answer, Payer
from kasstroom_psp.wiring import providers

app, handler = http(public=True)


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


@cache
def settings() -> ProviderSettings:
    return ProviderSettings.from_env()


@cache
def secrets() -> ProviderSecrets:
    return ProviderSecrets(settings().provider_secret)


@cache
def provider_of() -> Any:
    return providers(secrets().provider, settings().mollie_url)


@cache
def shop() -> Shop:
    name = lambda org: organisation(books(), org).name  # noqa: E731
    return shop_from(PublicSettings.from_env().public_url, secrets().signature, hosts(), name)


def hosts() -> tuple[str, ...]:
    return tuple(settings().checkout_hosts.split(","))


def payer() -> Payer:
    find = partial(organisation, books())
    now = clock_from(ClockSettings.from_env())()
    return Payer(books(), find, PublicSettings.from_env().public_url, now, hosts())


def sent(answer: Answer) -> Response:
    headers = dict(answer.headers)
    return Response(answer.status, headers.pop("Content-Type"), answer.body, headers=headers)


@app.exception_handler(KasstroomError)
def failed(error: KasstroomError) -> Response:
    return sent(answers.gone() if isinstance(error, NotFound) else answers.broken())


@app.exception_handler(Exception)
def bug(error: Exception) -> Response:
    logger.exception("unexpected error")
    count("PayPageBug")
    return sent(answers.broken())


@app.route("/p/<token>", method=["GET", "HEAD"], include_in_schema=False)
def page(token: str) -> Response:
    return sent(payer().page(token))


@app.post("/p/<token>/pay", include_in_schema=False)
def pay(token: str) -> Response:
    visitor = payer()
    key = lambda: str(uuid4())  # noqa: E731
    try:
        url = start(books(), provider_of(), shop(), token, now=visitor.now, new_key=key)
    except Unavailable:
        count("CheckoutUnavailable")
        return sent(visitor.trouble(token))
    except Refused:
        return sent(visitor.back(token))
    count("CheckoutStarted")
    return sent(visitor.to_bank(url))


@app.get("/p/<token>/return", include_in_schema=False)
def returned(token: str) -> Response:
    asked = app.current_event.get_query_string_value("n", "0")
    return sent(payer().returned(token, int(asked) if asked.isdecimal() else 0))


@app.get("/assets/<name>", include_in_schema=False)
def file(name: str) -> Response:
    return sent(answers.file(name))
