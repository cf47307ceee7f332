"""News of messages and payments from the bus: which channel and hour was followed by a payment."""

from __future__ import annotations

from functools import cache
from typing import Any

from kasstroom.dunning.learning.usecases import learn, news_of
from kasstroom.settings import TableSettings
from kasstroom.settle import settle
from kasstroom_aws.books import BooksTable
from kasstroom_aws.entrypoints import count, sqs


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def handle(event: dict[str, Any]) -> None:
    news = news_of(event["detail"])
    done = settle(books(), lambda: learn(books(), news))
    count(f"ChannelTrial_{done}")


handler = sqs(handle)
