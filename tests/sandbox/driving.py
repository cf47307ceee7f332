"""How the suites act: Mollie's client for the shop, plain HTTP for the tester."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlencode

from mollie.api.client import Client

KEY = "test_kasstroom_2026"


def mollie(world: Any, key: str = KEY) -> Client:
    client = Client(api_endpoint=f"{world.psp_url}/mollie", timeout=(2, 5), retry=0)
    client.set_api_key(key)
    return client


def wish(world: Any, **changes: Any) -> dict[str, Any]:
    return {
        "amount": {"currency": "EUR", "value": "1186.85"},
        "description": "Factuur 2026-0042 en 2026-0057",
        "redirectUrl": f"{world.shop_url}/p/token/return",
        "webhookUrl": f"{world.shop_url}/webhooks/mollie/org/att/sig",
        "method": "ideal",
        "locale": "nl_NL",
        "metadata": {"org": "vandijk", "attempt": "att_1"},
    } | changes


def send(
    method: str, url: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], str]:
    """An HTTP call that follows no redirect; status, headers, body."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args: Any) -> None:
            return None

    request = urllib.request.Request(url, body, headers or {}, method=method)
    try:
        answer = urllib.request.build_opener(Stay).open(request, timeout=10)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        found = {name.lower(): value for name, value in answer.headers.items()}
        return answer.status, found, answer.read().decode()


def choose(world: Any, payment_id: str, outcome: str) -> tuple[int, dict[str, str], str]:
    body = urlencode({"outcome": outcome}).encode()
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return send("POST", f"{world.psp_url}/checkout/{payment_id}", body, headers)


def turn(world: Any, **knobs: Any) -> None:
    body = json.dumps(knobs).encode()
    headers = {"content-type": "application/json"}
    status, _, text = send("PUT", f"{world.psp_url}/psp/knobs", body, headers)
    assert status == 200, text
