"""Every event of the bus: one delivery for each subscription that wants it, queued for its try."""

from __future__ import annotations

from functools import cache
from typing import Any

from kasstroom.settings import ClockSettings, DeliveryQueueSettings, TableSettings
from kasstroom.webhooks.deliveries import queue_event
from kasstroom_aws.books import BooksTable
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, sqs
from kasstroom_aws.queues import SqsDeliveryQueue


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def handle(event: dict[str, Any]) -> None:
    queue = SqsDeliveryQueue(DeliveryQueueSettings.from_env())
    now = clock_from(ClockSettings.from_env())()
    count("WebhooksQueued", queue_event(books(), queue, event["detail"], now))


handler = sqs(handle)
