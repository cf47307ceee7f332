"""Reports on demand and by schedule: as an answer, as a file, by e-mail."""

from __future__ import annotations

from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from infra.parts import grants, schedule
from infra.parts.api import Api
from infra.parts.channels import Channels
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.queue import WorkQueue
from infra.reports import ReportsStack
from kasstroom.settings import (
    REPORT_PREFIX,
    EmailSettings,
    FigureSettings,
    ReportFileSettings,
    ReportQueueSettings,
    TableSettings,
)

MAKE_SECONDS = 900
"""As long as a function may take: a report of all bookings reads every debtor."""


class ReportApi(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        on: Foundation,
        api: Api,
        channels: Channels,
        figures: dynamodb.TableV2,
        lake: ReportsStack,
    ) -> None:
        super().__init__(scope, id_)
        self._on, self._figures, self._bucket = on, figures, lake.bucket
        self._knows = [
            TableSettings(table_name=on.table.table_name),
            FigureSettings(figure_table=figures.table_name),
        ]
        self._knows_files = ReportFileSettings(report_bucket=lake.bucket.bucket_name)
        self._queue = WorkQueue(
            self,
            "runs",
            on=on,
            worker_timeout_seconds=MAKE_SECONDS,
            what_to_do="A report could not be made: put right what the log names and redrive; a"
            " report that was made already is not made or sent again.",
        )
        self._knows_queue = ReportQueueSettings(report_queue_url=self._queue.url)
        self._doors(api)
        self._making(channels)
        self._planning()

    def _doors(self, api: Api) -> None:
        """A report in an answer reads for twenty seconds at most."""
        reports = Function(
            self,
            "reports/api",
            on=self._on,
            settings=self._knows,
            layers=["letters", "sheets"],
            timeout_seconds=29,
            memory_mb=1769,
        )
        grants.books(reports, self._on.table)
        grants.read_books(reports, self._figures)
        api.serves(reports, "/v1/reports", "/v1/reports/{name}", "/v1/report-assumptions")
        runs = Function(
            self,
            "reports/runs_api",
            on=self._on,
            settings=[*self._knows, self._knows_files, self._knows_queue],
        )
        grants.books(runs, self._on.table)
        grants.read_books(runs, self._figures)
        grants.read_objects(runs, self._bucket, REPORT_PREFIX)
        self._queue.accepts_from(runs)
        for resource in ("report-runs", "report-schedules"):
            api.serves(runs, f"/v1/{resource}", f"/v1/{resource}/{{id}}")

    def _making(self, channels: Channels) -> None:
        make = Function(
            self,
            "reports/run_report",
            on=self._on,
            settings=[
                *self._knows,
                self._knows_files,
                EmailSettings(email_configuration_set=channels.email_set),
            ],
            layers=["letters", "sheets"],
            timeout_seconds=MAKE_SECONDS,
            memory_mb=2048,
            scratch_mb=4096,
        )
        grants.books(make, self._on.table)
        grants.read_books(make, self._figures)
        grants.new_objects(make, self._bucket, REPORT_PREFIX)
        grants.read_objects(make, self._bucket, REPORT_PREFIX)
        channels.may_mail(make)
        self._queue.feeds(make, batch_size=1)

    def _planning(self) -> None:
        plan = Function(
            self,
            "reports/plan_reports",
            on=self._on,
            settings=[self._knows[0], self._knows_queue],
            timeout_seconds=300,
        )
        grants.books(plan, self._on.table)
        grants.due_work(plan, self._on.table)
        self._queue.accepts_from(plan)
        schedule.run(self, "planning", plan, schedule.every_few_minutes(self._on.environment))
