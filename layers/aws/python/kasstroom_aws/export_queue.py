"""What is still to be written of an export, over SQS. Apart from the other queues: it knows the
lake."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from kasstroom.reports.lake.message import to_message
from kasstroom.reports.lake.ports import Run, Segment
from kasstroom.settings import ExportQueueSettings
from kasstroom_aws.clients import client


class SqsExportQueue:
    """`kasstroom.reports.lake.ports.ExportQueue`."""

    def __init__(self, settings: ExportQueueSettings) -> None:
        self._url = settings.export_queue_url

    def put(self, segments: Sequence[Segment]) -> None:
        for segment in segments:
            self._send(to_message(segment.run, segment=segment.number))

    def put_figures(self, run: Run, orgs: Sequence[str]) -> None:
        for org in orgs:
            self._send(to_message(run, figures_of=org))

    def _send(self, message: dict[str, Any]) -> None:
        client("sqs").send_message(QueueUrl=self._url, MessageBody=json.dumps(message))
