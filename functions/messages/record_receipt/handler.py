"""Delivery receipts of SES, SMS and WhatsApp from their queue, and what people answer there: the
message moves forward, or goes another way."""

from __future__ import annotations

from typing import Any

from kasstroom.messages.usecases import heard
from kasstroom.settle import settle
from kasstroom_aws import deployment
from kasstroom_aws.channels.receipts import news_in
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, sqs


def handle(notification: dict[str, Any]) -> None:
    now = deployment.now()
    for news in news_in(notification):
        count(settle(books(), lambda told=news: heard(books(), told, now)))


handler = sqs(handle)
