"""HTTP under /v1/segments: the set of segments, and who is in which, with why."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.debtors.vulnerability import Vulnerabilities
from kasstroom.segments import sets
from kasstroom.segments.members import MembersPage, members_page
from kasstroom.segments.reading import SLUG
from kasstroom.segments.signals import CareSignals, care_of, note_care
from kasstroom.segments.trial import MOST_DEBTORS, Trial, try_out
from kasstroom.segments.views import (
    DebtorSegmentsView,
    SegmentWords,
    SetsView,
    SetView,
    debtor_view,
    set_view,
    sets_view,
    vocabulary,
)
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import CURSOR, actor_of, answer_once, organisation_of, reply
from kasstroom_aws.shapes import to_plain

app, handler = http()
Number = Annotated[str, Path(description="The debtor's number in your books", max_length=64)]
Cursor = Annotated[str, Query(pattern=CURSOR)]
Document = Annotated[dict[str, Any], Body()]


def planned(use_case: Any, *given: Any, status: int = 200, show: Any = to_plain) -> Any:
    """Runs `use_case(books, org, *given, actor, now)` once per Idempotency-Key."""
    org, actor, at = organisation_of(app), actor_of(app), now()
    plan = partial(use_case, books(), org, *given, actor, at)
    return answer_once(app, books(), at, plan, status=status, show=show)


def shown(live: Any) -> Any:
    return to_plain(set_view(live, sets.live_of(books(), live.org).number))


@app.get("/v1/segments", summary="The set of segments that counts now")
def current() -> SetView:
    return reply(shown(sets.live_of(books(), organisation_of(app))))


@app.put("/v1/segments", summary="Put another set; everybody is looked at again")
def put(body: Document) -> SetView:
    return planned(sets.put, body, show=shown_as_live)


def shown_as_live(live: Any) -> Any:
    return to_plain(set_view(live, live.number))


@app.get("/v1/segments/facts", summary="All a condition can be written with")
def words() -> SegmentWords:
    return reply(to_plain(vocabulary()))


@app.get("/v1/segments/versions", summary="Every set there was, newest first")
def versions(limit: Annotated[int, Query(ge=1, le=20)] = 20, cursor: Cursor = "") -> SetsView:
    return reply(to_plain(sets_view(books(), organisation_of(app), cursor, limit)))


@app.get("/v1/segments/versions/<number>", summary="One set, with its document")
def version(number: Annotated[int, Path(ge=1, le=999_999)]) -> SetView:
    return reply(shown(sets.version_of(books(), organisation_of(app), number)))


@app.post("/v1/segments/trial", summary="Try a set on a page of your debtors; nothing is kept")
def trial(
    body: Document,
    limit: Annotated[int, Query(ge=1, le=MOST_DEBTORS)] = 200,
    cursor: Cursor = "",
) -> Trial:
    return planned(try_out, body, cursor, limit)


@app.post("/v1/segments/recalculations", summary="Look at everybody again", status_code=202)
def recalculate() -> SetView:
    return planned(sets.recalculate, status=202, show=shown_as_live)


@app.get("/v1/segments/<name>/debtors", summary="Who is in a segment")
def members(
    name: Annotated[str, Path(pattern=SLUG)],
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Cursor = "",
) -> MembersPage:
    org, actor = organisation_of(app), actor_of(app)
    return reply(to_plain(members_page(books(), org, name, actor, after=cursor, limit=limit)))


@app.get("/v1/debtors/<number>/segments", summary="The segments of a debtor, with why")
def of_debtor(number: Number) -> DebtorSegmentsView:
    org, actor = organisation_of(app), actor_of(app)
    return reply(to_plain(debtor_view(books(), org, number, actor, now())))


@app.get("/v1/debtors/<number>/vulnerability", summary="What asks for care with a debtor")
def care(number: Number) -> Vulnerabilities:
    return reply(to_plain(care_of(books(), organisation_of(app), number, actor_of(app))))


@app.put("/v1/debtors/<number>/vulnerability", summary="Write down what asks for care")
def note(number: Number, body: Annotated[CareSignals, Body()]) -> Vulnerabilities:
    return planned(note_care, number, body)
