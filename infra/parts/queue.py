"""A queue with its dead letters and the alarm that says what to do with them."""

from __future__ import annotations

from collections.abc import Iterable

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.parts.checklist import accept
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.grants import allow
from kasstroom.events import SOURCE

TIMES_TRIED = 5


class WorkQueue(Construct):
    """Whatever is sent here is done at least once, or waits in the dead letters for a person."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        on: Foundation,
        worker_timeout_seconds: int,
        what_to_do: str,
    ) -> None:
        super().__init__(scope, id_)
        self._is_embedded = on.environment.sandbox is not None
        self.dead = DeadLetters(self, "dead-letters", on=on).queue
        self.queue = sqs.Queue(
            self,
            "queue",
            # AWS asks for six times the function's timeout, so that a slow try is not doubled.
            visibility_timeout=Duration.seconds(6 * worker_timeout_seconds),
            retention_period=Duration.days(4),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=on.environment.tls_only,
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.dead, max_receive_count=TIMES_TRIED),
        )
        on.watch.queue(self, self.queue, self.dead, what_to_do)

    @property
    def url(self) -> str:
        return self.queue.queue_url

    def accepts_from(self, function: Function) -> None:
        # On AWS the first covers batches too; the embedded AWS takes the batch form for another
        # action.
        actions = ["sqs:SendMessage"] + ["sqs:SendMessageBatch"] * self._is_embedded
        allow(function, *actions, on=self.queue.queue_arn)

    def follows(self, bus: events.IEventBus, types: Iterable[str] = ()) -> None:
        """Our own events of these types (of all types, when none is named) come in here: news that
        comes in a rush waits, and none of it is lost."""
        pattern = events.EventPattern(source=[SOURCE], detail_type=list(types) or None)
        rule = events.Rule(self, "news", event_bus=bus, event_pattern=pattern)
        rule.add_target(targets.SqsQueue(self.queue))

    def feeds(
        self, function: Function, *, batch_size: int = 10, gathering_seconds: int = 0
    ) -> None:
        """Only the messages the function names as failed come back. With `gathering_seconds` it is
        called when there are `batch_size` of them, or after that time."""
        receiving = ("ReceiveMessage", "DeleteMessage", "GetQueueAttributes")
        receiving += ("ChangeMessageVisibility", "GetQueueUrl")
        allow(function, *(f"sqs:{a}" for a in receiving), on=self.queue.queue_arn)
        lambda_.EventSourceMapping(
            self,
            "source",
            target=function.entry,
            event_source_arn=self.queue.queue_arn,
            batch_size=batch_size,
            max_batching_window=Duration.seconds(gathering_seconds) if gathering_seconds else None,
            report_batch_item_failures=True,
        )


class DeadLetters(Construct):
    """Two weeks to look at what could not be done."""

    def __init__(self, scope: Construct, id_: str, *, on: Foundation) -> None:
        super().__init__(scope, id_)
        self.queue = sqs.Queue(
            self,
            "queue",
            retention_period=Duration.days(14),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=on.environment.tls_only,
        )
        accept(self.queue, "AwsSolutions-SQS3", "It is itself where undone work waits.")
