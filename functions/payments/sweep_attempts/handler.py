"""On a schedule: payment attempts whose webhook should have come are looked at again."""

from __future__ import annotations

from functools import cache

from kasstroom.payments.sweeping import sweep
from kasstroom.settings import ClockSettings, PaymentQueueSettings, TableSettings
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.queues import SqsPaymentQueue


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def handle() -> dict[str, int]:
    queue = SqsPaymentQueue(PaymentQueueSettings.from_env())
    queued = sweep(books(), queue, clock_from(ClockSettings.from_env())())
    count("AttemptsSwept", queued)
    return {"queued": queued}


handler = schedule(handle)
