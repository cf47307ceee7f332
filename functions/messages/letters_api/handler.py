"""HTTP under /v1/letter-batches: what the printer takes, and the day it was posted."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.messages import posting
from kasstroom.messages.batch_views import (
    BatchLetterPage,
    LetterBatchPage,
    LetterBatchView,
    batch_page,
    batch_view,
    letter_page,
)
from kasstroom.messages.posting import Posting
from kasstroom.settings import LetterSettings
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import CURSOR, actor_of, answer_once, organisation_of, reply
from kasstroom_aws.letter_files import LetterBucket
from kasstroom_aws.shapes import to_plain

app, handler = http()
Id = Annotated[str, Path(max_length=64)]
Cursor = Annotated[str, Query(pattern=CURSOR)]
Limit = Annotated[int, Query(ge=1, le=100)]


@cache
def store() -> LetterBucket:
    return LetterBucket(LetterSettings.from_env())


@app.get("/v1/letter-batches", summary="The letters of each evening, oldest first")
def batches(limit: Limit = 50, cursor: Cursor = "") -> LetterBatchPage:
    org, actor = organisation_of(app), actor_of(app)
    return reply(to_plain(batch_page(books(), store(), org, actor, after=cursor, limit=limit)))


@app.get("/v1/letter-batches/<id>", summary="One batch, with its files for a collector")
def show(id: Id) -> LetterBatchView:
    found = posting.batch_of(books(), organisation_of(app), id)
    return reply(to_plain(batch_view(found, store(), actor_of(app))))


@app.get("/v1/letter-batches/<id>/letters", summary="Its letters, each with its file (a collector)")
def letters(id: Id, limit: Limit = 50, cursor: Cursor = "") -> BatchLetterPage:
    org, actor = organisation_of(app), actor_of(app)
    return reply(to_plain(letter_page(books(), store(), org, id, actor, after=cursor, limit=limit)))


@app.post("/v1/letter-batches/<id>/posted", summary="Say on which day it was posted (a collector)")
def posted(id: Id, body: Annotated[Posting, Body()]) -> LetterBatchView:
    org, actor, at = organisation_of(app), actor_of(app), deployment.now()

    def plan() -> Any:
        return posting.start(books(), org, id, body, actor, at)

    answer_once(app, books(), at, plan, show=lambda batch: batch.id)
    done = posting.finish(books(), org, id, at)
    return reply(to_plain(batch_view(done, store(), actor)))
