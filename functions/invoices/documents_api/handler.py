"""HTTP at /v1/invoices/{number}/document: the invoice itself, to go with its reminders."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Path

from kasstroom.invoices.documents import attach, documented, sent_pdf
from kasstroom.invoices.views import DocumentView, document_view
from kasstroom.settings import DocumentSettings
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.document_files import DocumentBucket
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import answer_once, organisation_of, reply
from kasstroom_aws.multipart import file_in
from kasstroom_aws.shapes import to_plain

app, handler = http(files=True)
Number = Annotated[str, Path(description="The invoice number", max_length=64)]


@cache
def store() -> DocumentBucket:
    return DocumentBucket(DocumentSettings.from_env())


@app.put("/v1/invoices/<number>/document", summary="Give the invoice's PDF, at most 4 MB")
def put(number: Number) -> DocumentView:
    org, now = organisation_of(app), deployment.now()
    _, content = file_in(app.current_event, f"{number}.pdf")

    def plan() -> Any:
        return attach(books(), store(), org, number, sent_pdf(content))

    return answer_once(app, books(), now, plan, show=lambda found: to_plain(document_view(found)))


@app.get("/v1/invoices/<number>/document", summary="Where the document can be read, for minutes")
def show(number: Number) -> DocumentView:
    found = documented(books(), organisation_of(app), number)
    return reply(to_plain(document_view(found, store().download_url(found.document))))
