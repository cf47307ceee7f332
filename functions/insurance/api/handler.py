"""HTTP under /v1/insurance-policies and /v1/covers: the policy, and who is covered for what."""

from __future__ import annotations

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.insurance import covers, policies, portfolio, requests
from kasstroom.insurance.covers import BookAnswer, OwnCover
from kasstroom.insurance.glance import Glance
from kasstroom.insurance.model import Cover, CoverRequest, InsurancePolicy
from kasstroom.insurance.policies import NewPolicy, PolicyChange
from kasstroom.insurance.requests import NewCoverRequest
from kasstroom.insurance.views import CoverPage, CoverView, PolicyPage, cover_view
from kasstroom.time import day_of
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import CURSOR, actor_of, answer_once, organisation_of, reply
from kasstroom_aws.shapes import to_plain

app, handler = http()
Id = Annotated[str, Path(max_length=64)]
Number = Annotated[str, Path(description="The debtor's number in your books", max_length=64)]
Cursor = Annotated[str, Query(pattern=CURSOR)]
Limit = Annotated[int, Query(ge=1, le=100)]


def _plan(status: int, plan: Any) -> Any:
    at, org, actor = now(), organisation_of(app), actor_of(app)
    return answer_once(app, books(), at, lambda: plan(org, actor, at), status=status)


@app.get("/v1/insurance-policies", summary="Credit insurance policies")
def policy_page(limit: Limit = 50, cursor: Cursor = "") -> PolicyPage:
    found = books().listing(InsurancePolicy, organisation_of(app), after=cursor, limit=limit)
    return reply(to_plain(PolicyPage(tuple(found), found[-1].id if len(found) == limit else None)))


@app.post("/v1/insurance-policies", summary="Register a policy (a person)", status_code=201)
def register(body: Annotated[NewPolicy, Body()]) -> InsurancePolicy:
    return _plan(201, lambda org, by, at: policies.register(books(), org, body, by, at))


@app.get("/v1/insurance-policies/<id>", summary="One policy")
def policy(id: Id) -> InsurancePolicy:
    return reply(to_plain(books().get(InsurancePolicy, organisation_of(app), id=id)))


@app.patch("/v1/insurance-policies/<id>", summary="Put a policy's terms right (a person)")
def change(id: Id, body: Annotated[PolicyChange, Body()]) -> InsurancePolicy:
    return _plan(200, lambda org, by, at: policies.change(books(), org, id, body, by))


@app.get("/v1/covers", summary="Covers, in the order of the debtors' numbers")
def cover_page(limit: Limit = 50, cursor: Cursor = "") -> CoverPage:
    found = portfolio.covers(books(), organisation_of(app), after=cursor, limit=limit)
    return reply(to_plain(CoverPage(*found)))


@app.get("/v1/covers/overview", summary="At a glance: who is at risk, and for how much")
def overview(limit: Limit = 20, cursor: Cursor = "") -> Glance:
    org, today = organisation_of(app), day_of(now())
    return reply(to_plain(portfolio.at_a_glance(books(), org, today, most=limit, after=cursor)))


@app.post("/v1/covers", summary="Ask the insurer for cover", status_code=201)
def ask(body: Annotated[NewCoverRequest, Body()]) -> CoverRequest:
    def plan(org: str, by: Any, at: Any) -> Any:
        known = portfolio.policies(books(), org)
        return requests.request(books(), org, body, known, by.name, at)

    return _plan(201, plan)


@app.get("/v1/covers/<debtor>", summary="A debtor's cover, with each open invoice")
def show(debtor: Number) -> CoverView:
    return reply(to_plain(cover_view(books(), organisation_of(app), debtor, day_of(now()))))


@app.post("/v1/covers/<debtor>/answers", summary="Book an insurer's answer by hand (a person)")
def answer(debtor: Number, body: Annotated[BookAnswer, Body()]) -> Cover:
    def plan(org: str, by: Any, at: Any) -> Any:
        known = portfolio.policies(books(), org)
        return covers.book_by_hand(books(), org, debtor, body, known, by, at)

    return _plan(200, plan)


@app.post("/v1/covers/<debtor>/discretionary", summary="Cover within our own room (a person)")
def own(debtor: Number, body: Annotated[OwnCover, Body()]) -> Cover:
    def plan(org: str, by: Any, at: Any) -> Any:
        known = portfolio.policies(books(), org)
        return covers.grant_own(books(), org, debtor, body, known, by, at)

    return _plan(200, plan)


@app.post("/v1/covers/<debtor>/requests/<id>/cancel", summary="We no longer want to know")
def cancel(debtor: Number, id: Id) -> CoverRequest:
    return _plan(200, lambda org, by, at: requests.cancel(books(), org, debtor, id, at))
