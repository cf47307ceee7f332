"""HTTP under /v1/mandates and /v1/collections: collect by SEPA direct debit."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.mandates import amending, ending, exporting, planning, registering, settings, views
from kasstroom.mandates.amending import Amendment
from kasstroom.mandates.collection import Collection
from kasstroom.mandates.ending import Cancellation, Rejection
from kasstroom.mandates.planning import NewCollection
from kasstroom.mandates.registering import NewMandate, Revocation
from kasstroom.mandates.settings import SetTerms
from kasstroom.mandates.terms import DirectDebitTerms
from kasstroom.mandates.views import (
    CollectionPage,
    CollectionView,
    LinePage,
    LineView,
    MandatePage,
    MandateView,
)
from kasstroom.settings import UploadSettings
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import CURSOR, actor_of, answer_once, organisation_of, reply
from kasstroom_aws.shapes import to_plain
from kasstroom_aws.uploads import UploadBucket
from kasstroom_documents.pain008 import pain_008

app, handler = http()
Id = Annotated[str, Path(max_length=64)]
Cursor = Annotated[str, Query(pattern=CURSOR)]
Limit = Annotated[int, Query(ge=1, le=100)]


@cache
def files() -> UploadBucket:
    return UploadBucket(UploadSettings.from_env())


def _plan(plan: Any, show: Any = to_plain, status: int = 200) -> Any:
    """`plan` of the organisation, who asks, and the moment; `show` gets the moment too."""
    org, actor, at = organisation_of(app), actor_of(app), now()
    return answer_once(app, books(), at, lambda: plan(org, actor, at), status=status, show=show)


def _mandate(plan: Any, status: int = 200) -> Any:
    return _plan(plan, lambda made: to_plain(views.mandate_view(made, now())), status)


def _collection(found: Collection, status: int = 200) -> Any:
    url = files().download_url(found.file_key) if found.file_key else ""
    return reply(to_plain(views.collection_view(found, url)), status)


def _started(plan: Any) -> str:
    """The first step is taken once per Idempotency-Key; what follows goes on where it was."""
    return _plan(plan, lambda made: {"id": made.id}).body["id"]


@app.post("/v1/mandates", summary="A mandate that a debtor signed", status_code=201)
def register(body: Annotated[NewMandate, Body()]) -> MandateView:
    return _mandate(lambda org, by, at: registering.register(books(), org, body, by, at), 201)


@app.get("/v1/mandates", summary="Mandates of a debtor, or all of them")
def mandate_page(
    debtor: Annotated[str, Query(max_length=64)] = "", limit: Limit = 50, cursor: Cursor = ""
) -> MandatePage:
    org, at = organisation_of(app), now()
    if debtor:
        return reply(to_plain(views.mandates_of(books(), org, debtor, at)))
    return reply(to_plain(views.mandate_page(books(), org, after=cursor, limit=limit, now=at)))


@app.get("/v1/mandates/<id>", summary="One mandate, with its state today")
def show_mandate(id: Id) -> MandateView:
    found = registering.mandate_of(books(), organisation_of(app), id)
    return reply(to_plain(views.mandate_view(found, now())))


@app.post("/v1/mandates/<id>/amend", summary="The debtor pays from another account from now on")
def amend(id: Id, body: Annotated[Amendment, Body()]) -> MandateView:
    return _mandate(lambda org, by, at: amending.amend(books(), org, id, body, by, at))


@app.post("/v1/mandates/<id>/revoke", summary="Nothing more is collected under it")
def revoke(id: Id, body: Annotated[Revocation, Body()]) -> MandateView:
    return _mandate(lambda org, by, at: registering.revoke(books(), org, id, body, by, at))


@app.get("/v1/collections/terms", summary="How you collect by direct debit")
def show_terms() -> DirectDebitTerms:
    return reply(to_plain(settings.terms_of(books(), organisation_of(app))))


@app.put("/v1/collections/terms", summary="Set your Incassant-ID, account and notice (a person)")
def put_terms(body: Annotated[SetTerms, Body()]) -> DirectDebitTerms:
    return _plan(lambda org, by, at: settings.put_terms(books(), org, body, by))


@app.post("/v1/collections", summary="Plan a collection and tell the debtors", status_code=201)
def plan_collection(body: Annotated[NewCollection, Body()]) -> CollectionView:
    id, at = planning.new_collection_id(now()), now()
    id = _started(lambda org, by, at: planning.start(books(), org, id, body, by, at))
    return _collection(planning.go_on(books(), organisation_of(app), id, at), 201)


@app.get("/v1/collections", summary="Collections, the oldest first")
def collection_page(limit: Limit = 50, cursor: Cursor = "") -> CollectionPage:
    org = organisation_of(app)
    return reply(to_plain(views.collection_page(books(), org, after=cursor, limit=limit)))


@app.get("/v1/collections/<id>", summary="One collection, with its file when there is one")
def show_collection(id: Id) -> CollectionView:
    return _collection(planning.collection_of(books(), organisation_of(app), id))


@app.get("/v1/collections/<id>/lines", summary="What is collected of whom, and what became of it")
def line_page(id: Id, limit: Limit = 50, cursor: Cursor = "") -> LinePage:
    org = organisation_of(app)
    return reply(to_plain(views.line_page(books(), org, id, after=cursor, limit=limit)))


@app.post("/v1/collections/<id>/plan", summary="Go on planning, when it was too much for one call")
def go_on(id: Id) -> CollectionView:
    return _collection(planning.go_on(books(), organisation_of(app), id, now()))


@app.post("/v1/collections/<id>/export", summary="The payment file for the bank (a person)")
def export(id: Id) -> CollectionView:
    _started(lambda org, by, at: exporting.start(books(), org, id, by, at))
    org = organisation_of(app)
    return _collection(exporting.finish(books(), files(), pain_008, org, id, now()))


@app.post("/v1/collections/<id>/cancel", summary="It does not take place; the debtors are told")
def cancel(id: Id, body: Annotated[Cancellation, Body()]) -> CollectionView:
    _started(lambda org, by, at: ending.start(books(), org, id, body, by, at))
    return _collection(ending.finish(books(), organisation_of(app), id, now()))


@app.post(
    "/v1/collections/<id>/lines/<line>/reject",
    summary="The bank did not execute it (its status report)",
)
def reject(id: Id, line: Id, body: Annotated[Rejection, Body()]) -> LineView:
    return _plan(
        lambda org, by, at: ending.reject(books(), org, id, line, body, by, at),
        lambda made: to_plain(views.line_view(books(), made)),
    )
