"""HTTP under /v1/dunning: what comes next for a debtor and why not; pauses; what needs a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.changes import Command
from kasstroom.dunning import pausing, proposals, strategies, views
from kasstroom.dunning.outlook import Outlook, outlook
from kasstroom.dunning.pausing import NewPause
from kasstroom.dunning.proposals import Verdict
from kasstroom.dunning.simulating import Run, do_now, run_page
from kasstroom.dunning.standing import standing_of
from kasstroom.dunning.views import PausesView, PauseView, ProposalPage, ProposalView
from kasstroom.settings import ReminderQueueSettings
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import CURSOR, actor_of, answer_once, organisation_of, reply
from kasstroom_aws.queues import SqsReminderQueue
from kasstroom_aws.shapes import to_plain

app, handler = http()
Id = Annotated[str, Path(max_length=64)]
Cursor = Annotated[str, Query(pattern=CURSOR)]
Limit = Annotated[int, Query(ge=1, le=100)]


@dataclass(frozen=True, slots=True)
class ChosenStrategy(Command):
    """`strategy` "" takes the choice back; with `invoice` it is for that one only."""

    strategy: str
    invoice: str = ""


@dataclass(frozen=True, slots=True)
class NewRun(Command):
    """`dry_run` shows what would be done now; false asks the sender to do it."""

    dry_run: bool = True


def _outlook(org: str, number: str) -> Outlook:
    standing = standing_of(books(), org, number, now())
    return outlook(standing.case, standing.facts, now())


def _once(plan: Any, show: Any, status: int = 200) -> Any:
    org, actor, at = organisation_of(app), actor_of(app), now()
    return answer_once(
        app, books(), at, lambda: plan(org, actor, at), status=status,
        show=lambda made: to_plain(show(made)),
    )  # fmt: skip


@app.get("/v1/dunning/debtors/<number>", summary="What comes next, and for each invoice why not")
def show(number: Id) -> Outlook:
    return reply(to_plain(_outlook(organisation_of(app), number)))


@app.put("/v1/dunning/debtors/<number>/strategy", summary="A strategy for a debtor or an invoice")
def choose(number: Id, body: Annotated[ChosenStrategy, Body()]) -> Outlook:
    org = organisation_of(app)
    return _once(
        lambda org, actor, at: strategies.choose_for(
            books(), org, number, body.strategy, actor, at, body.invoice
        ),
        lambda made: _outlook(org, number),
    )


@app.post("/v1/dunning/runs", summary="What the planner does now, and why not")
def run(body: Annotated[NewRun, Body()], limit: Limit = 50, cursor: Cursor = "") -> Run:
    org = organisation_of(app)
    found = run_page(books(), org, now(), after=cursor, limit=limit)
    if not body.dry_run:
        queue = SqsReminderQueue(ReminderQueueSettings.from_env())
        found = do_now(queue, org, found)
        queue.flush()
    return reply(to_plain(found))


@app.post("/v1/dunning/pauses", summary="Pause for all, a debtor or an invoice", status_code=201)
def pause(body: Annotated[NewPause, Body()]) -> PauseView:
    return _once(
        lambda org, actor, at: pausing.pause(books(), org, body, actor.name, at),
        views.pause_view, 201,
    )  # fmt: skip


@app.get("/v1/dunning/pauses", summary="Pauses of a debtor, or those for everybody; ended ones too")
def pauses(debtor: Annotated[str, Query(max_length=64)] = "") -> PausesView:
    return reply(to_plain(views.pauses_view(books(), organisation_of(app), debtor)))


@app.post("/v1/dunning/pauses/<id>/lift", summary="Reminding goes on")
def lift(id: Id) -> PauseView:
    return _once(
        lambda org, actor, at: pausing.lift(books(), org, id, actor.name, at), views.pause_view
    )


@app.get("/v1/dunning/proposals", summary="Steps that wait for somebody to approve them")
def waiting(limit: Limit = 50, cursor: Cursor = "") -> ProposalPage:
    org = organisation_of(app)
    return reply(to_plain(views.proposal_page(books(), org, after=cursor, limit=limit)))


@app.post("/v1/dunning/proposals/<id>/decision", summary="Approve a step, or pass it over")
def decide(id: Id, body: Annotated[Verdict, Body()]) -> ProposalView:
    return _once(
        lambda org, actor, at: proposals.decide(books(), org, id, body, actor, at),
        views.proposal_view,
    )
