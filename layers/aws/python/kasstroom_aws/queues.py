"""Messages between our own functions, over SQS."""

from __future__ import annotations

import json

from kasstroom.settings import (
    PaymentQueueSettings,
    ReminderQueueSettings,
    ScreeningQueueSettings,
)
from kasstroom_aws.clients import client


def _send(queue_url: str, message: dict[str, str]) -> None:
    client("sqs").send_message(QueueUrl=queue_url, MessageBody=json.dumps(message))


class SqsReminderQueue:
    """`kasstroom.dunning.ports.ReminderQueue`, sending in tens."""

    def __init__(self, settings: ReminderQueueSettings) -> None:
        self._url = settings.reminder_queue_url
        self._waiting: list[str] = []

    def put(self, org: str, debtor: str, message_id: str = "") -> None:
        self._waiting.append(json.dumps({"org": org, "debtor": debtor, "message_id": message_id}))
        if len(self._waiting) == 10:
            self.flush()

    def flush(self) -> None:
        """Sends what is waiting; a job calls it at its end. A part that fails is sent again at the
        next run, because what is due stays due."""
        entries = [{"Id": str(i), "MessageBody": body} for i, body in enumerate(self._waiting)]
        if entries:
            client("sqs").send_message_batch(QueueUrl=self._url, Entries=entries)
        self._waiting.clear()


class SqsPaymentQueue:
    """`kasstroom.payments.ports.PaymentQueue`."""

    def __init__(self, settings: PaymentQueueSettings) -> None:
        self._url = settings.payment_queue_url

    def put(self, org: str, attempt_id: str, provider_id: str) -> None:
        _send(self._url, {"org": org, "attempt": attempt_id, "provider_id": provider_id})


class SqsScreeningQueue:
    """`kasstroom.screening.ports.ScreeningQueue`."""

    def __init__(self, settings: ScreeningQueueSettings) -> None:
        self._url = settings.screening_queue_url

    def put(self, org: str, debtor: str, source: str, rated_at: str = "") -> None:
        message = {"org": org, "debtor": debtor, "source": source, "rated_at": rated_at}
        _send(self._url, message)
