"""Which group a debtor belongs to: the rules, and the worker that keeps the answer up to date."""

from __future__ import annotations

from aws_cdk import aws_events as events
from constructs import Construct

from infra.parts import grants, schedule
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.queue import WorkQueue
from kasstroom.segments.jobs import FOLLOWED
from kasstroom.settings import SegmentQueueSettings, TableSettings

ASSIGN_SECONDS = 60
"""A message holds at most 25 debtors, or one page of a walk over everybody."""


class Segments(Construct):
    def __init__(
        self, scope: Construct, id_: str, *, on: Foundation, api: Api, bus: events.IEventBus
    ) -> None:
        super().__init__(scope, id_)
        self._on = on
        self._knows_table = TableSettings(table_name=on.table.table_name)
        self._queue = WorkQueue(
            self,
            "looks",
            on=on,
            worker_timeout_seconds=ASSIGN_SECONDS,
            what_to_do="Debtors could not be looked at for their segments: the message names them;"
            " put right what the log names and redrive, because looking twice changes nothing.",
        )
        self._knows_queue = SegmentQueueSettings(segment_queue_url=self._queue.url)
        self._door(api)
        self._assigning(bus)
        self._planning()

    def _door(self, api: Api) -> None:
        """A trial reads five hundred debtors in one call."""
        door = Function(
            self,
            "segments/api",
            on=self._on,
            settings=[self._knows_table],
            timeout_seconds=29,
            memory_mb=1024,
        )
        grants.books(door, self._on.table)
        api.serves(
            door,
            "/v1/segments",
            "/v1/segments/{proxy+}",
            "/v1/debtors/{number}/segments",
            "/v1/debtors/{number}/vulnerability",
        )

    def _assigning(self, bus: events.IEventBus) -> None:
        """Through a queue, so that an import of thousands of invoices waits and is never lost."""
        self._queue.follows(bus, FOLLOWED)
        assign = Function(
            self,
            "segments/assign",
            on=self._on,
            settings=[self._knows_table, self._knows_queue],
            timeout_seconds=ASSIGN_SECONDS,
            memory_mb=1024,
        )
        grants.books(assign, self._on.table)
        self._queue.accepts_from(assign)
        self._queue.feeds(assign, batch_size=5)

    def _planning(self) -> None:
        plan = Function(
            self,
            "segments/plan_assignments",
            on=self._on,
            settings=[self._knows_table, self._knows_queue],
            timeout_seconds=300,
        )
        grants.books(plan, self._on.table)
        grants.due_work(plan, self._on.table)
        self._queue.accepts_from(plan)
        schedule.run(self, "planning", plan, schedule.each_night(self._on.environment))
