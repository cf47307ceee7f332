"""Files that bring invoices and money in: accepted at once, worked through from a queue."""

from __future__ import annotations

from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.capabilities.bank import Bank
from infra.parts import grants
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.queue import WorkQueue
from kasstroom.settings import (
    DOCUMENT_PREFIX,
    UPLOAD_FOLDER,
    UPLOAD_PREFIX,
    DocumentSettings,
    TableSettings,
    UploadSettings,
)

PROCESS_SECONDS = 900
"""The largest file (20,000 rows of two reads and a transaction) takes about seven minutes."""


class Imports(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        on: Foundation,
        api: Api,
        uploads: s3.Bucket,
        letters: s3.Bucket,
        bank: Bank,
    ) -> None:
        super().__init__(scope, id_)
        told = [
            TableSettings(table_name=on.table.table_name),
            UploadSettings(upload_bucket=uploads.bucket_name),
        ]
        accept = Function(self, "imports/api", on=on, settings=told)
        grants.books(accept, on.table)
        grants.objects(accept, uploads, UPLOAD_PREFIX)
        api.serves(accept, "/v1/imports", "/v1/imports/{proxy+}")

        process = Function(
            self,
            "imports/process_upload",
            on=on,
            settings=[
                *told,
                bank.tells_where,
                DocumentSettings(document_bucket=letters.bucket_name),
            ],
            layers=["documents"],
            timeout_seconds=PROCESS_SECONDS,
            memory_mb=1024,
        )
        grants.books(process, on.table)
        grants.objects(process, uploads, UPLOAD_PREFIX)
        grants.new_objects(process, letters, DOCUMENT_PREFIX)
        bank.lines.accepts_from(process)
        queue = WorkQueue(
            self,
            "uploads",
            on=on,
            worker_timeout_seconds=PROCESS_SECONDS,
            what_to_do="A file could not be worked through: read the message for its key, look up"
            " the import, and redrive after the cause is gone; nothing of the file is half booked.",
        )
        queue.feeds(process, batch_size=1)
        _arrivals(self, uploads, queue)


def _arrivals(scope: Construct, uploads: s3.Bucket, queue: WorkQueue) -> events.Rule:
    """Only what lies below `in/` starts an import: results are written to the same bucket."""
    arrived = {"wildcard": f"{UPLOAD_PREFIX}*/{UPLOAD_FOLDER}/*"}
    rule = events.Rule(
        scope,
        "arrivals",
        event_pattern=events.EventPattern(
            source=["aws.s3"],
            detail_type=["Object Created"],
            detail={"bucket": {"name": [uploads.bucket_name]}, "object": {"key": [arrived]}},
        ),
    )
    rule.add_target(targets.SqsQueue(queue.queue))
    return rule
