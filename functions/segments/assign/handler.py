"""News of debtors from the bus, and walks over everybody: in which segments are they now?"""

from __future__ import annotations

from functools import cache
from typing import Any

from kasstroom.segments.jobs import work
from kasstroom.settings import ClockSettings, SegmentQueueSettings, TableSettings
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, sqs
from kasstroom_aws.queues import SqsSegmentQueue


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def handle(message: dict[str, Any]) -> None:
    queue = SqsSegmentQueue(SegmentQueueSettings.from_env())
    done = work(books(), queue, message, clock_from(ClockSettings.from_env())())
    for what, times in done.items():
        count(f"Segments_{what}", times)


handler = sqs(handle)
