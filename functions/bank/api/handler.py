"""HTTP under /v1/bank-accounts, /v1/bank-statements and /v1/bank-lines: what the bank told us."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body, Path, Query

from kasstroom.bank import accounts, views
from kasstroom.bank.accounts import AccountPage, NameAccount
from kasstroom.bank.model import BankAccount, LineState
from kasstroom.bank.seen import SeenLine, SeenPage, Wanted, seen_line, seen_page
from kasstroom.bank.views import StatementPage
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import CURSOR, actor_of, answer_once, organisation_of, reply
from kasstroom_aws.shapes import to_plain

app, handler = http()
Iban = Annotated[str, Path(max_length=64)]
Id = Annotated[str, Path(max_length=64)]
Cursor = Annotated[str, Query(pattern=CURSOR)]
Limit = Annotated[int, Query(ge=1, le=100)]
State, Overdue = Annotated[LineState | None, Query()], Annotated[bool, Query()]


@app.get("/v1/bank-accounts", summary="Your own accounts: statements of others are not booked")
def account_page() -> AccountPage:
    return reply(to_plain(AccountPage(accounts.accounts(books(), organisation_of(app)))))


@app.put("/v1/bank-accounts/<iban>", summary="Add or name an account of your own (a person)")
def put_account(iban: Iban, body: Annotated[NameAccount, Body()]) -> BankAccount:
    org, actor, now = organisation_of(app), actor_of(app), deployment.now()
    return answer_once(app, books(), now, lambda: accounts.put(books(), org, iban, body, actor))


@app.get("/v1/bank-statements", summary="Statements of an account, the oldest first, with gaps")
def statement_page(
    account: Annotated[str, Query(min_length=1, max_length=64)],
    limit: Limit = 50,
    cursor: Cursor = "",
) -> StatementPage:
    org, known = organisation_of(app), accounts.account_key(account)
    found = views.statement_page(books(), org, known, after=cursor, limit=limit)
    return reply(to_plain(found))


@app.get("/v1/bank-lines", summary="Lines of all accounts, the oldest money first")
def line_page(
    state: State = None, overdue: Overdue = False, limit: Limit = 50, cursor: Cursor = ""
) -> SeenPage:
    org, now, which = organisation_of(app), deployment.now(), Wanted(state, overdue, cursor, limit)
    return reply(to_plain(seen_page(books(), org, which, now)))


@app.get("/v1/bank-lines/<id>", summary="One line, with what it may be for")
def show_line(id: Id) -> SeenLine:
    return reply(to_plain(seen_line(books(), organisation_of(app), id, deployment.now())))
