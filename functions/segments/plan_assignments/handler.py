"""On a schedule: debtors whose day has come are queued, to be looked at for their segments."""

from __future__ import annotations

from functools import cache

from kasstroom.segments.jobs import queue_due
from kasstroom.settings import ClockSettings, SegmentQueueSettings, TableSettings
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.queues import SqsSegmentQueue


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def handle() -> dict[str, int]:
    queue = SqsSegmentQueue(SegmentQueueSettings.from_env())
    queued = queue_due(books(), queue, clock_from(ClockSettings.from_env())())
    count("SegmentsDue", queued)
    return {"queued": queued}


handler = schedule(handle)
