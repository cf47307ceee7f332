"""HTTP under /v1/credit-policies: decision policies as data; and why a decision was as it was."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.credit import policy_usecases as policies
from kasstroom.credit.adverse_action import AdverseAction, adverse_action
from kasstroom.credit.backtesting import BackTest, BackTested, back_test
from kasstroom.credit.explaining import Explanation, explain
from kasstroom.credit.policy_usecases import NAME, Activate, Rollback
from kasstroom.credit.policy_views import (
    FullVersionView,
    NameView,
    PoliciesView,
    VersionView,
    Vocabulary,
    full_version,
    name_view,
    policies_view,
    version_view,
    vocabulary,
)
from kasstroom.credit.restricted import sees_lists
from kasstroom.credit.trying import Case, Tried, try_out
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import CURSOR, actor_of, answer_once, organisation_of, reply
from kasstroom_aws.live import forget, ground_of
from kasstroom_aws.shapes import to_plain

app, handler = http()
Name = Annotated[str, Path(description="A segment, a debtor kind, or `default`", pattern=NAME)]
Number = Annotated[int, Path(ge=1, le=999_999)]
Id = Annotated[str, Path(max_length=64)]
VERSION = "/v1/credit-policies/<name>/versions/<number>"


def planned(use_case: Any, *given: Any, status: int = 200, show: Any = to_plain) -> Any:
    """Runs `use_case(books, org, *given, actor, now)` once per Idempotency-Key."""
    org, actor, at = organisation_of(app), actor_of(app), now()
    plan = partial(use_case, books(), org, *given, actor, at)
    return answer_once(app, books(), at, plan, status=status, show=show)


def shown(history: Any) -> Any:
    return to_plain(name_view(history))


@app.get("/v1/credit-policies", summary="Every policy: what is live, and its versions")
def listed(cursor: Annotated[str, Query(pattern=CURSOR)] = "") -> PoliciesView:
    return reply(to_plain(policies_view(books(), organisation_of(app), cursor)))


@app.get("/v1/credit-policies/facts", summary="All a policy can be written with")
def words() -> Vocabulary:
    return reply(to_plain(vocabulary()))


@app.put(
    "/v1/credit-policies/<name>",
    summary="Upload a version; it decides nothing yet",
    status_code=201,
)
def upload(name: Name, body: Annotated[dict[str, Any], Body()]) -> VersionView:
    show = lambda made: to_plain(version_view(*made))  # noqa: E731
    return planned(policies.upload, name, body, status=201, show=show)


@app.get(VERSION, summary="One version with its document")
def version(name: Name, number: Number) -> FullVersionView:
    return reply(to_plain(full_version(books(), organisation_of(app), name, number)))


@app.post(f"{VERSION}/test", summary="One case through this version; the case is not kept")
def test(name: Name, number: Number, body: Annotated[Case, Body()]) -> Tried:
    return planned(try_out, name, number, body, partial(ground_of, books()))


@app.post(f"{VERSION}/back-test", summary="Past decisions through this version, side by side")
def tested(
    name: Name, number: Number, body: Annotated[BackTest | None, Body()] = None
) -> BackTested:
    return planned(back_test, name, number, body or BackTest())


@app.post(f"{VERSION}/activate", summary="This version decides from now on")
def activate(
    name: Name, number: Number, body: Annotated[Activate | None, Body()] = None
) -> NameView:
    answer = planned(policies.activate, name, number, body or Activate(), show=shown)
    forget(organisation_of(app))
    return answer


@app.post("/v1/credit-policies/<name>/rollback", summary="What decided before decides again")
def rollback(name: Name, body: Annotated[Rollback, Body()]) -> NameView:
    answer = planned(policies.roll_back, name, body, show=shown)
    forget(organisation_of(app))
    return answer


@app.get(
    "/v1/credit-checks/<id>/explanation", summary="Why it was decided, and what would have helped"
)
def explanation(id: Id) -> Explanation:
    return reply(
        to_plain(explain(books(), organisation_of(app), id, sees_lists=sees_lists(actor_of(app))))
    )


@app.get("/v1/credit-checks/<id>/adverse-action", summary="The data of an adverse action notice")
def notice(id: Id) -> AdverseAction:
    return reply(to_plain(adverse_action(books(), organisation_of(app), id)))
