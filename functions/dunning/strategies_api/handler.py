"""HTTP under /v1/dunning/strategies: what is said when, tried on the portfolio, put in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.changes import Command
from kasstroom.dunning import strategies, views
from kasstroom.dunning.simulating import MOST_DEBTORS, Simulation, Trial, simulate
from kasstroom.dunning.strategies import Assignment, StrategyDraft
from kasstroom.dunning.views import StrategiesView, StrategyView, VersionsView
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import CURSOR, actor_of, answer_once, organisation_of, reply
from kasstroom_aws.shapes import to_plain

app, handler = http()
Id = Annotated[str, Path(max_length=64)]
Cursor = Annotated[str, Query(pattern=CURSOR)]


@dataclass(frozen=True, slots=True)
class Activation(Command):
    version: int


def _once(use: Any, show: Any, *given: Any, status: int = 200) -> Any:
    """A use case of strategies for whoever asks, once."""
    org, actor, at = organisation_of(app), actor_of(app), now()
    return answer_once(
        app, books(), at, lambda: use(books(), org, *given, actor, at), status=status,
        show=lambda made: to_plain(show(made)),
    )  # fmt: skip


@app.get("/v1/dunning/strategies", summary="Strategies in force, and who is reminded by which")
def page() -> StrategiesView:
    return reply(to_plain(views.strategies_view(strategies.live_of(books(), organisation_of(app)))))


@app.put("/v1/dunning/strategies", summary="Who is reminded by which strategy")
def assign(body: Annotated[Assignment, Body()]) -> StrategiesView:
    return _once(strategies.assign, views.strategies_view, body)


@app.get("/v1/dunning/strategies/<id>", summary="All versions of a strategy, the newest first")
def versions(id: Id) -> VersionsView:
    found = strategies.versions_of(books(), organisation_of(app), id)
    return reply(to_plain(views.versions_view(found)))


@app.put("/v1/dunning/strategies/<id>", summary="A new version, not in force yet", status_code=201)
def write(id: Id, body: Annotated[StrategyDraft, Body()]) -> StrategyView:
    return _once(strategies.write, views.version_view, id, body, status=201)


@app.post("/v1/dunning/strategies/<id>/activation", summary="Put a version in force")
def activate(id: Id, body: Annotated[Activation, Body()]) -> StrategyView:
    return _once(strategies.activate, views.version_view, id, body.version)


@app.post("/v1/dunning/simulations", summary="What would go out, to whom, why not to the others")
def try_out(
    body: Annotated[Trial, Body()],
    limit: Annotated[int, Query(ge=1, le=MOST_DEBTORS)] = 100,
    cursor: Cursor = "",
) -> Simulation:
    org = organisation_of(app)
    return reply(to_plain(simulate(books(), org, body, now(), after=cursor, limit=limit)))
