"""Reminders: planned from what is due, sent once each from a queue."""

from __future__ import annotations

from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.parts import grants, schedule
from infra.parts.channels import Channels
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.queue import WorkQueue
from kasstroom.settings import (
    DOCUMENT_PREFIX,
    LETTER_PREFIX,
    DocumentSettings,
    LetterSettings,
    PublicSettings,
    ReminderQueueSettings,
    TableSettings,
)

SEND_SECONDS = 60


class Dunning(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        on: Foundation,
        channels: Channels,
        public_url: str,
        letters: s3.Bucket,
    ) -> None:
        super().__init__(scope, id_)
        knows_table = TableSettings(table_name=on.table.table_name)
        self.reminders = queue = WorkQueue(
            self,
            "reminders",
            on=on,
            worker_timeout_seconds=SEND_SECONDS,
            what_to_do="A reminder could not be sent: find its debtor in the message, see the"
            " function's log for the refusal, and redrive; no step is ever sent twice.",
        )
        plan = Function(
            self,
            "dunning/plan_reminders",
            on=on,
            settings=[knows_table, ReminderQueueSettings(reminder_queue_url=queue.url)],
            timeout_seconds=300,
        )
        grants.books(plan, on.table)
        grants.due_work(plan, on.table)
        queue.accepts_from(plan)
        schedule.run(self, "planning", plan, schedule.every_few_minutes(on.environment))

        send = Function(
            self,
            "dunning/send_reminder",
            on=on,
            settings=[
                knows_table,
                PublicSettings(public_url=public_url),
                LetterSettings(letter_bucket=letters.bucket_name),
                DocumentSettings(document_bucket=letters.bucket_name),
                *channels.settings,
            ],
            layers=["pages", "letters"],
            timeout_seconds=SEND_SECONDS,
        )
        grants.books(send, on.table)
        channels.may_write_to_debtors(send)
        grants.new_objects(send, letters, LETTER_PREFIX)
        grants.read_objects(send, letters, DOCUMENT_PREFIX)
        queue.feeds(send)
