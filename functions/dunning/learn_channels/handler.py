"""News of messages and payments from the bus: which channel and hour was followed by a payment."""

from __future__ import annotations

from typing import Any

from kasstroom.dunning.learning.usecases import learn, news_of
from kasstroom.settle import settle
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, sqs


def handle(event: dict[str, Any]) -> None:
    news = news_of(event["detail"])
    done = settle(books(), lambda: learn(books(), news))
    count(f"ChannelTrial_{done}")


handler = sqs(handle)
