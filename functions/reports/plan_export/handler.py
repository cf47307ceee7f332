"""Every night: the books are divided into segments, which are written to the lake side by side."""

from __future__ import annotations

from typing import Any

from kasstroom.reports.lake.photograph import plan_export
from kasstroom.settings import ClockSettings, ExportQueueSettings, LakeSettings
from kasstroom_aws.clients import client
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.export_queue import SqsExportQueue
from kasstroom_aws.lake_runs import S3Runs


def _plan() -> dict[str, Any]:
    runs = S3Runs(LakeSettings.from_env().lake_bucket, client("s3"))
    queue = SqsExportQueue(ExportQueueSettings.from_env())
    run = plan_export(runs, queue, clock_from(ClockSettings.from_env())())
    count("SegmentsPlanned", run.of)
    return {"run": run.id, "as_of": run.as_of.isoformat(), "segments": run.of}


handler = schedule(_plan)
