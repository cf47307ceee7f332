"""HTTP under /v1/call-tasks: who is to be called, and how it went."""

from __future__ import annotations

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.messages import call_views
from kasstroom.messages.call_views import CallPage, CallTaskView
from kasstroom.messages.calling import CallResult, report
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import count, http
from kasstroom_aws.http import CURSOR, actor_of, answer_once, organisation_of, reply
from kasstroom_aws.shapes import to_plain

app, handler = http()
Id = Annotated[str, Path(max_length=64)]


@app.get("/v1/call-tasks", summary="Open calls, the one due first on top")
def calls(
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str, Query(pattern=CURSOR)] = "",
) -> CallPage:
    org = organisation_of(app)
    found = call_views.call_page(books(), org, now(), after=cursor, limit=limit)
    return reply(to_plain(found))


@app.get("/v1/call-tasks/<id>", summary="One call: what to say, and what is still open")
def show(id: Id) -> CallTaskView:
    return reply(to_plain(call_views.show(books(), organisation_of(app), id)))


@app.post("/v1/call-tasks/<id>/outcome", summary="How the call went")
def outcome(id: Id, body: Annotated[CallResult, Body()]) -> CallTaskView:
    org, actor, at = organisation_of(app), actor_of(app), now()
    count(f"Call_{body.outcome}")

    def plan() -> Any:
        return report(books(), org, id, body, actor, at)

    show = lambda task: to_plain(call_views.call_task_view(books(), task))  # noqa: E731
    return answer_once(app, books(), at, plan, show=show)
