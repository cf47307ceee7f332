"""On a schedule: notices of direct debits that waited for the morning go to their queue."""

from __future__ import annotations

from kasstroom.mandates.notices import plan_due
from kasstroom.settings import ReminderQueueSettings
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.queues import SqsReminderQueue


def handle() -> dict[str, int]:
    queue = SqsReminderQueue(ReminderQueueSettings.from_env())
    queued = plan_due(books(), queue, deployment.now())
    queue.flush()
    count("NoticesQueued", queued)
    return {"queued": queued}


handler = schedule(handle)
