"""Facts leave the house: what the books' outbox holds is published on our own bus."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.parts import grants
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.queue import DeadLetters
from kasstroom.settings import BusSettings
from kasstroom_aws.keys import OUTBOX_PREFIX, SK


class Events(Construct):
    def __init__(self, scope: Construct, id_: str, *, on: Foundation) -> None:
        super().__init__(scope, id_)
        self.bus = events.EventBus(self, "bus", event_bus_name=on.environment.prefix)
        publish = Function(
            self,
            "events/publish_events",
            on=on,
            settings=[
                BusSettings(bus_name=self.bus.event_bus_name),
            ],
        )
        grants.allow(publish, "events:PutEvents", on=self.bus.event_bus_arn)
        grants.stream(publish, on.table)
        lost = DeadLetters(self, "unpublished", on=on).queue
        grants.allow(publish, "sqs:SendMessage", on=lost.queue_arn)
        on.watch.unpublished(self, publish, lost)
        _follow(self, publish, on, lost)


def _follow(scope: Construct, publish: Function, on: Foundation, lost: sqs.Queue) -> None:
    """New outbox rows only; a bad row is cornered by halving its batch and then set aside."""
    outbox = {"dynamodb": {"Keys": {SK: {"S": [{"prefix": OUTBOX_PREFIX}]}}}}
    lambda_.EventSourceMapping(
        scope,
        "outbox",
        target=publish,
        event_source_arn=on.table.table_stream_arn,
        starting_position=lambda_.StartingPosition.TRIM_HORIZON,
        batch_size=10,
        bisect_batch_on_error=True,
        report_batch_item_failures=True,
        retry_attempts=10,
        max_record_age=Duration.hours(12),
        filters=[lambda_.FilterCriteria.filter({"eventName": ["INSERT"], **outbox})],
        on_failure=sources.SqsDlq(lost),
    )
