"""News of debtors from the bus, and walks over everybody: in which segments are they now?"""

from __future__ import annotations

from typing import Any

from kasstroom.segments.jobs import work
from kasstroom.settings import SegmentQueueSettings
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, sqs
from kasstroom_aws.queues import SqsSegmentQueue


def handle(message: dict[str, Any]) -> None:
    queue = SqsSegmentQueue(SegmentQueueSettings.from_env())
    done = work(books(), queue, message, deployment.now())
    for what, times in done.items():
        count(f"Segments_{what}", times)


handler = sqs(handle)
