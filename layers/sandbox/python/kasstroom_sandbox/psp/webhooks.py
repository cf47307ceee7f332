"""Webhooks leave through a queue, so that delay, duplicates and retries are real."""

from __future__ import annotations

import json
from typing import Any

from kasstroom_aws.clients import client
from kasstroom_sandbox.psp.knobs import Knobs

MAX_DELAY_SECONDS = 900


class Webhooks:
    def __init__(self, queue_url: str) -> None:
        self._queue_url = queue_url

    def send(self, payment: dict[str, Any], knobs: Knobs, extra_delay_seconds: int = 0) -> None:
        """`1 + duplicates` calls of the payment's webhook, or none when the knob loses them."""
        if knobs.lost_webhook or not payment["webhookUrl"]:
            return
        delay = min(knobs.delay_seconds + extra_delay_seconds, MAX_DELAY_SECONDS)
        for _ in range(1 + knobs.duplicates):
            self._enqueue(payment, delay)

    def send_early(self, payment: dict[str, Any], knobs: Knobs) -> None:
        """The webhook that overtakes its own status change."""
        if not knobs.lost_webhook and payment["webhookUrl"]:
            self._enqueue(payment, 0)

    def send_signed(self, letter: dict[str, Any], knobs: Knobs, delay_seconds: int = 0) -> None:
        """A body that is signed when it leaves, for one subscriber: `url`, `id`, `body`,
        `scheme` and `secret`."""
        if knobs.lost_webhook:
            return
        delay = min(knobs.delay_seconds + delay_seconds, MAX_DELAY_SECONDS)
        for _ in range(1 + knobs.duplicates):
            client("sqs").send_message(
                QueueUrl=self._queue_url, MessageBody=json.dumps(letter), DelaySeconds=delay
            )

    def _enqueue(self, payment: dict[str, Any], delay_seconds: int) -> None:
        body = json.dumps({"id": payment["id"], "url": payment["webhookUrl"]})
        client("sqs").send_message(
            QueueUrl=self._queue_url, MessageBody=body, DelaySeconds=delay_seconds
        )
