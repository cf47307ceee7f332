"""HTTP under /v1/attention and /v1/suppressions: whom no message reaches, and why."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import unquote

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.debtors.model import Channel
from kasstroom.messages import views
from kasstroom.messages.attention import done
from kasstroom.messages.suppression import lift
from kasstroom.messages.views import (
    AttentionPage,
    AttentionView,
    DoneNote,
    SuppressionPage,
    SuppressionView,
)
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import CURSOR, actor_of, answer_once, organisation_of, reply
from kasstroom_aws.shapes import to_plain

app, handler = http()
Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str, Query(pattern=CURSOR)]
Address = Annotated[str, Path(description="The address, or its digest", max_length=254)]


@app.get("/v1/attention", summary="Messages that reached nobody, and what to do about it")
def attention(limit: Limit = 50, cursor: Cursor = "") -> AttentionPage:
    return reply(to_plain(views.attention_page(books(), organisation_of(app), cursor, limit)))


@app.post("/v1/attention/<id>/done", summary="It is settled otherwise")
def settled(
    id: Annotated[str, Path(max_length=64)], body: Annotated[DoneNote, Body()]
) -> AttentionView:
    org, actor, at = organisation_of(app), actor_of(app), now()
    return answer_once(
        app, books(), at, lambda: done(books(), org, id, actor.name, body.note, at),
        show=lambda item: to_plain(views.attention_view(books(), item)),
    )  # fmt: skip


@app.get("/v1/suppressions", summary="Addresses that are not tried any more")
def suppressions(limit: Limit = 50, cursor: Cursor = "") -> SuppressionPage:
    return reply(to_plain(views.suppression_page(books(), organisation_of(app), cursor, limit)))


@app.delete("/v1/suppressions/<channel>/<address>", summary="Try this address again")
def lifted(channel: Channel, address: Address) -> SuppressionView:
    org, actor, at = organisation_of(app), actor_of(app), now()
    return answer_once(
        app, books(), at, lambda: lift(books(), org, channel, unquote(address), actor, at),
        show=lambda one: to_plain(views.suppression_view(one)),
    )  # fmt: skip
