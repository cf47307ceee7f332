"""Strategies or segments changed: the cases of those it touches are worked out anew."""

from __future__ import annotations

from typing import Any

from kasstroom.dunning.fitting import work
from kasstroom.settings import FitQueueSettings
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, sqs
from kasstroom_aws.queues import SqsFitQueue


def handle(message: dict[str, Any]) -> None:
    queue = SqsFitQueue(FitQueueSettings.from_env())
    now = deployment.now()
    count("CasesFitted", work(books(), queue, message, now))


handler = sqs(handle)
