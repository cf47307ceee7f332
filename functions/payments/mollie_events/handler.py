"""Mollie's signed webhooks (events): check the signature, queue the payment, answer at once.

Nothing is asked of the provider and nothing is read from the books here.
"""

from __future__ import annotations

from functools import cache

from kasstroom.settings import PaymentQueueSettings, ProviderSettings
from kasstroom_aws.entrypoints import http, refuses_with_400
from kasstroom_aws.forms import signed_bytes
from kasstroom_aws.http import reply
from kasstroom_aws.queues import SqsPaymentQueue
from kasstroom_aws.secrets import ProviderSecrets
from kasstroom_psp.signatures import check_mollie
from kasstroom_psp.told import by_mollie

app, handler = http(public=True)
refuses_with_400(app)


@cache
def secrets() -> ProviderSecrets:
    return ProviderSecrets(ProviderSettings.from_env().provider_secret)


@app.post("/webhooks/mollie/<org>", summary="What Mollie's events call", tags=["providers"])
def receive(org: str) -> dict:
    body = signed_bytes(app.current_event)
    header = app.current_event.headers.get("x-mollie-signature", "")
    check_mollie(body, header, secrets().webhook_secrets(org, "mollie"))
    told = by_mollie(body)
    if told is None:
        return reply({"status": "nothing_to_do"})
    queue = SqsPaymentQueue(PaymentQueueSettings.from_env())
    queue.put(org, told.attempt_id, told.provider_id, "mollie")
    return reply({"status": "queued"})
