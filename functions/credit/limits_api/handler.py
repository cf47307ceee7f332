"""HTTP under /v1/credit-limits and /v1/credit-groups: how far a debtor may go, and who said so."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.credit import group_usecases, group_views, limit_usecases, terms
from kasstroom.credit.group_proposals import GroupProposal
from kasstroom.credit.group_rules import GroupData
from kasstroom.credit.group_views import GroupDetail, GroupPage, GroupView
from kasstroom.credit.limit_usecases import NewLimit, SetByHand, Withdrawable, Withdrawal
from kasstroom.credit.limit_views import LimitSummary, LimitView, answer_of, limit_view, status_of
from kasstroom.credit.proposals import LimitProposal
from kasstroom.credit.terms import NewTerms, Why
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import CURSOR, actor_of, answer_once, organisation_of, reply
from kasstroom_aws.live import ground_of
from kasstroom_aws.shapes import to_plain

app, handler = http()
Number = Annotated[str, Path(description="The debtor's number in your books", max_length=64)]
Id = Annotated[str, Path(description="The group's id, which you choose", max_length=64)]
Cursor = Annotated[str, Query(pattern=CURSOR)]
Limit = Annotated[int, Query(ge=1, le=100)]


def waits(model: type, done: str) -> dict[int, Any]:
    """What a change is answered with that may need a second person."""
    waiting = {"description": "Waits for a second person (four eyes): the proposal"}
    content = {"content": {"application/json": {"model": model}}}
    return {200: {"description": done}, 202: waiting | content}


def grounds() -> Any:
    return partial(ground_of, books())


def _change(decide: Any, *facts: Any, **more: Any) -> Any:
    """Runs a use case that answers with the account, or with what waits for a person."""
    at, org, actor = now(), organisation_of(app), actor_of(app)
    return answer_once(
        app, books(), at, lambda: decide(books(), org, *facts, actor, at, **more),
        status=status_of, show=lambda found: to_plain(answer_of(found, grounds(), at)),
    )  # fmt: skip


@app.get("/v1/credit-limits/<debtor>", summary="All limits side by side, their use and history")
def show(
    debtor: Number,
    limit: Limit = 25,
    cursor: Cursor = "",
) -> LimitView:
    org = organisation_of(app)
    found = limit_view(books(), org, debtor, grounds(), now(), cursor=cursor, limit=limit)
    return reply(to_plain(found))


@app.put("/v1/credit-limits/<debtor>/terms", summary="Cap per order, payment term, next review")
def set_terms(debtor: Number, body: Annotated[NewTerms, Body()]) -> LimitSummary:
    return _change(terms.set_terms, debtor, body, grounds=grounds())


@app.post("/v1/credit-limits/<debtor>/hold", summary="Stop new credit; for a credit manager")
def hold(debtor: Number, body: Annotated[Why, Body()]) -> LimitSummary:
    return _change(terms.hold, debtor, body)


@app.delete("/v1/credit-limits/<debtor>/hold", summary="End the stop; for a credit manager")
def release(debtor: Number, body: Annotated[Why, Body()]) -> LimitSummary:
    return _change(terms.release, debtor, body)


@app.put(
    "/v1/credit-limits/<debtor>/<source>",
    summary="Set the limit of one source; above the policy's bound a second person decides",
    responses=waits(LimitProposal, "The limits as they are now"),
)
def set_limit(
    debtor: Number, source: SetByHand, body: Annotated[NewLimit, Body()]
) -> LimitSummary | LimitProposal:
    return _change(limit_usecases.set_limit, debtor, source, body, grounds=grounds())


@app.delete(
    "/v1/credit-limits/<debtor>/<source>",
    summary="Withdraw the limit of one source; of a bureau the zero that bad news left (a person)",
    responses=waits(LimitProposal, "The limits as they are now"),
)
def withdraw(
    debtor: Number, source: Withdrawable, body: Annotated[Withdrawal | None, Body()] = None
) -> LimitSummary | LimitProposal:
    request = body or Withdrawal()
    return _change(limit_usecases.withdraw_limit, debtor, source, request, grounds=grounds())


@app.get("/v1/credit-groups", summary="All groups, in the order of their ids")
def groups(limit: Limit = 50, cursor: Cursor = "") -> GroupPage:
    found = group_views.groups(books(), organisation_of(app), cursor=cursor, limit=limit)
    return reply(to_plain(found))


@app.get("/v1/credit-groups/<id>", summary="Related debtors under one limit, its use and history")
def group(id: Id, limit: Limit = 25, cursor: Cursor = "") -> GroupDetail:
    org = organisation_of(app)
    found = group_views.group_detail(books(), org, id, grounds(), now(), cursor=cursor, limit=limit)
    return reply(to_plain(found))


@app.put(
    "/v1/credit-groups/<id>",
    summary="Make a group look like this; what gives more room a second person decides",
    responses=waits(GroupProposal, "The group as it is now"),
)
def put_group(id: Id, body: Annotated[GroupData, Body()]) -> GroupView | GroupProposal:
    org, at, actor = organisation_of(app), now(), actor_of(app)
    return answer_once(
        app, books(), at,
        lambda: group_usecases.put_group(books(), org, id, body, actor, at, grounds()),
        status=group_views.status_of,
    )  # fmt: skip
