"""A delivery from the queue: claimed, signed, sent, and written down."""

from __future__ import annotations

import time
from functools import cache
from typing import Any

from kasstroom.settings import ClockSettings, WebhookSettings
from kasstroom.webhooks.targets import Reach
from kasstroom.webhooks.trying import Job, deliver
from kasstroom_aws.clock import clock_from
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, sqs
from kasstroom_aws.signing import SigningSecrets
from kasstroom_partners.posting import WebhookPost


@cache
def secret_of() -> SigningSecrets:
    return SigningSecrets(WebhookSettings.from_env().webhook_secret)


@cache
def post() -> WebhookPost:
    return WebhookPost(Reach(WebhookSettings.from_env().webhook_reach))


def handle(message: dict[str, Any]) -> None:
    job = Job(message["org"], message["subscription"], message["event"])
    clock = clock_from(ClockSettings.from_env())
    tried = deliver(books(), job, secret_of(), post(), clock, time.time)
    count(f"Webhook_{tried}")


handler = sqs(handle)
