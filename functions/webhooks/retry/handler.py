"""On a schedule: deliveries whose next try has come, or that somebody began and did not finish."""

from __future__ import annotations

from kasstroom.settings import DeliveryQueueSettings
from kasstroom.webhooks.deliveries import queue_due
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.queues import SqsDeliveryQueue


def handle() -> dict[str, int]:
    queue = SqsDeliveryQueue(DeliveryQueueSettings.from_env())
    queued = queue_due(books(), queue, deployment.now())
    count("WebhooksRetried", queued)
    return {"queued": queued}


handler = schedule(handle)
