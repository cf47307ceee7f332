"""On a schedule: everything due in dunning goes to the reminder queue."""

from __future__ import annotations

from kasstroom.dunning.usecases import plan_due
from kasstroom.settings import ReminderQueueSettings
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.queues import SqsReminderQueue


def handle() -> dict[str, int]:
    queue = SqsReminderQueue(ReminderQueueSettings.from_env())
    queued = plan_due(books(), queue, deployment.now())
    queue.flush()
    count("RemindersQueued", queued)
    return {"queued": queued}


handler = schedule(handle)
