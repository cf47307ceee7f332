"""Delivery receipts of SES, SMS and WhatsApp from their queue, and what people answer there: the
message moves forward, or goes another way."""

from __future__ import annotations

from functools import cache
from typing import Any

from kasstroom.messages.usecases import heard
from kasstroom.settings import ClockSettings, TableSettings
from kasstroom.settle import settle
from kasstroom_aws.books import BooksTable
from kasstroom_aws.channels.receipts import news_in
from kasstroom_aws.clock import clock_from
from kasstroom_aws.entrypoints import count, sqs


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def handle(notification: dict[str, Any]) -> None:
    now = clock_from(ClockSettings.from_env())()
    for news in news_in(notification):
        count(settle(books(), lambda told=news: heard(books(), told, now)))


handler = sqs(handle)
