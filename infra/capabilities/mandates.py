"""Collecting by SEPA direct debit: mandates, collections, the file for the bank, and the notice
that tells the debtor.
"""

from __future__ import annotations

from aws_cdk import aws_events as events
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.parts import grants, schedule
from infra.parts.api import Api
from infra.parts.channels import Channels
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.queue import WorkQueue
from kasstroom.events.mandates import CollectionAnnounced, CollectionCancelled
from kasstroom.settings import (
    COLLECTION_PREFIX,
    ReminderQueueSettings,
    TableSettings,
    UploadSettings,
)

SEND_SECONDS = 60


class Mandates(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        on: Foundation,
        api: Api,
        bus: events.IEventBus,
        channels: Channels,
        uploads: s3.Bucket,
    ) -> None:
        super().__init__(scope, id_)
        self._on = on
        self._knows_table = TableSettings(table_name=on.table.table_name)
        self._collecting(api, uploads)
        self._telling(bus, channels)

    def _collecting(self, api: Api, uploads: s3.Bucket) -> None:
        mandates = Function(
            self,
            "mandates/api",
            on=self._on,
            settings=[self._knows_table, UploadSettings(upload_bucket=uploads.bucket_name)],
            layers=["documents"],
            memory_mb=1024,
        )
        grants.books(mandates, self._on.table)
        grants.objects(mandates, uploads, COLLECTION_PREFIX)
        for resource in ("mandates", "collections"):
            api.serves(mandates, f"/v1/{resource}", f"/v1/{resource}/{{proxy+}}")

    def _telling(self, bus: events.IEventBus, channels: Channels) -> None:
        """The news of a planned collection, or of one called off, is told to the debtor, by day."""
        queue = WorkQueue(
            self,
            "notices",
            on=self._on,
            worker_timeout_seconds=SEND_SECONDS,
            what_to_do="A debtor could not be told of a direct debit: see the function's log for"
            " why, and redrive; nobody is told twice, and who is not told is not collected from.",
        )
        queue.follows(bus, [CollectionAnnounced.TYPE, CollectionCancelled.TYPE])
        send = Function(
            self,
            "mandates/send_notice",
            on=self._on,
            settings=[self._knows_table, *channels.settings],
            layers=["pages"],
            timeout_seconds=SEND_SECONDS,
        )
        grants.books(send, self._on.table)
        channels.may_write_to_debtors(send)
        queue.feeds(send)
        plan = Function(
            self,
            "mandates/plan_notices",
            on=self._on,
            settings=[self._knows_table, ReminderQueueSettings(reminder_queue_url=queue.url)],
            timeout_seconds=300,
        )
        grants.books(plan, self._on.table)
        grants.due_work(plan, self._on.table)
        queue.accepts_from(plan)
        schedule.run(self, "planning", plan, schedule.every_few_minutes(self._on.environment))
