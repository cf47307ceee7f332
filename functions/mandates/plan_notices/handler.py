"""On a schedule: notices of direct debits that waited for the morning go to their queue, and what
nobody made a file of in time is cancelled."""

from __future__ import annotations

from kasstroom.mandates.lapsing import lapse_due
from kasstroom.mandates.notices import plan_due
from kasstroom.settings import ReminderQueueSettings
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.queues import SqsReminderQueue


def handle() -> dict[str, int]:
    queue, now = SqsReminderQueue(ReminderQueueSettings.from_env()), deployment.now()
    queued = plan_due(books(), queue, now)
    queue.flush()
    lapsed = lapse_due(books(), now)
    count("NoticesQueued", queued)
    count("CollectionsLapsed", lapsed)
    return {"queued": queued, "lapsed": lapsed}


handler = schedule(handle)
