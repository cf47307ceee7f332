"""Every event of the bus: one delivery for each subscription that wants it, queued for its try."""

from __future__ import annotations

from typing import Any

from kasstroom.settings import DeliveryQueueSettings
from kasstroom.webhooks.deliveries import queue_event
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, sqs
from kasstroom_aws.queues import SqsDeliveryQueue


def handle(event: dict[str, Any]) -> None:
    queue = SqsDeliveryQueue(DeliveryQueueSettings.from_env())
    now = deployment.now()
    count("WebhooksQueued", queue_event(books(), queue, event["detail"], now))


handler = sqs(handle)
