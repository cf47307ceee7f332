"""HTTP under /v1/overdue-notifications, /v1/claims and /v1/self-insurance."""

from __future__ import annotations

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.insurance import claims, overdue, portfolio, reserve, settlement
from kasstroom.insurance.claim import Claim
from kasstroom.insurance.claims import NewClaim
from kasstroom.insurance.expected_loss import LossTerms
from kasstroom.insurance.glance import ReserveView
from kasstroom.insurance.overdue import OverdueNotification, ReportOverdue
from kasstroom.insurance.reserve import Contribute, Draw, Reserve, ReserveEntry
from kasstroom.insurance.settlement import DecideClaim, PayClaim
from kasstroom.insurance.views import ClaimPage, EntryPage, OverduePage
from kasstroom.time import day_of
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import CURSOR, actor_of, answer_once, organisation_of, reply
from kasstroom_aws.shapes import to_plain

app, handler = http()
Id = Annotated[str, Path(max_length=64)]
Cursor = Annotated[str, Query(pattern=CURSOR)]
Limit = Annotated[int, Query(ge=1, le=100)]


def _plan(status: int, plan: Any) -> Any:
    at, org, actor = now(), organisation_of(app), actor_of(app)
    return answer_once(app, books(), at, lambda: plan(org, actor, at), status=status)


def _listed(kind: Any, page: Any, limit: int, cursor: str) -> Any:
    found = books().listing(kind, organisation_of(app), after=cursor, limit=limit)
    return reply(to_plain(page(tuple(found), found[-1].id if len(found) == limit else None)))


@app.get("/v1/overdue-notifications", summary="What has to be, or was, told to the insurer")
def overdues(limit: Limit = 50, cursor: Cursor = "") -> OverduePage:
    return _listed(OverdueNotification, OverduePage, limit, cursor)


@app.post("/v1/overdue-notifications", summary="It was told to the insurer", status_code=201)
def report(body: Annotated[ReportOverdue, Body()]) -> OverdueNotification:
    return _plan(201, lambda org, by, at: overdue.report(books(), org, body, by, at))


@app.get("/v1/claims", summary="Claims, the oldest first")
def claim_page(limit: Limit = 50, cursor: Cursor = "") -> ClaimPage:
    return _listed(Claim, ClaimPage, limit, cursor)


@app.post("/v1/claims", summary="File a claim with its documents", status_code=201)
def file(body: Annotated[NewClaim, Body()]) -> Claim:
    return _plan(201, lambda org, by, at: claims.file(books(), org, body, by, at))


@app.get("/v1/claims/<id>", summary="One claim")
def claim(id: Id) -> Claim:
    return reply(to_plain(books().get(Claim, organisation_of(app), id=id)))


@app.post("/v1/claims/<id>/review", summary="The insurer looks at it")
def review(id: Id) -> Claim:
    return _plan(200, lambda org, by, at: settlement.under_review(books(), org, id))


@app.post("/v1/claims/<id>/decision", summary="The insurer decided (a person books it)")
def decide(id: Id, body: Annotated[DecideClaim, Body()]) -> Claim:
    return _plan(200, lambda org, by, at: settlement.decide(books(), org, id, body, by, at))


@app.post("/v1/claims/<id>/payment", summary="The indemnity came in (a person books it)")
def pay(id: Id, body: Annotated[PayClaim, Body()]) -> Claim:
    return _plan(200, lambda org, by, at: settlement.pay(books(), org, id, body, by, at))


@app.get("/v1/self-insurance", summary="The reserve, and whether it is enough")
def fund(cursor: Cursor = "") -> ReserveView:
    org, today = organisation_of(app), day_of(now())
    return reply(to_plain(portfolio.self_insurance(books(), org, today, cursor)))


@app.put("/v1/self-insurance/terms", summary="How the expected loss is counted (a person)")
def terms(body: Annotated[LossTerms, Body()]) -> Reserve:
    return _plan(200, lambda org, by, at: reserve.set_terms(books(), org, body, by))


@app.get("/v1/self-insurance/entries", summary="Every contribution and draw, the oldest first")
def entries(limit: Limit = 50, cursor: Cursor = "") -> EntryPage:
    return _listed(ReserveEntry, EntryPage, limit, cursor)


@app.post("/v1/self-insurance/contributions", summary="Set money aside (a person)", status_code=201)
def contribute(body: Annotated[Contribute, Body()]) -> Reserve:
    return _plan(201, lambda org, by, at: reserve.contribute(books(), org, body, by, at))


@app.post("/v1/self-insurance/draws", summary="Bear a loss (a person)", status_code=201)
def draw(body: Annotated[Draw, Body()]) -> Reserve:
    return _plan(201, lambda org, by, at: reserve.draw(books(), org, body, by, at))
