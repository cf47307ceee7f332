"""Mollie's webhook: check its shape and our signature, queue it, answer at once. Whatever is wrong
with a call is 400.

Nothing is asked of the provider and nothing is read from the books here.
"""

from __future__ import annotations

import re
from functools import cache

from kasstroom.errors import Refused
from kasstroom.settings import PaymentQueueSettings, ProviderSettings
from kasstroom_aws.entrypoints import count, http, refuses_with_400
from kasstroom_aws.forms import form_field
from kasstroom_aws.http import reply
from kasstroom_aws.queues import SqsPaymentQueue
from kasstroom_aws.secrets import ProviderSecrets

app, handler = http(public=True)
refuses_with_400(app)
PAYMENT_ID = re.compile(r"tr_[A-Za-z0-9]{4,64}\Z")


@cache
def secrets() -> ProviderSecrets:
    return ProviderSecrets(ProviderSettings.from_env().provider_secret)


@app.post(
    "/webhooks/mollie/<org>/<attempt>/<signature>", summary="What Mollie calls", tags=["providers"]
)
def receive(org: str, attempt: str, signature: str) -> dict:
    if not secrets().is_signed(org, attempt, signature):
        count("WebhookForged")
        raise Refused("malformed_webhook", "There is no webhook at this address.")
    payment_id = form_field(app.current_event, "id")
    if not PAYMENT_ID.match(payment_id):
        raise Refused("malformed_webhook", "The form field `id` must be a payment id (tr_...).")
    SqsPaymentQueue(PaymentQueueSettings.from_env()).put(org, attempt, payment_id)
    return reply({"status": "queued"})
