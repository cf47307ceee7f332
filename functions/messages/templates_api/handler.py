"""HTTP under /v1/templates: an organisation's own words, and how a message looks with them."""

from __future__ import annotations

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path

from kasstroom.messages import templates
from kasstroom.messages.template_text import Blocks, key_of_template
from kasstroom.messages.templates import TemplatesView, TemplateView
from kasstroom.settings import PublicSettings
from kasstroom.time import day_of
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import actor_of, answer_once, organisation_of, reply
from kasstroom_aws.shapes import to_plain
from kasstroom_pages.previewing import Preview, Previewed, preview, trial

app, handler = http()
Name = Annotated[str, Path(max_length=40)]
ONE = "/v1/templates/<step>/<channel>/<language>"


@app.get("/v1/templates", summary="The texts you changed; all others are in our own words")
def listed() -> TemplatesView:
    return reply(to_plain(templates.templates_view(books(), organisation_of(app))))


@app.post("/v1/templates/preview", summary="A message on made-up facts or a debtor's own; not sent")
def previewed(body: Annotated[Preview, Body()]) -> Previewed:
    public_url = PublicSettings.from_env().public_url
    shown = preview(books(), organisation_of(app), body, public_url, day_of(now()))
    return reply(to_plain(shown))


@app.get(ONE, summary="One text, its placeholders and its versions")
def show(step: Name, channel: Name, language: Name) -> TemplateView:
    key = key_of_template(step, channel, language)
    return reply(to_plain(templates.view_of(books(), organisation_of(app), key)))


@app.put(ONE, summary="Say it in your own words from now on")
def put(step: Name, channel: Name, language: Name, body: Annotated[Blocks, Body()]) -> TemplateView:
    key, org, actor, at = key_of_template(step, channel, language), *who()
    plan = lambda: templates.put(books(), org, key, body, trial, actor, at)  # noqa: E731
    return answer_once(app, books(), at, plan)


@app.delete(ONE, summary="Back to our own words; the versions stay")
def withdraw(step: Name, channel: Name, language: Name) -> TemplateView:
    key, org, actor, at = key_of_template(step, channel, language), *who()
    plan = lambda: templates.withdraw(books(), org, key, actor, at)  # noqa: E731
    return answer_once(app, books(), at, plan)


def who() -> tuple[Any, Any, Any]:
    return organisation_of(app), actor_of(app), now()
