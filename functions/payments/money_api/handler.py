"""HTTP under /v1/payments, /v1/unmatched-payments, /v1/refunds: what came in, where it rests."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any
from uuid import uuid4

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.payments import handling, refunding
from kasstroom.payments.handling import (
    MoreAllocations,
    NewAllocations,
    NewExchange,
    NewRefund,
    TakenBack,
)
from kasstroom.payments.model import PROVIDERS, BookedPayment
from kasstroom.payments.money_views import (
    MoneyView,
    RefundView,
    UnmatchedPage,
    money_shown,
    money_view,
    refund_view,
    unmatched_page,
)
from kasstroom.payments.views import PaymentPage
from kasstroom.time import Day, day_of
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import CURSOR, actor_of, answer_once, organisation_of, reply
from kasstroom_aws.live import ground_of
from kasstroom_aws.shapes import to_plain

app, handler = http()
Id = Annotated[str, Path(max_length=64)]
Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str, Query(pattern=CURSOR)]


def _done(use: Any, id: str, body: Any) -> Any:
    """Runs a use case on one payment for whoever asks, once."""
    org, actor, at = organisation_of(app), actor_of(app), now()
    grounds = partial(ground_of, books())
    return answer_once(
        app, books(), at, lambda: use(books(), org, id, body, actor, at, grounds),
        show=lambda money: to_plain(money_view(money)),
    )  # fmt: skip


@app.get("/v1/payments", summary="Payments booked on a day (Amsterdam), today by default")
def payments(
    on: Annotated[Day | None, Query()] = None, limit: Limit = 50, cursor: Cursor = ""
) -> PaymentPage:
    org, day = organisation_of(app), str(on or day_of(now()))
    found = books().listing(BookedPayment, org, day, after=cursor, limit=limit)
    return reply(to_plain(PaymentPage(tuple(found), found[-1].id if len(found) == limit else None)))


@app.get("/v1/payments/<id>", summary="A payment: where it rests, and how it came there")
def show(id: Id) -> MoneyView:
    return reply(to_plain(money_shown(books(), organisation_of(app), id)))


@app.put("/v1/payments/<id>/allocations", summary="Let a payment pay these invoices instead")
def reallocate(id: Id, body: Annotated[NewAllocations, Body()]) -> MoneyView:
    return _done(handling.reallocate, id, body)


@app.post("/v1/payments/<id>/exchanges", summary="Let it pay an invoice in another currency")
def exchange(id: Id, body: Annotated[NewExchange, Body()]) -> MoneyView:
    return _done(handling.exchanged, id, body)


@app.post("/v1/payments/<id>/exchanges/undo", summary="Take back what it paid in others")
def undo_exchanges(id: Id, body: Annotated[TakenBack, Body()]) -> MoneyView:
    return _done(handling.changed_back_again, id, body)


@app.post("/v1/payments/<id>/refunds", summary="Send money back to the payer", status_code=202)
def refund(id: Id, body: Annotated[NewRefund, Body()]) -> RefundView:
    org, actor, at, key = organisation_of(app), actor_of(app), now(), str(uuid4())

    def plan() -> Any:
        return refunding.request(
            books(), org, id, body.amount, reason=body.reason, by=actor.name, now=at, key=key,
            providers=PROVIDERS,
        )  # fmt: skip

    show = lambda made: to_plain(refund_view(made))  # noqa: E731
    return answer_once(app, books(), at, plan, status=202, show=show)


@app.get("/v1/refunds/<id>", summary="How a refund goes")
def refund_shown(id: Id) -> RefundView:
    return reply(to_plain(refund_view(refunding.refund_by_id(books(), organisation_of(app), id))))


@app.get("/v1/unmatched-payments", summary="Money that no invoice took")
def unmatched(limit: Limit = 50, cursor: Cursor = "") -> UnmatchedPage:
    return reply(to_plain(unmatched_page(books(), organisation_of(app), cursor, limit)))


@app.post("/v1/unmatched-payments/<id>/allocations", summary="Put it on invoices")
def allocate(id: Id, body: Annotated[MoreAllocations, Body()]) -> MoneyView:
    return _done(handling.allocate_left, id, body)
