"""HTTP under /v1/dunning/early-signals: telling the municipality of arrears in fixed costs."""

from __future__ import annotations

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path

from kasstroom.dunning import signal_sending, signalling
from kasstroom.dunning.signal_sending import (
    FileAsked,
    FileSent,
    SentView,
    SignalFiles,
    SignalView,
    signal_view,
)
from kasstroom.dunning.signalling import SignalRecord
from kasstroom.time import day_of
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import actor_of, answer_once, organisation_of, reply
from kasstroom_aws.shapes import to_plain

app, handler = http()
Number = Annotated[str, Path(description="The debtor's number in your books", max_length=64)]


def _once(use_case: Any, *given: Any, show: Any = to_plain) -> Any:
    org, actor, at = organisation_of(app), actor_of(app), now()
    return answer_once(
        app, books(), at, lambda: use_case(books(), org, *given, actor, at), show=show
    )


@app.get("/v1/dunning/early-signals/<number>", summary="How far it is, and what is missing")
def show(number: Number) -> SignalView:
    today = day_of(now())
    found = signalling.look(books(), organisation_of(app), number, actor_of(app), today)
    return reply(to_plain(signal_view(found, today)))


@app.put("/v1/dunning/early-signals/<number>", summary="Write down what was done by people")
def record(number: Number, body: Annotated[SignalRecord, Body()]) -> SignalView:
    today = day_of(now())
    return _once(
        signalling.record, number, body, show=lambda made: to_plain(signal_view(made, today))
    )


@app.post("/v1/dunning/early-signals/file", summary="The file for each municipality, and who not")
def files(body: Annotated[FileAsked, Body()]) -> SignalFiles:
    org, actor = organisation_of(app), actor_of(app)
    return reply(to_plain(signal_sending.files_for(books(), org, body, actor, day_of(now()))))


@app.post("/v1/dunning/early-signals/sent", summary="The file was sent: mark these debtors")
def sent(body: Annotated[FileSent, Body()]) -> SentView:
    return _once(signal_sending.mark_sent, body)
