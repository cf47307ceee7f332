"""HTTP under /v1/debtors: master data, credit terms, statement and timeline."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.credit.model import CreditAccount
from kasstroom.credit.restricted import sees_lists
from kasstroom.debtors import credit_terms, usecases
from kasstroom.debtors.credit_terms import CreditTerms
from kasstroom.debtors.model import Debtor, Listed
from kasstroom.debtors.planned import Ahead, ahead
from kasstroom.debtors.timeline import TimelinePage, load
from kasstroom.debtors.timeline import timeline as page_of
from kasstroom.debtors.usecases import DebtorData, DebtorPatch, NewDebtor
from kasstroom.debtors.views import CreditView, Page, Statement, credit_view
from kasstroom.debtors.views import statement as statement_of
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import CURSOR, actor_of, answer_once, organisation_of, reply
from kasstroom_aws.live import ground_of
from kasstroom_aws.shapes import to_plain

app, handler = http()
Number = Annotated[str, Path(description="The debtor's number in your books", max_length=64)]


@app.get("/v1/debtors", summary="Debtors, in the order of their numbers")
def page(
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str, Query(pattern=CURSOR)] = "",
) -> Page:
    org = organisation_of(app)
    listed = books().listing(Listed, org, after=cursor, limit=limit)
    found = tuple(books().get(Debtor, org, item.number) for item in listed)
    return reply(to_plain(Page(found, listed[-1].number if len(listed) == limit else None)))


@app.post("/v1/debtors", summary="Register a debtor", status_code=201)
def register(body: Annotated[NewDebtor, Body()]) -> Debtor:
    org = organisation_of(app)

    def plan() -> Any:
        return usecases.register(books(), org, body.number, body, now())

    return answer_once(app, books(), now(), plan, status=201)


@app.put("/v1/debtors/<number>", summary="Register a debtor, or make it look like this")
def put(number: Number, body: Annotated[DebtorData, Body()]) -> Debtor:
    org = organisation_of(app)
    return answer_once(app, books(), now(), lambda: usecases.put(books(), org, number, body, now()))


@app.patch("/v1/debtors/<number>", summary="Correct a debtor")
def correct(number: Number, body: Annotated[DebtorPatch, Body()]) -> Debtor:
    org = organisation_of(app)
    return answer_once(
        app, books(), now(), lambda: usecases.correct(books(), org, number, body, now())
    )


@app.get("/v1/debtors/<number>", summary="One debtor")
def show(number: Number) -> Debtor:
    return reply(to_plain(books().get(Debtor, organisation_of(app), number)))


@app.get("/v1/debtors/<number>/credit", summary="The credit account: limit, used, available")
def credit(number: Number) -> CreditView:
    account = books().get(CreditAccount, organisation_of(app), number)
    return reply(to_plain(credit_view(account, ground_of(books(), account), now())))


@app.put("/v1/debtors/<number>/credit", summary="Set the credit limit and the hold")
def set_credit(number: Number, body: Annotated[CreditTerms, Body()]) -> CreditView:
    org, actor = organisation_of(app), actor_of(app)
    return answer_once(
        app, books(), now(), lambda: credit_terms.set_credit(
            books(), org, number, body, now(), actor=actor, grounds=partial(ground_of, books())
        ),
        show=lambda account: to_plain(credit_view(account, ground_of(books(), account), now())),
    )  # fmt: skip


@app.get("/v1/debtors/<number>/statement", summary="Open items and every booking, with balances")
def statement(number: Number) -> Statement:
    found = books().partition(organisation_of(app), number)
    return reply(to_plain(statement_of(organisation_of(app), number, found)))


@app.get(
    "/v1/debtors/<number>/timeline",
    summary="Everything that happened, newest first, and what is planned",
)
def timeline(
    number: Number,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str, Query(pattern=CURSOR)] = "",
) -> TimelinePage:
    org, sees_all = organisation_of(app), sees_lists(actor_of(app))
    found = load(books(), org, number)
    plans = Ahead() if cursor else ahead(books(), org, number, now())
    page = page_of(found, sees_lists=sees_all, after=cursor, limit=limit, ahead=plans)
    return reply(to_plain(page))
