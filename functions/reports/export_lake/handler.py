"""One segment of the books, or the figures of one organisation, into the lake; called by hand with
`{}`: everything."""

from __future__ import annotations

from typing import Any

from kasstroom.reports.lake.asking import Ground, export
from kasstroom.settings import (
    ClockSettings,
    ExportQueueSettings,
    FigureSettings,
    LakeSettings,
    TableSettings,
)
from kasstroom_analytics.lake import S3Lake
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clients import client
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, logger, sqs_or_call
from kasstroom_aws.export_queue import SqsExportQueue
from kasstroom_aws.figure_table import FigureTable
from kasstroom_aws.lake_runs import S3Runs
from kasstroom_aws.shapes import to_plain


def _ground() -> Ground:
    lake, s3 = LakeSettings.from_env(), client("s3")
    return Ground(
        BooksTable(TableSettings.from_env()),
        FigureTable(FigureSettings.from_env()),
        S3Lake(lake.lake_bucket, lake.glue_database, s3, client("glue")),
        S3Runs(lake.lake_bucket, s3),
        SqsExportQueue(ExportQueueSettings.from_env()),
    )


def _export(message: dict[str, Any]) -> dict[str, Any]:
    done = export(_ground(), message, clock_from(ClockSettings.from_env())())
    told: dict[str, Any] = to_plain(done)
    logger.info("written", extra={"asked": message, **told})
    count("RowsExported", done.rows)
    count("ExportsCompleted", done.complete)
    return told


handler = sqs_or_call(_export)
