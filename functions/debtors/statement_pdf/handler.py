"""HTTP at /v1/debtors/{number}/statement.pdf: the statement of account to print or send on."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from kasstroom.debtors.statements import account_of
from kasstroom.time import day_of
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import PDF, file, organisation_of
from kasstroom_letters.statement import statement_pdf
from kasstroom_pages.printed_statements import statement_of

app, handler = http()
BINARY = {"schema": {"type": "string", "format": "binary"}}
Number = Annotated[str, Path(description="The debtor's number in your books", max_length=64)]


@app.get(
    "/v1/debtors/<number>/statement.pdf",
    summary="The statement of account as a PDF, in the debtor's language",
    responses={200: {"description": "The PDF", "content": {PDF: BINARY}}},
)
def statement(number: Number):
    # Without a return type: bytes are answered as they are, and not checked against a shape.
    now = deployment.now()
    account = account_of(books(), organisation_of(app), number, day_of(now))
    return file(statement_pdf(statement_of(account, now)), "statement.pdf")
