"""An uploaded file from the upload queue: read it, book it row by row, keep the results."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from kasstroom.bank.identity import Source
from kasstroom.bank.status_reports import import_any
from kasstroom.imports.receiving import run
from kasstroom.settings import (
    DocumentSettings,
    LineQueueSettings,
    UploadSettings,
)
from kasstroom_aws import deployment
from kasstroom_aws.cached import organisation
from kasstroom_aws.deployment import books
from kasstroom_aws.document_files import DocumentBucket
from kasstroom_aws.entrypoints import count, logger, sqs
from kasstroom_aws.live import ground_of
from kasstroom_aws.queues import SqsLineQueue
from kasstroom_aws.uploads import UploadBucket
from kasstroom_documents.reader import MAX_BYTES, read, sniff


@cache
def uploads() -> UploadBucket:
    return UploadBucket(UploadSettings.from_env())


@cache
def documents() -> DocumentBucket:
    return DocumentBucket(DocumentSettings.from_env())


def statements() -> Callable[..., Any]:
    queue = SqsLineQueue(LineQueueSettings.from_env())

    def book(org: str, file: Any, source: str, now: Any) -> Any:
        return import_any(books(), queue, file, Source(org, source, now))

    return book


def handle(event: dict[str, Any]) -> None:
    key = event["detail"]["object"]["key"]
    now = deployment.now()
    done = run(
        books(), uploads(), key, now,
        read=lambda name, content: (sniff(name, content), read(name, content)),
        largest=MAX_BYTES,
        organisation=lambda org: organisation(books(), org),
        grounds=partial(ground_of, books()),
        statements=statements(),
        store=documents(),
    )  # fmt: skip
    logger.info("import finished", extra={"import": done.id, "state": done.state})
    count("RowsBooked", done.ok)
    count("RowsFailed", done.failed)


handler = sqs(handle)
