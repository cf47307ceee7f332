"""What a payer sees under /p: the page, the way to the bank, and what came of it.

GET never has a side effect; only the button's POST starts a payment. A link that opens nothing
always answers the same, and costs a count per address.
"""

from __future__ import annotations

from functools import cache, partial
from typing import Any
from uuid import uuid4

from aws_lambda_powertools.event_handler import Response

from kasstroom.errors import KasstroomError, NotFound, Refused, Unavailable
from kasstroom.ids import digest
from kasstroom.payments.attempts import start
from kasstroom.payments.links import bare
from kasstroom.payments.shop import Shop, shop_from
from kasstroom.payments.throttle import (
    MISS_ADDRESS,
    PAY_ADDRESS,
    PAY_LINK,
    allowed,
    network_of,
)
from kasstroom.settings import (
    ModeSettings,
    PaymentQueueSettings,
    ProviderSettings,
    PublicSettings,
    TableSettings,
)
from kasstroom_aws import deployment
from kasstroom_aws.cached import organisation
from kasstroom_aws.counters import TableCounters
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, http, logger
from kasstroom_aws.forms import form_fields
from kasstroom_aws.queues import SqsPaymentQueue
from kasstroom_aws.secrets import ProviderSecrets
from kasstroom_pages import answers
from kasstroom_pages.answers import Answer, Payer
from kasstroom_pages.typed_payment import of_our_page, wish_of
from kasstroom_psp.wiring import providers

app, handler = http(public=True)


@cache
def settings() -> ProviderSettings:
    return ProviderSettings.from_env()


@cache
def secrets() -> ProviderSecrets:
    return ProviderSecrets(settings().provider_secret)


@cache
def provider_of() -> Any:
    return providers(secrets(), settings(), ModeSettings.from_env().mode)


@cache
def shop() -> Shop:
    known = partial(organisation, books())
    return shop_from(
        PublicSettings.from_env().public_url, secrets().signature, hosts(),
        lambda org: known(org).name, lambda org: known(org).payment_methods,
    )  # fmt: skip


def hosts() -> tuple[str, ...]:
    return tuple(settings().checkout_hosts.split(","))


def payer() -> Payer:
    find = partial(organisation, books())
    now = deployment.now()
    return Payer(books(), find, PublicSettings.from_env().public_url, now, hosts())


def sent(answer: Answer) -> Response:
    headers = dict(answer.headers)
    return Response(answer.status, headers.pop("Content-Type"), answer.body, headers=headers)


def visitor() -> str:
    """A fingerprint of where the request came from; empty when the gateway does not say."""
    http = app.current_event.raw_event["requestContext"]["http"]
    network = network_of(http.get("sourceIp", ""))
    return network and secrets().signature("visitor", network)


def let_through(*tries: Any) -> bool:
    now = deployment.now()
    return allowed(TableCounters(TableSettings.from_env()), tries, now)


def header(name: str) -> str:
    return (app.current_event.headers or {}).get(name, "")


def language() -> Any:
    return answers.spoken(header("accept-language"))


@app.exception_handler(KasstroomError)
def failed(error: KasstroomError) -> Response:
    if not isinstance(error, NotFound):
        return sent(answers.broken())
    count("PayPageMiss")
    often = not let_through((MISS_ADDRESS, visitor()))
    return sent(answers.busy(language()) if often else answers.gone(language()))


@app.exception_handler(Exception)
def bug(error: Exception) -> Response:
    logger.exception("unexpected error")
    count("PayPageBug")
    return sent(answers.broken())


@app.route("/p/<token>", method=["GET", "HEAD"], include_in_schema=False)
@app.route("/p/<token>/pay", method=["GET", "HEAD"], include_in_schema=False)
def page(token: str) -> Response:
    """Also below the button's address: a browser that was closed there opens it again."""
    return sent(payer().page(token))


@app.post("/p/<token>/pay", include_in_schema=False)
def pay(token: str) -> Response:
    if not let_through((PAY_ADDRESS, visitor()), (PAY_LINK, digest(bare(token))[:32])):
        count("PayPageBusy")
        return sent(answers.busy(language()))
    here, key = payer(), lambda: str(uuid4())
    try:
        form = of_our_page(form_fields(app.current_event), token, header("sec-fetch-site"))
    except Refused:
        return sent(here.unsent(token))
    try:
        begun = start(
            books(), provider_of(), shop(), token, now=here.now, new_key=key,
            queue=SqsPaymentQueue(PaymentQueueSettings.from_env()), wish=wish_of(form),
        )  # fmt: skip
    except Unavailable:
        count("CheckoutUnavailable")
        return sent(here.trouble(token))
    except Refused as error:
        count("CheckoutRefused")
        return sent(here.refused(token, error, form))
    count("CheckoutStarted")
    return sent(here.processing(token) if begun.paid else here.to_bank(begun.url))


@app.route("/p/<token>/return", method=["GET", "HEAD"], include_in_schema=False)
def returned(token: str) -> Response:
    return sent(payer().returned(token, app.current_event.get_query_string_value("n", "0")))


@app.get("/assets/<name>", include_in_schema=False)
def file(name: str) -> Response:
    return sent(answers.file(name))
