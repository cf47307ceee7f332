"""On a schedule: bank lines that wait and whose next try has come are matched again."""

from __future__ import annotations

from functools import cache

from kasstroom.bank.retrying import queue_due
from kasstroom.settings import ClockSettings, LineQueueSettings, TableSettings
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.queues import SqsLineQueue


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def handle() -> dict[str, int]:
    queue = SqsLineQueue(LineQueueSettings.from_env())
    queued = queue_due(books(), queue, clock_from(ClockSettings.from_env())())
    count("BankLinesRetried", queued)
    return {"queued": queued}


handler = schedule(handle)
