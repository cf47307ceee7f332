"""HTTP under /v1/credit-applications: asking a buyer in, following, deciding."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.applications import opening, sending, terms, usecases
from kasstroom.applications.deciding import DecisionRequest
from kasstroom.applications.finding import by_id, page_of
from kasstroom.applications.model import ApplicationState, ListedApplication
from kasstroom.applications.opening import ApplicantData, NewApplication
from kasstroom.applications.sending import Sender, SubmitRequest
from kasstroom.applications.terms import ApplicationTerms, ApplicationTermsData
from kasstroom.applications.usecases import WithdrawRequest
from kasstroom.applications.validation import Incomplete
from kasstroom.applications.views import (
    ApplicationPage,
    ApplicationView,
    OpenedView,
    application_view,
    opened_view,
)
from kasstroom.ids import new_token
from kasstroom.settings import PublicSettings
from kasstroom_aws import problems
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import CURSOR, actor_of, answer_once, organisation_of, reply
from kasstroom_aws.live import ground_of
from kasstroom_aws.shapes import to_plain
from kasstroom_partners.identities import CheckedIdentities

app, handler = http()
Id = Annotated[str, Path(max_length=64)]


def grounds() -> Any:
    return partial(ground_of, books())


@app.exception_handler(Incomplete)
def incomplete(error: Incomplete) -> Response:
    listed = [{"pointer": f.pointer, "code": f.code, "detail": f.detail} for f in error.faults]
    document = problems.problem(422, error.code, error.detail, listed)
    return Response(422, problems.CONTENT_TYPE, problems.dumps(document))


def _answered(plan: Any) -> Any:
    at, actor = now(), actor_of(app)
    show = lambda application: to_plain(application_view(application, at, actor))  # noqa: E731
    return answer_once(app, books(), at, plan, show=show)


@app.post("/v1/credit-applications", summary="Open an application for a buyer", status_code=201)
def create(body: Annotated[NewApplication, Body()]) -> OpenedView:
    org, at, token, by = organisation_of(app), now(), new_token(), actor_of(app).name
    url = PublicSettings.from_env().public_url
    return answer_once(
        app, books(), at,
        lambda: opening.create(books(), org, body, token=token, by=by, now=at),
        status=201, show=lambda opened: to_plain(opened_view(opened, url)),
    )  # fmt: skip


@app.get("/v1/credit-applications", summary="Applications, the oldest first")
def page(
    state: Annotated[ApplicationState | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str, Query(pattern=CURSOR)] = "",
) -> ApplicationPage:
    org = organisation_of(app)

    def listing(after: str, most: int) -> Any:
        return books().listing(ListedApplication, org, after=after, limit=most)

    return reply(to_plain(ApplicationPage(*page_of(listing, state, cursor, limit))))


@app.get("/v1/credit-applications/<id>", summary="An application with its history")
def show(id: Id) -> ApplicationView:
    application = by_id(books(), organisation_of(app), id)
    return reply(to_plain(application_view(application, now(), actor_of(app))))


@app.put("/v1/credit-applications/<id>/data", summary="Fill the application in for the buyer")
def fill_in(id: Id, body: Annotated[ApplicantData, Body()]) -> ApplicationView:
    org, at = organisation_of(app), now()
    return _answered(lambda: opening.fill_in(books(), org, id, body, at))


@app.post("/v1/credit-applications/<id>/submit", summary="Send it in without the page")
def submit(id: Id, body: Annotated[SubmitRequest | None, Body()] = None) -> ApplicationView:
    org, at = organisation_of(app), now()
    allowed = (body or SubmitRequest()).allow_duplicates
    sender = Sender(actor_of(app).name, allow_duplicates=allowed)
    checked = CheckedIdentities()
    return _answered(
        lambda: sending.submit(books(), checked, grounds(), by_id(books(), org, id), sender, at)
    )


@app.post("/v1/credit-applications/<id>/decision", summary="Approve or reject, as a person")
def decide(id: Id, body: Annotated[DecisionRequest, Body()]) -> ApplicationView:
    org, actor, at = organisation_of(app), actor_of(app), now()
    return _answered(lambda: usecases.decide(books(), org, id, body, actor, at, grounds()))


@app.post("/v1/credit-applications/<id>/withdraw", summary="Give it up for the buyer")
def withdraw(id: Id, body: Annotated[WithdrawRequest | None, Body()] = None) -> ApplicationView:
    org, by, at = organisation_of(app), actor_of(app).name, now()
    why = (body or WithdrawRequest()).reason
    return _answered(lambda: usecases.withdraw(books(), by_id(books(), org, id), by, why, at))


@app.get("/v1/credit-application-terms", summary="What the rules approve without a person")
def show_terms() -> ApplicationTerms:
    return reply(to_plain(terms.terms_of(books(), organisation_of(app))))


@app.put("/v1/credit-application-terms", summary="Set what the rules approve")
def set_terms(body: Annotated[ApplicationTermsData, Body()]) -> ApplicationTerms:
    org, actor = organisation_of(app), actor_of(app)
    return answer_once(app, books(), now(), lambda: terms.set_terms(books(), org, body, actor))
