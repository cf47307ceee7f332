"""What became of a message: delivered, read, bounced, refused; and whom none reaches."""

from __future__ import annotations

from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.parts import grants
from infra.parts.api import Api
from infra.parts.channels import Channels
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.queue import WorkQueue
from kasstroom.settings import TableSettings

RECORD_SECONDS = 30


class Messages(Construct):
    """A receipt arrives as an SNS envelope (SMS, WhatsApp) or as an EventBridge event (SES); what
    people answer comes to the same topic, which the owner names at each number (two-way SMS)."""

    def __init__(
        self, scope: Construct, id_: str, *, on: Foundation, api: Api, channels: Channels
    ) -> None:
        super().__init__(scope, id_)
        shown = Function(
            self,
            "messages/api",
            on=on,
            settings=[TableSettings(table_name=on.table.table_name)],
        )
        grants.books(shown, on.table)
        for resource in ("attention", "suppressions"):
            api.serves(shown, f"/v1/{resource}", f"/v1/{resource}/{{proxy+}}")
        record = Function(
            self,
            "messages/record_receipt",
            on=on,
            settings=[TableSettings(table_name=on.table.table_name)],
            timeout_seconds=RECORD_SECONDS,
        )
        grants.books(record, on.table)
        queue = WorkQueue(
            self,
            "receipts",
            on=on,
            worker_timeout_seconds=RECORD_SECONDS,
            what_to_do="A delivery receipt could not be recorded: see the function's log for its"
            " form, and redrive; until then the timeline shows the message as sent, and nothing"
            " goes another way.",
        )
        queue.feeds(record)
        channels.receipts.add_subscription(subscriptions.SqsSubscription(queue.queue))
        rule = events.Rule(
            self,
            "email-receipts",
            event_pattern=events.EventPattern(
                source=["aws.ses"],
                detail={"mail": {"tags": {"ses:configuration-set": [channels.email_set]}}},
            ),
        )
        rule.add_target(targets.SqsQueue(queue.queue))
