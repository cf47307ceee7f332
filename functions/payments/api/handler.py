"""HTTP under /v1/payment-links and /v1/payments: ask for money, see what came in."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.ids import new_token
from kasstroom.payments import links
from kasstroom.payments.links import IssuedLink
from kasstroom.payments.model import BookedPayment
from kasstroom.payments.views import (
    LinkView,
    NewLinkView,
    NewPaymentLink,
    PaymentPage,
    link_view,
    new_link_view,
)
from kasstroom.settings import ClockSettings, PublicSettings, TableSettings
from kasstroom.time import Day, day_of
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import CURSOR, answer_once, organisation_of, reply
from kasstroom_aws.shapes import to_plain
from kasstroom_pages.qr import link_qr_svg

app, handler = http()
Id = Annotated[str, Path(max_length=64)]


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def now() -> Any:
    return clock_from(ClockSettings.from_env())()


def _shown(issued: IssuedLink) -> Any:
    url = f"{PublicSettings.from_env().public_url}/p/{issued.token}"
    return to_plain(new_link_view(issued.link, url, link_qr_svg(url)))


@app.post("/v1/payment-links", summary="A link to pay one or many invoices", status_code=201)
def create(body: Annotated[NewPaymentLink, Body()]) -> NewLinkView:
    org, at, token = organisation_of(app), now(), new_token()

    def plan() -> Any:
        return links.create(books(), org, body.debtor, body.invoices, token=token, now=at)

    return answer_once(app, books(), at, plan, status=201, show=_shown)


@app.get("/v1/payment-links/<id>", summary="A payment link and its state")
def show(id: Id) -> LinkView:
    return reply(to_plain(link_view(links.by_id(books(), organisation_of(app), id))))


@app.delete("/v1/payment-links/<id>", summary="Revoke a link: it opens nothing any more")
def revoke(id: Id) -> LinkView:
    org, at = organisation_of(app), now()
    return answer_once(
        app, books(), at, lambda: links.revoke(books(), org, id, at),
        show=lambda link: to_plain(link_view(link)),
    )  # fmt: skip


@app.get("/v1/payments", summary="Payments booked on a day (Amsterdam), today by default")
def payments(
    on: Annotated[Day | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str, Query(pattern=CURSOR)] = "",
) -> PaymentPage:
    org, day = organisation_of(app), str(on or day_of(now()))
    found = books().listing(BookedPayment, org, day, after=cursor, limit=limit)
    return reply(to_plain(PaymentPage(tuple(found), found[-1].id if len(found) == limit else None)))
