"""Webhooks on their way to the shop: retried when it fails, refused when it is not ours to call."""

from __future__ import annotations

import json
from typing import Any

import pytest

from functions.sandbox.deliver_webhook.handler import handler
from kasstroom_sandbox.targets import allowed_target
from tests.lambda_http import _Context

PAYMENT = "tr_abcdefghij"


def record(url: str, message_id: str = "m1") -> dict[str, Any]:
    return {
        "messageId": message_id,
        "receiptHandle": "r",
        "body": json.dumps({"id": PAYMENT, "url": url}),
        "attributes": {},
        "messageAttributes": {},
        "md5OfBody": "",
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:eu-west-1:000000000000:webhooks",
        "awsRegion": "eu-west-1",
    }


def run(*records: dict[str, Any]) -> list[str]:
    answer = handler({"Records": list(records)}, _Context())
    return [one["itemIdentifier"] for one in answer["batchItemFailures"]]


def results(world: Any) -> list[str]:
    from kasstroom_sandbox.psp.ledger import Ledger
    from kasstroom_sandbox.store import Store

    return [one["result"] for one in Ledger(Store("sandbox")).deliveries(PAYMENT)]


def test_only_the_message_that_failed_goes_back(world: Any) -> None:
    world.answers += [200, 500]
    assert run(record(world.shop_url, "good"), record(world.shop_url, "bad")) == ["bad"]
    assert sorted(results(world)) == ["200", "500"]


@pytest.mark.parametrize("status", [301, 307, 404, 429, 503])
def test_anything_but_2xx_is_tried_again(world: Any, status: int) -> None:
    world.answers.append(status)
    assert run(record(world.shop_url)) == ["m1"]
    assert len(world.calls) == 1
    assert results(world) == [str(status)]


def test_a_shop_that_is_down_is_tried_again(world: Any) -> None:
    assert run(record("http://127.0.0.1:1/hook")) == ["m1"]
    assert results(world) == ["URLError"]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/hook",
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.1@example.org/",
        "http://localhost.example.org/",
        "file:///etc/passwd",
        "",
    ],
)
def test_other_places_are_never_called(world: Any, url: str) -> None:
    assert run(record(url)) == []
    assert results(world) == ["refused"]


def test_a_message_that_is_none_of_ours_goes_to_the_dead_letters(world: Any) -> None:
    assert run(record(world.shop_url) | {"body": "not json"}) == ["m1"]
    assert world.calls == []


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://127.0.0.1:8400/webhooks/mollie/a/b/c", True),
        ("http://localhost:8400/x", True),
        ("http://[::1]:8400/x", True),
        ("https://sandbox.example.org/x", True),
        ("http://127.0.0.1:99999/x", False),
        ("http://10.0.0.1/x", False),
        ("http://0x7f000001/x", False),
        ("//127.0.0.1/x", False),
    ],
)
def test_targets_are_this_machine_or_the_sandbox_itself(url: str, allowed: bool) -> None:
    assert allowed_target(url, "https://sandbox.example.org") is allowed
