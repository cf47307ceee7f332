"""The insurer's webhook: check our signature, bring the next poll forward, answer at once.

Nothing that is sent is believed or kept: what the insurer decided is fetched from the insurer.
"""

from __future__ import annotations

from functools import cache

from aws_lambda_powertools.event_handler import Response

from kasstroom.errors import NotFound, Refused
from kasstroom.insurance.requests import signed_name, wake
from kasstroom.settings import InsurerSettings
from kasstroom.settle import settle
from kasstroom_aws import deployment
from kasstroom_aws.deployment import books
from kasstroom_aws.entrypoints import count, http
from kasstroom_aws.forms import json_body
from kasstroom_aws.http import reply
from kasstroom_aws.problems import CONTENT_TYPE, dumps, problem
from kasstroom_aws.secrets import ProviderSecrets

app, handler = http(public=True)


@cache
def secrets() -> ProviderSecrets:
    return ProviderSecrets(InsurerSettings.from_env().provider_secret)


@app.post(
    "/webhooks/insurer/<org>/<debtor>/<request>/<signature>",
    summary="What a credit insurer calls",
    tags=["providers"],
)
def receive(org: str, debtor: str, request: str, signature: str) -> dict:
    if not secrets().is_signed(org, signed_name(debtor, request), signature):
        count("WebhookForged")
        raise NotFound("no_such_webhook", "There is no webhook at this address.")
    try:
        json_body(app.current_event)
    except Refused as error:
        count("WebhookMalformed")
        return Response(400, CONTENT_TYPE, dumps(problem(400, error.code, error.detail)))
    now = deployment.now()
    woken = settle(books(), lambda: wake(books(), org, debtor, request, now))
    return reply({"status": "woken" if woken else "nothing_to_do"})
