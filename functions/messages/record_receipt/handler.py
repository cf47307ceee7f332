"""Delivery receipts of SES, SMS and WhatsApp from their queue: the message moves forward."""

from __future__ import annotations

from functools import cache
from typing import Any

from kasstroom.messages.usecases import record
from kasstroom.settings import TableSettings
from kasstroom.settle import settle
from kasstroom_aws.books import BooksTable
from kasstroom_aws.channels.receipts import receipts_in
from kasstroom_aws.entrypoints import count, sqs


@cache
def books() -> BooksTable:
    return BooksTable(TableSettings.from_env())


def handle(notification: dict[str, Any]) -> None:
    for receipt in receipts_in(notification):
        message = settle(books(), lambda found=receipt: record(books(), found))
        count(f"Message_{message.state}")


handler = sqs(handle)
