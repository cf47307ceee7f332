"""HTTP under /v1/reservations: the hold on the limit, through the life of an order."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path

from kasstroom.credit import reservations
from kasstroom.credit.decision import Reservation
from kasstroom.credit.order_changes import Amend, Commit, Consume
from kasstroom.credit.reservations import Step
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import answer_once, organisation_of, reply
from kasstroom_aws.live import ground_of
from kasstroom_aws.shapes import to_plain

app, handler = http()
Id = Annotated[str, Path(max_length=64)]


def grounds() -> Any:
    return partial(ground_of, books())


@app.get("/v1/reservations/<id>", summary="A hold on the limit")
def reservation(id: Id) -> Reservation:
    found = reservations.reservation_of(books(), organisation_of(app), id)
    return reply(to_plain(found))


def _moving(id: str, move: Step) -> Any:
    org, at = organisation_of(app), now()
    return answer_once(
        app, books(), at, lambda: reservations.step(books(), org, id, move, at, grounds())
    )


@app.post("/v1/reservations/<id>/renew", summary="Hold it longer; the rules are asked again")
def renew(id: Id) -> Reservation:
    return _moving(id, reservations.renewed)


@app.post("/v1/reservations/<id>/amend", summary="The order became smaller or larger")
def amend(id: Id, body: Annotated[Amend, Body()]) -> Reservation:
    return _moving(id, reservations.amended(body))


@app.post("/v1/reservations/<id>/commit", summary="The order is confirmed")
def commit(id: Id, body: Annotated[Commit | None, Body()] = None) -> Reservation:
    return _moving(id, reservations.committed(body or Commit()))


@app.post("/v1/reservations/<id>/consume", summary="The order, or part of it, is invoiced")
def consume(id: Id, body: Annotated[Consume | None, Body()] = None) -> Reservation:
    return _moving(id, reservations.consumed(body or Consume()))


@app.post("/v1/reservations/<id>/release", summary="Give the limit back")
def release(id: Id) -> Reservation:
    return _moving(id, reservations.released)
