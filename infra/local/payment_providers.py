"""The organisation of the demo at both payment providers, connected as an owner would do it: a key
of each, and an address where signed events go."""

from __future__ import annotations

import json
import secrets
import urllib.request
from typing import Any

from infra.local.running import Environment
from infra.onboard import give_credentials

STRIPE_EVENTS = (
    "checkout.session.completed",
    "checkout.session.expired",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "charge.refunded",
    "refund.updated",
    "refund.failed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
)
MOLLIE_EVENTS = ("refund.refunded", "refund.failed", "chargeback.received", "chargeback.reversed")
"""Payments themselves call their own webhook."""


def connect(environment: Environment, manager: Any, secret: str, org: str) -> None:
    word = secrets.token_hex(15)
    mollie = {"api_key": f"test_{word}", "access_token": f"access_{word}"}
    mollie["webhook_secret"] = _mollie_secret(environment, mollie["access_token"], org)
    stripe = {"api_key": f"sk_test_{word}"}
    stripe["webhook_secret"] = _stripe_secret(environment, stripe["api_key"], org)
    give_credentials(manager, secret, org, "mollie", mollie)
    give_credentials(manager, secret, org, "stripe", stripe)


def _stripe_secret(environment: Environment, key: str, org: str) -> str:
    from stripe import StripeClient

    base = f"{environment.ports.sandbox_url}/stripe"
    endpoints = StripeClient(key, base_addresses={"api": base}).v1.webhook_endpoints
    url = f"{environment.ports.product_url}/webhooks/stripe/{org}"
    return endpoints.create({"url": url, "enabled_events": list(STRIPE_EVENTS)}).secret


def _mollie_secret(environment: Environment, token: str, org: str) -> str:
    """The SDK we use does not know Mollie's newer webhooks."""
    url = f"{environment.ports.product_url}/webhooks/mollie/{org}"
    wish = {"name": "Kasstroom", "url": url, "eventTypes": list(MOLLIE_EVENTS), "testmode": True}
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    address = f"{environment.ports.sandbox_url}/mollie/v2/webhooks"
    request = urllib.request.Request(address, json.dumps(wish).encode(), headers, method="POST")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["webhookSecret"]
