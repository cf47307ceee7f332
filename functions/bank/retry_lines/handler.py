"""On a schedule: bank lines that wait and whose next try has come are matched again."""

from __future__ import annotations

from kasstroom.bank.retrying import queue_due
from kasstroom.settings import LineQueueSettings
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, schedule
from kasstroom_aws.queues import SqsLineQueue


def handle() -> dict[str, int]:
    queue = SqsLineQueue(LineQueueSettings.from_env())
    queued = queue_due(books(), queue, deployment.now())
    count("BankLinesRetried", queued)
    return {"queued": queued}


handler = schedule(handle)
