"""On a schedule: payment attempts whose webhook should have come are looked at again."""

from __future__ import annotations

from kasstroom.payments.sweeping import sweep
from kasstroom.settings import PaymentQueueSettings
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.queues import SqsPaymentQueue


def handle() -> dict[str, int]:
    queue = SqsPaymentQueue(PaymentQueueSettings.from_env())
    queued = sweep(books(), queue, deployment.now())
    count("AttemptsSwept", queued)
    return {"queued": queued}


handler = schedule(handle)
