"""A bureau's notification: check our signature and its shape, queue it, answer at once.

Nothing is asked of the bureau and nothing is read from the books here.
"""

from __future__ import annotations

from functools import cache

from kasstroom.errors import NotFound
from kasstroom.screening.model import Source
from kasstroom.screening.refreshing import notified, signed_name
from kasstroom.settings import RegisterSettings, ScreeningQueueSettings
from kasstroom_aws.entrypoints import count, http
from kasstroom_aws.forms import json_body
from kasstroom_aws.http import reply
from kasstroom_aws.queues import SqsScreeningQueue
from kasstroom_aws.secrets import ProviderSecrets

app, handler = http(public=True)


@cache
def secrets() -> ProviderSecrets:
    return ProviderSecrets(RegisterSettings.from_env().provider_secret)


@app.post(
    "/webhooks/bureau/<org>/<debtor>/<signature>", summary="What a bureau calls", tags=["providers"]
)
def receive(org: str, debtor: str, signature: str) -> dict:
    if not secrets().is_signed(org, signed_name(debtor), signature):
        count("WebhookForged")
        raise NotFound("no_such_webhook", "There is no webhook at this address.")
    rated_at = notified(json_body(app.current_event))
    queue = SqsScreeningQueue(ScreeningQueueSettings.from_env())
    queue.put(org, debtor, Source.BUREAU, rated_at)
    return reply({"status": "queued"})
