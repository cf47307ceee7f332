"""HTTP under /v1/credit-checks and /v1/reservations: the checkout decision and its hold."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path

from kasstroom.credit import reservations, usecases
from kasstroom.credit.model import Reservation, ReservationState
from kasstroom.credit.policy import CreditPolicy
from kasstroom.credit.usecases import CreditCheck
from kasstroom.credit.views import DecisionView, decision_view
from kasstroom.ids import digest, new_id
from kasstroom.settings import ClockSettings, TableSettings
from kasstroom.settle import settle
from kasstroom_aws.books import BooksTable, Exists
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, http
from kasstroom_aws.http import answer_once, fingerprint_of, key_given, organisation_of, reply
from kasstroom_aws.shapes import to_plain

app, handler = http()
Id = Annotated[str, Path(max_length=64)]
POLICY = CreditPolicy()


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def now() -> Any:
    return clock_from(ClockSettings.from_env())()


@app.post("/v1/credit-checks", summary="May this debtor pay later?", status_code=201)
def check(body: Annotated[CreditCheck, Body()]) -> DecisionView:
    org, at, fingerprint = organisation_of(app), now(), fingerprint_of(app)
    request_id = digest(key_given(app) or new_id("req", at))
    facts = {"request_id": request_id, "fingerprint": fingerprint, "now": at, "policy": POLICY}
    try:
        decision = settle(books(), lambda: usecases.check(books(), org, body, **facts))
    except Exists:
        decision = usecases.earlier(books(), org, request_id, fingerprint)
    count(f"CreditCheck_{decision.outcome}")
    return reply(to_plain(decision_view(decision)), 201)


@app.get("/v1/credit-checks/<id>", summary="A decision as it was made")
def decision(id: Id) -> DecisionView:
    return reply(to_plain(decision_view(usecases.decision_of(books(), organisation_of(app), id))))


@app.get("/v1/reservations/<id>", summary="A hold on the limit")
def reservation(id: Id) -> Reservation:
    found = reservations.reservation_of(books(), organisation_of(app), id)
    return reply(to_plain(found))


def _moving(id: str, to: ReservationState) -> Any:
    org, at = organisation_of(app), now()
    return answer_once(
        app, books(), at, lambda: reservations.move(books(), org, id, to, at, POLICY)
    )


@app.post("/v1/reservations/<id>/renew", summary="Hold it longer")
def renew(id: Id) -> Reservation:
    return _moving(id, ReservationState.HELD)


@app.post("/v1/reservations/<id>/commit", summary="The order is confirmed")
def commit(id: Id) -> Reservation:
    return _moving(id, ReservationState.COMMITTED)


@app.post("/v1/reservations/<id>/consume", summary="The order is invoiced")
def consume(id: Id) -> Reservation:
    return _moving(id, ReservationState.CONSUMED)


@app.post("/v1/reservations/<id>/release", summary="Give the limit back")
def release(id: Id) -> Reservation:
    return _moving(id, ReservationState.RELEASED)
