"""Messages between our own functions, over SQS."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from typing import Any

from kasstroom.settings import (
    DeliveryQueueSettings,
    FitQueueSettings,
    LineQueueSettings,
    PaymentQueueSettings,
    ReminderQueueSettings,
    ReportQueueSettings,
    ScreeningQueueSettings,
    SegmentQueueSettings,
)
from kasstroom_aws.clients import client

AGAIN_AFTER_SECONDS = (10, 60, 240, 900)
"""Between tries of a message whose other side did not answer: a hiccup is over in seconds, and a
longer silence outlasts the tries a queue allows only after twenty minutes."""


def come_back_soon(record: dict[str, Any]) -> None:
    """Lets a message that failed be tried again after a while of our choosing, not after the
    queue's own, which is measured for a worker that died. Best effort: then it is the queue's."""
    from botocore.exceptions import BotoCoreError, ClientError

    count = int(record.get("attributes", {}).get("ApproximateReceiveCount", 1))
    wait = AGAIN_AFTER_SECONDS[min(count, len(AGAIN_AFTER_SECONDS)) - 1]
    name = record.get("eventSourceARN", "").rpartition(":")[2]
    with contextlib.suppress(BotoCoreError, ClientError, KeyError):
        sqs = client("sqs")
        url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
        sqs.change_message_visibility(
            QueueUrl=url, ReceiptHandle=record["receiptHandle"], VisibilityTimeout=wait
        )


def _send(queue_url: str, message: dict[str, Any]) -> None:
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

    def put(self, org: str, attempt_id: str, provider_id: str, provider: str = "mollie") -> None:
        message = {"org": org, "attempt": attempt_id, "provider": provider}
        _send(self._url, message | {"provider_id": provider_id})


class SqsScreeningQueue:
    """`kasstroom.screening.ports.ScreeningQueue`."""

    def __init__(self, settings: ScreeningQueueSettings) -> None:
        self._url = settings.screening_queue_url

    def put(self, org: str, debtor: str, source: str, rated_at: str = "") -> None:
        message = {"org": org, "debtor": debtor, "source": source, "rated_at": rated_at}
        _send(self._url, message)


class SqsDeliveryQueue:
    """`kasstroom.webhooks.ports.DeliveryQueue`."""

    def __init__(self, settings: DeliveryQueueSettings) -> None:
        self._url = settings.delivery_queue_url

    def put(self, org: str, subscription: str, event: str) -> None:
        _send(self._url, {"org": org, "subscription": subscription, "event": event})


class SqsLineQueue:
    """`kasstroom.bank.ports.LineQueue`."""

    def __init__(self, settings: LineQueueSettings) -> None:
        self._url = settings.line_queue_url

    def put(self, org: str, ids: Sequence[str]) -> None:
        _send(self._url, {"org": org, "lines": list(ids)})


class SqsSegmentQueue:
    """`kasstroom.segments.ports.SegmentQueue`."""

    def __init__(self, settings: SegmentQueueSettings) -> None:
        self._url = settings.segment_queue_url

    def look_at(self, org: str, debtors: Sequence[str], cause: str) -> None:
        _send(self._url, {"org": org, "debtors": list(debtors), "cause": cause})

    def walk(self, org: str, number: int, after: str) -> None:
        _send(self._url, {"org": org, "number": number, "after": after})


class SqsFitQueue:
    """`kasstroom.dunning.fitting.FitQueue`."""

    def __init__(self, settings: FitQueueSettings) -> None:
        self._url = settings.fit_queue_url

    def walk(self, org: str, after: str) -> None:
        _send(self._url, {"org": org, "after": after})


class SqsReportQueue:
    """`kasstroom.reports.delivering.ports.ReportQueue`."""

    def __init__(self, settings: ReportQueueSettings) -> None:
        self._url = settings.report_queue_url

    def put(self, org: str, run: str) -> None:
        _send(self._url, {"org": org, "run": run})
