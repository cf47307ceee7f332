"""HTTP under /v1/credit-reviews: what waits for a person, and the decision a person takes."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.credit.restricted import sees_lists
from kasstroom.credit.reviews import Review, ReviewKind
from kasstroom.work import cases, desk
from kasstroom.work.desk import Queue
from kasstroom.work.views import CaseView, FactsView, ReviewDecision, case_view, facts_view
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import count, http
from kasstroom_aws.http import CURSOR, actor_of, answer_once, organisation_of, reply
from kasstroom_aws.live import ground_of
from kasstroom_aws.shapes import to_plain

app, handler = http()
Id = Annotated[str, Path(max_length=64)]


def grounds() -> Any:
    return partial(ground_of, books())


@app.get("/v1/credit-reviews", summary="What waits for a person, the one due first on top")
def queue(
    kind: Annotated[ReviewKind | None, Query()] = None,
    cursor: Annotated[str, Query(pattern=CURSOR)] = "",
) -> Queue:
    sees_all = sees_lists(actor_of(app))
    found = desk.queue(
        books(), organisation_of(app), now(), kind=kind, after=cursor, sees_lists=sees_all
    )
    return reply(to_plain(found))


@app.get("/v1/credit-reviews/<id>", summary="One review, with all that is known for it")
def case(id: Id) -> CaseView:
    found = cases.case(books(), organisation_of(app), id, now(), grounds())
    return reply(to_plain(case_view(found, actor_of(app))))


@app.post("/v1/credit-reviews/<id>/decision", summary="Approve or decline, and say why")
def decide(id: Id, body: Annotated[ReviewDecision, Body()]) -> Review:
    org, actor, at, verdict = organisation_of(app), actor_of(app), now(), body.verdict.state
    count(f"CreditReview_{body.verdict}")

    def plan() -> Any:
        given = (verdict, actor, body.note, at, grounds(), body.amount, body.terms_days)
        return desk.decide(books(), org, id, *given)

    return answer_once(app, books(), at, plan)


@app.post(
    "/v1/credit-reviews/<id>/gather-facts", summary="Ask the registers again", status_code=202
)
def gather(id: Id) -> FactsView:
    org, actor, at = organisation_of(app), actor_of(app), now()
    show = lambda application: to_plain(facts_view(application))  # noqa: E731
    plan = partial(desk.ask_again, books(), org, id, actor, at)
    return answer_once(app, books(), at, plan, status=202, show=show)
