"""HTTP under /v1/dunning/learning and /v1/debtors/{number}/contact-advice: what was learned of
channels and hours, and what that brings."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body, Path

from kasstroom.dunning.learning.policy import LearningPolicy
from kasstroom.dunning.learning.setting import LearningTerms, set_policy
from kasstroom.dunning.learning.views import AdviceView, LearningView, advice, learning_view
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import actor_of, answer_once, organisation_of, reply
from kasstroom_aws.shapes import to_plain

app, handler = http()
Number = Annotated[str, Path(description="The debtor's number in your books", max_length=64)]


@app.get("/v1/dunning/learning", summary="What was learned of channels and hours, and its gain")
def learning() -> LearningView:
    return reply(to_plain(learning_view(books(), organisation_of(app), now())))


@app.put("/v1/dunning/learning", summary="Switch learning on or off (a person)")
def set_learning(body: Annotated[LearningTerms, Body()]) -> LearningPolicy:
    org, actor = organisation_of(app), actor_of(app)
    return answer_once(app, books(), now(), lambda: set_policy(books(), org, body, actor))


@app.get("/v1/debtors/<number>/contact-advice", summary="The best channel and hour for a debtor")
def contact_advice(number: Number) -> AdviceView:
    return reply(to_plain(advice(books(), organisation_of(app), number, now())))
