"""What finance looks at: every night the books are written to the lake, events within minutes."""

from __future__ import annotations

from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from constructs import Construct

from infra.parts import grants, schedule
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.queue import WorkQueue
from infra.reports import ReportsStack
from kasstroom.reports.lake import EVENTS, EXPORT_PREFIX, LAKE_PREFIX, RUN_PREFIX, TABLES
from kasstroom.settings import ExportQueueSettings, FigureSettings, LakeSettings, TableSettings

EXPORT_SECONDS = 900
EVENT_SECONDS = 60
EVENTS_TOGETHER = 1000
GATHERING_SECONDS = 60
"""An event is in the lake after a minute or so; more at once would be larger files, and later."""


class Reports(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        on: Foundation,
        lake: ReportsStack,
        bus: events.IEventBus,
        figures: dynamodb.TableV2,
    ) -> None:
        super().__init__(scope, id_)
        self._on = on
        self._figures = figures
        self._knows_figures = FigureSettings(figure_table=figures.table_name)
        self._lake = lake
        self._knows_table = TableSettings(table_name=on.table.table_name)
        self._knows_lake = LakeSettings(
            lake_bucket=lake.bucket.bucket_name,
            glue_database=lake.database_name,
            athena_workgroup=lake.workgroup_name,
        )
        self._nightly()
        self._events(bus)

    def _nightly(self) -> None:
        """The plan divides the books; each segment is read and written by a function of its own."""
        queue = WorkQueue(
            self,
            "segments",
            on=self._on,
            worker_timeout_seconds=EXPORT_SECONDS,
            what_to_do="A part of last night's export was not written, so that day cannot be asked"
            " for: see the log of reports/export_lake and redrive, or start reports/plan_export.",
        )
        knows_queue = ExportQueueSettings(export_queue_url=queue.url)
        plan = Function(
            self,
            "reports/plan_export",
            on=self._on,
            settings=[self._knows_lake, knows_queue],
            timeout_seconds=EXPORT_SECONDS,
        )
        queue.accepts_from(plan)
        export = Function(
            self,
            "reports/export_lake",
            on=self._on,
            settings=[self._knows_table, self._knows_lake, self._knows_figures, knows_queue],
            layers=["analytics"],
            timeout_seconds=EXPORT_SECONDS,
            memory_mb=2048,
            scratch_mb=8192,
        )
        queue.feeds(export, batch_size=1)
        grants.whole_table(export, self._on.table)
        grants.read_books(export, self._on.table)
        grants.read_books(export, self._figures)
        queue.accepts_from(export)
        grants.outbox(export, self._on.table)
        for function in (plan, export):
            grants.objects(function, self._lake.bucket, RUN_PREFIX)
            for prefix in (LAKE_PREFIX, EXPORT_PREFIX):
                grants.replaced_objects(function, self._lake.bucket, prefix)
        grants.partitions(export, self._lake.database_name, [table.name for table in TABLES])
        schedule.run(self, "nightly", plan, schedule.each_night(self._on.environment))

    def _events(self, bus: events.IEventBus) -> None:
        queue = WorkQueue(
            self,
            "events",
            on=self._on,
            worker_timeout_seconds=EVENT_SECONDS,
            what_to_do="Events did not get into the lake: see the log of reports/keep_events and"
            " redrive; they land in the day they are about, and each counts once.",
        )
        keep = Function(
            self,
            "reports/keep_events",
            on=self._on,
            settings=[self._knows_table, self._knows_lake],
            layers=["analytics"],
            timeout_seconds=EVENT_SECONDS,
            memory_mb=1024,
        )
        queue.follows(bus)
        queue.feeds(keep, batch_size=EVENTS_TOGETHER, gathering_seconds=GATHERING_SECONDS)
        self._names(keep)
        grants.new_objects(keep, self._lake.bucket, EVENTS.prefix)
        grants.partitions(keep, self._lake.database_name, [EVENTS.name])

    def _names(self, function: Function) -> None:
        """Reads the key that tokens are made with, and makes it where there is none."""
        grants.one_item(function, self._on.table)
        grants.outbox(function, self._on.table)
