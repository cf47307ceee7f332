"""HTTP under /v1/bank-lines/{id}: what people say of a line that nothing proves whose it is."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path

from kasstroom.bank import people, proposing
from kasstroom.bank.accounts import g_accounts
from kasstroom.bank.model import BankLine
from kasstroom.bank.people import Confirmation, Why
from kasstroom.bank.proposing import ProposalPage
from kasstroom.bank.usecases import ways_of
from kasstroom_aws.cached import organisation
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import actor_of, answer_once, organisation_of, reply
from kasstroom_aws.live import ground_of
from kasstroom_aws.shapes import to_plain

app, handler = http()
Id = Annotated[str, Path(max_length=64)]


def _ways() -> Any:
    org, grounds = organisation_of(app), partial(ground_of, books())
    return ways_of(organisation(books(), org), grounds, g_accounts(books(), org))


def _done(use: Any, id: str, body: Any, *more: Any) -> Any:
    """Runs a use case on one line for a person, once; answers with the line."""
    org, actor, at = organisation_of(app), actor_of(app), now()
    return answer_once(
        app, books(), at, lambda: use(books(), org, id, body, actor, at, *more)
    )  # fmt: skip


@app.get("/v1/bank-lines/<id>/proposals", summary="Who a line may be for, as of now, and why")
def proposals(id: Id) -> ProposalPage:
    return reply(to_plain(proposing.proposals(books(), organisation_of(app), id, _ways())))


@app.post("/v1/bank-lines/<id>/match", summary="Whose money it is; over several debtors too")
def confirm(id: Id, body: Annotated[Confirmation, Body()]) -> BankLine:
    return _done(people.confirm, id, body, _ways())


@app.post("/v1/bank-lines/<id>/undo", summary="Take a matched line out of the ledger again")
def reopen(id: Id, body: Annotated[Why, Body()]) -> BankLine:
    return _done(people.reopen, id, body, _ways())


@app.post("/v1/bank-lines/<id>/set-aside", summary="Not a debtor's money: costs, tax, our own")
def set_aside(id: Id, body: Annotated[Why, Body()]) -> BankLine:
    return _done(people.set_aside, id, body)
