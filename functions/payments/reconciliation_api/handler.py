"""HTTP under /v1/reconciliation and /v1/payment-differences: does it all agree."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.payments.difference_views import (
    DifferencePage,
    DifferenceView,
    Resolution,
    difference_page,
    difference_shown,
    difference_view,
)
from kasstroom.payments.differences import resolve
from kasstroom.payments.reconciliation import DayReport, report
from kasstroom.time import Day, day_of
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import CURSOR, actor_of, answer_once, organisation_of, reply
from kasstroom_aws.shapes import to_plain

app, handler = http()


@app.get("/v1/reconciliation", summary="A day from three sides: ledger, providers, bank")
def day(
    on: Annotated[Day | None, Query()] = None,
    currency: Annotated[str, Query(pattern="^[A-Z]{3}$")] = "EUR",
) -> DayReport:
    asked = on or day_of(now())
    org, today = organisation_of(app), day_of(now())
    return reply(to_plain(report(books(), org, asked, currency, today=today)))


@app.get("/v1/payment-differences", summary="Where a provider and the ledger do not agree")
def differences(
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str, Query(pattern=CURSOR)] = "",
) -> DifferencePage:
    return reply(to_plain(difference_page(books(), organisation_of(app), cursor, limit)))


@app.get("/v1/payment-differences/<id>", summary="One difference, also when it was settled")
def difference(id: Annotated[str, Path(max_length=64)]) -> DifferenceView:
    return reply(to_plain(difference_shown(books(), organisation_of(app), id)))


@app.post("/v1/payment-differences/<id>/resolve", summary="Say how it was settled")
def settled(
    id: Annotated[str, Path(max_length=64)], body: Annotated[Resolution, Body()]
) -> DifferenceView:
    org, actor, at = organisation_of(app), actor_of(app), now()
    return answer_once(
        app, books(), at, lambda: resolve(books(), org, id, body.note, actor.name, at),
        show=lambda done: to_plain(difference_view(done)),
    )  # fmt: skip
