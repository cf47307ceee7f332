"""On a schedule: deliveries whose next try has come, or that somebody began and did not finish."""

from __future__ import annotations

from functools import cache

from kasstroom.settings import ClockSettings, DeliveryQueueSettings, TableSettings
from kasstroom.webhooks.deliveries import queue_due
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.queues import SqsDeliveryQueue


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def handle() -> dict[str, int]:
    queue = SqsDeliveryQueue(DeliveryQueueSettings.from_env())
    queued = queue_due(books(), queue, clock_from(ClockSettings.from_env())())
    count("WebhooksRetried", queued)
    return {"queued": queued}


handler = schedule(handle)
