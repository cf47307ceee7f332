"""Stripe's webhook: check its signature and what it is about, queue it, answer at once.

Nothing is asked of the provider and nothing is read from the books here.
"""

from __future__ import annotations

from functools import cache

from kasstroom.settings import ModeSettings, PaymentQueueSettings, ProviderSettings
from kasstroom_aws import deployment
from kasstroom_aws.entrypoints import http, refuses_with_400
from kasstroom_aws.forms import signed_bytes
from kasstroom_aws.http import reply
from kasstroom_aws.queues import SqsPaymentQueue
from kasstroom_aws.secrets import ProviderSecrets
from kasstroom_psp.signatures import check_stripe
from kasstroom_psp.told import by_stripe

app, handler = http(public=True)
refuses_with_400(app)


@cache
def secrets() -> ProviderSecrets:
    return ProviderSecrets(ProviderSettings.from_env().provider_secret)


@app.post("/webhooks/stripe/<org>", summary="What Stripe calls", tags=["providers"])
def receive(org: str) -> dict:
    body, now = signed_bytes(app.current_event), deployment.now()
    header = app.current_event.headers.get("stripe-signature", "")
    check_stripe(body, header, secrets().webhook_secrets(org, "stripe"), now)
    told = by_stripe(body, ModeSettings.from_env().mode)
    if told is None:
        return reply({"status": "nothing_to_do"})
    queue = SqsPaymentQueue(PaymentQueueSettings.from_env())
    queue.put(org, told.attempt_id, told.provider_id, "stripe")
    return reply({"status": "queued"})
