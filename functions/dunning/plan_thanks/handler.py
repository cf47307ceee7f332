"""On a schedule: thanks that waited for the morning go to their queue."""

from __future__ import annotations

from functools import cache

from kasstroom.dunning.thanking import plan_thanks
from kasstroom.settings import ClockSettings, ReminderQueueSettings, TableSettings
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.queues import SqsReminderQueue


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def handle() -> dict[str, int]:
    queue = SqsReminderQueue(ReminderQueueSettings.from_env())
    queued = plan_thanks(books(), queue, clock_from(ClockSettings.from_env())())
    queue.flush()
    count("ThanksQueued", queued)
    return {"queued": queued}


handler = schedule(handle)
