"""On a schedule: debtors whose day has come are queued, to be looked at for their segments."""

from __future__ import annotations

from kasstroom.segments.jobs import queue_due
from kasstroom.settings import SegmentQueueSettings
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.queues import SqsSegmentQueue


def handle() -> dict[str, int]:
    queue = SqsSegmentQueue(SegmentQueueSettings.from_env())
    queued = queue_due(books(), queue, deployment.now())
    count("SegmentsDue", queued)
    return {"queued": queued}


handler = schedule(handle)
