"""On a schedule: monitored reports that are no longer fresh are queued to be asked for again."""

from __future__ import annotations

from kasstroom.screening.refreshing import queue_due
from kasstroom.settings import ScreeningQueueSettings
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.queues import SqsScreeningQueue


def handle() -> dict[str, int]:
    queue = SqsScreeningQueue(ScreeningQueueSettings.from_env())
    queued = queue_due(books(), queue, deployment.now())
    count("ScreeningsQueued", queued)
    return {"queued": queued}


handler = schedule(handle)
