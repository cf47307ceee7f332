"""HTTP under /v1/disputes and /v1/replies: what a debtor says, and what was decided."""

from __future__ import annotations

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.resolution import disputes, replies
from kasstroom.resolution.disputes import NewDispute, Outcome
from kasstroom.resolution.model import Dispute, DisputeState
from kasstroom.resolution.reply_model import ReplyKind
from kasstroom.resolution.reply_views import (
    ReplyDone,
    ReplyPage,
    ReplyView,
    reply_page,
    reply_view,
)
from kasstroom.resolution.views import DisputePage, DisputeView, dispute_page, dispute_view
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import CURSOR, actor_of, answer_once, organisation_of, reply
from kasstroom_aws.shapes import to_plain

app, handler = http()
Id = Annotated[str, Path(max_length=64)]


def shown(dispute: Dispute) -> Any:
    return to_plain(dispute_view(dispute))


@app.post("/v1/disputes", summary="Hold (a part of) an invoice that is disputed", status_code=201)
def create(body: Annotated[NewDispute, Body()]) -> DisputeView:
    org, by, at = organisation_of(app), actor_of(app).name, now()
    return answer_once(
        app, books(), at, lambda: disputes.open_dispute(books(), org, body, by, at),
        status=201, show=shown,
    )  # fmt: skip


@app.post("/v1/disputes/<id>/outcome", summary="Decide: accepted, rejected or withdrawn")
def decide(id: Id, body: Annotated[Outcome, Body()]) -> DisputeView:
    org, by, at = organisation_of(app), actor_of(app).name, now()
    return answer_once(
        app, books(), at, lambda: disputes.decide(books(), org, id, body, by, at), show=shown
    )


@app.get("/v1/disputes", summary="Disputes, the newest first; of one debtor or of all")
def page(
    state: Annotated[DisputeState | None, Query()] = None,
    debtor: Annotated[str, Query(max_length=64)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str, Query(pattern=CURSOR)] = "",
) -> DisputePage:
    found = dispute_page(
        books(), organisation_of(app), state=state, debtor=debtor, after=cursor, limit=limit
    )
    return reply(to_plain(found))


@app.get("/v1/disputes/<id>", summary="One dispute")
def show(id: Id) -> DisputeView:
    return reply(shown(disputes.dispute_of(books(), organisation_of(app), id)))


@app.get("/v1/replies", summary="What debtors answered that waits for a person, the oldest first")
def replied(
    kind: Annotated[ReplyKind | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str, Query(pattern=CURSOR)] = "",
) -> ReplyPage:
    found = reply_page(
        books(), organisation_of(app), kind=kind, after=cursor, limit=limit, now=now()
    )
    return reply(to_plain(found))


@app.post("/v1/replies/<id>/done", summary="Somebody dealt with it")
def dealt_with(id: Id, body: Annotated[ReplyDone, Body()]) -> ReplyView:
    org, by, at = organisation_of(app), actor_of(app).name, now()
    return answer_once(
        app, books(), at, lambda: replies.done(books(), org, id, by, body.note, at),
        show=lambda one: to_plain(reply_view(books(), one)),
    )  # fmt: skip
