"""On a schedule: thanks that waited for the morning go to their queue."""

from __future__ import annotations

from kasstroom.dunning.thanking import plan_thanks
from kasstroom.settings import ReminderQueueSettings
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.queues import SqsReminderQueue


def handle() -> dict[str, int]:
    queue = SqsReminderQueue(ReminderQueueSettings.from_env())
    queued = plan_thanks(books(), queue, deployment.now())
    queue.flush()
    count("ThanksQueued", queued)
    return {"queued": queued}


handler = schedule(handle)
