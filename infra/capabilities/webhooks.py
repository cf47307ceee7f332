"""Outgoing webhooks: every event of the bus, to whoever of an organisation wants to know."""

from __future__ import annotations

from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from constructs import Construct

from infra.parts import grants, schedule
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.queue import WorkQueue
from kasstroom.events import SOURCE
from kasstroom.settings import DeliveryQueueSettings, TableSettings, WebhookSettings

PLAN_SECONDS = 30
DELIVER_SECONDS = 30
"""Less than a claim lasts (`kasstroom.webhooks.policy.CLAIM`): who is stopped no longer calls."""


class Webhooks(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        on: Foundation,
        api: Api,
        bus: events.IEventBus,
        webhook_secret: str,
    ) -> None:
        super().__init__(scope, id_)
        self._on, self._secret = on, webhook_secret
        self._knows_table = TableSettings(table_name=on.table.table_name)
        self._knows_secret = WebhookSettings(
            webhook_secret=webhook_secret, webhook_reach=on.environment.webhook_reach
        )
        self._deliveries = WorkQueue(
            self,
            "deliveries",
            on=on,
            worker_timeout_seconds=DELIVER_SECONDS,
            what_to_do="A webhook delivery could not be tried: the message names it; put right what"
            " the log names. The retry round tries it again by itself, so nothing needs a redrive.",
        )
        self._knows_queue = DeliveryQueueSettings(delivery_queue_url=self._deliveries.url)
        self._door(api)
        self._planning(bus)
        self._delivering()
        self._retrying()

    def _door(self, api: Api) -> None:
        door = self._function(
            "api", self._knows_secret, self._knows_queue, layers=["partners"], timeout_seconds=15
        )
        grants.secret(door, self._secret, self._on.table.encryption_key)
        self._deliveries.accepts_from(door)
        api.serves(door, "/v1/webhook-subscriptions", "/v1/webhook-subscriptions/{proxy+}")
        api.serves(door, "/v1/webhook-deliveries/{proxy+}")

    def _planning(self, bus: events.IEventBus) -> None:
        """A queue of its own, so that a slow receiver never holds up what others are told."""
        queue = WorkQueue(
            self,
            "news",
            on=self._on,
            worker_timeout_seconds=PLAN_SECONDS,
            what_to_do="An event was not queued for those who want it as a webhook: put right what"
            " the log names and redrive; who has it already is not told twice.",
        )
        rule = events.Rule(
            self,
            "every-event",
            event_bus=bus,
            event_pattern=events.EventPattern(source=[SOURCE]),
        )
        rule.add_target(targets.SqsQueue(queue.queue))
        plan = self._function("plan_deliveries", self._knows_queue, timeout_seconds=PLAN_SECONDS)
        self._deliveries.accepts_from(plan)
        queue.feeds(plan)

    def _delivering(self) -> None:
        """One at a time per call: a receiver may take ten seconds to answer."""
        deliver = self._function(
            "deliver", self._knows_secret, layers=["partners"], timeout_seconds=DELIVER_SECONDS
        )
        grants.secret(deliver, self._secret, self._on.table.encryption_key)
        self._deliveries.feeds(deliver, batch_size=1)

    def _retrying(self) -> None:
        retry = self._function("retry", self._knows_queue, timeout_seconds=120)
        grants.due_work(retry, self._on.table)
        self._deliveries.accepts_from(retry)
        schedule.run(self, "retrying", retry, schedule.every_few_minutes(self._on.environment))

    def _function(self, name: str, *settings: object, **more: object) -> Function:
        function = Function(
            self,
            f"webhooks/{name}",
            on=self._on,
            settings=[self._knows_table, *settings],
            **more,
        )
        grants.books(function, self._on.table)
        return function
