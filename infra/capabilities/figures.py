"""The figures of the dashboard follow the books within seconds, and are proven every night."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.parts import grants, schedule
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from infra.parts.queue import DeadLetters
from kasstroom.reports.contributions import COUNTED
from kasstroom.settings import METRICS_NAMESPACE, FigureSettings, TableSettings
from kasstroom_aws.items import kind_of
from kasstroom_aws.keys import KIND

GATHER_SECONDS = 1
"""How long changes are gathered before they are counted: a payment moves five items at once."""


class Figures(Construct):
    def __init__(
        self, scope: Construct, id_: str, *, on: Foundation, figures: dynamodb.TableV2
    ) -> None:
        super().__init__(scope, id_)
        settings = [
            TableSettings(table_name=on.table.table_name),
            FigureSettings(figure_table=figures.table_name),
        ]
        add_up = Function(
            self, "reports/add_up", on=on, settings=settings, timeout_seconds=120, memory_mb=1024
        )
        grants.read_books(add_up, on.table)
        grants.books(add_up, figures)
        grants.stream(add_up, on.table)
        lost = DeadLetters(self, "uncounted", on=on).queue
        grants.allow(add_up, "sqs:SendMessage", on=lost.queue_arn)
        on.watch.uncounted(self, add_up, lost)
        _follow(self, add_up, on, lost)

        recount = Function(
            self, "reports/recount", on=on, settings=settings, timeout_seconds=900, memory_mb=2048
        )
        grants.whole_table(recount, on.table)
        grants.read_books(recount, on.table)
        grants.books(recount, figures)
        schedule.run(self, "nightly", recount, schedule.each_night(on.environment))
        _watch(on, recount)


def _watch(on: Foundation, recount: Function) -> None:
    on.watch.alarm(
        recount,
        "differed-alarm",
        cloudwatch.Metric(
            namespace=METRICS_NAMESPACE,
            metric_name="FiguresDiffered",
            dimensions_map={"service": recount.name},
            statistic="sum",
            period=Duration.days(1),
        ),
        "Figures were not the sum of what they are made of, and were put right: the function's log"
        " names them; find out who else writes to the table of the figures.",
    )


def _follow(scope: Construct, add_up: Function, on: Foundation, lost: sqs.Queue) -> None:
    """Only what is counted wakes the function; what cannot be counted is cornered by halving its
    batch, set aside, and counted by the next recount."""
    kinds = {KIND: {"S": [kind_of(kind).name for kind in COUNTED]}}
    lambda_.EventSourceMapping(
        scope,
        "changes",
        target=add_up,
        event_source_arn=on.table.table_stream_arn,
        starting_position=lambda_.StartingPosition.TRIM_HORIZON,
        batch_size=100,
        max_batching_window=Duration.seconds(GATHER_SECONDS),
        bisect_batch_on_error=True,
        report_batch_item_failures=True,
        retry_attempts=10,
        max_record_age=Duration.hours(12),
        filters=[lambda_.FilterCriteria.filter({"dynamodb": {"NewImage": kinds}})],
        on_failure=sources.SqsDlq(lost),
    )
