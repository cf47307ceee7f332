"""HTTP under /v1/imports: send a file of invoices or of a bank, see what became of each row."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Path, Query

from kasstroom.imports.receiving import ImportView, Rows, Upload, import_view, receive, shown_rows
from kasstroom.imports.usecases import import_of
from kasstroom.settings import UploadSettings
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import http
from kasstroom_aws.http import answer_once, organisation_of, reply
from kasstroom_aws.multipart import file_in
from kasstroom_aws.shapes import to_plain
from kasstroom_aws.uploads import UploadBucket

app, handler = http(files=True)
Id = Annotated[str, Path(max_length=64)]


@cache
def uploads() -> UploadBucket:
    return UploadBucket(UploadSettings.from_env())


@app.post(
    "/v1/imports", summary="Send UBL, camt, MT940, CSV or a zip, or ask where", status_code=202
)
def create(filename: Annotated[str, Query(max_length=200)] = "") -> ImportView:
    org, now = organisation_of(app), deployment.now()
    name, content = file_in(app.current_event, filename)

    def plan() -> Any:
        return receive(uploads(), org, Upload(name, content), now)

    return answer_once(app, books(), now, plan, status=202)


@app.get("/v1/imports/<id>", summary="How an import goes, with a result per row")
def show(
    id: Id,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    cursor: Annotated[int, Query(ge=0)] = 0,
) -> ImportView:
    found = import_of(books(), organisation_of(app), id)
    rows: Rows = shown_rows(uploads(), found, cursor, limit)
    return reply(to_plain(import_view(found, rows)))
