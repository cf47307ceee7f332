"""On a schedule: monitored reports that are no longer fresh are queued to be asked for again."""

from __future__ import annotations

from functools import cache

from kasstroom.screening.refreshing import queue_due
from kasstroom.settings import ClockSettings, ScreeningQueueSettings, TableSettings
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.queues import SqsScreeningQueue


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def handle() -> dict[str, int]:
    queue = SqsScreeningQueue(ScreeningQueueSettings.from_env())
    queued = queue_due(books(), queue, clock_from(ClockSettings.from_env())())
    count("ScreeningsQueued", queued)
    return {"queued": queued}


handler = schedule(handle)
