"""The last euro of a limit, asked for by many at once on the deployed suite."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("told")
AT_ONCE = 8
"""Callers. Each makes the embedded AWS start two functions, more than a second apiece on two cores:
with 10 callers the 200 checks take 35 s from cold and 8 s when all is warm."""
CHECKS = 200
SAME = 50
MOST_TIMES = 20
FITTING = 5
"""How many of the orders the limit holds."""


def limited(stage, number: str) -> None:
    stage.suite.put(f"/v1/debtors/{number}", {"name": "Haast B.V.", "kind": "company"})
    limit = {"limit": {"value": "500.00", "currency": "EUR"}, "hold": None}
    stage.suite.put(f"/v1/debtors/{number}/credit", limit)


def ask(stage, number: str, key: str) -> dict[str, Any]:
    """The answer; what a webshop repeats with the same key is repeated here: a 409 (others were
    first) and a 502 (no answer in time, as when everything starts at once on a busy machine)."""
    body = {"debtor": number, "amount": {"value": "100.00", "currency": "EUR"}}
    for _ in range(MOST_TIMES):
        sent = {"Idempotency-Key": key}
        answer = stage.suite.call("POST", "/v1/credit-checks", body, headers=sent)
        if answer.status not in (409, 502):
            break
    assert answer.status == 201, answer.text
    return answer.json


def rush(times: int, work: Callable[[int], dict[str, Any]]) -> list[dict[str, Any]]:
    """The first ones start in the same moment; each thread then goes on with the next."""
    start = threading.Barrier(AT_ONCE)

    def one(n: int) -> dict[str, Any]:
        if n < AT_ONCE:
            start.wait(30)
        return work(n)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(times)))


def account(stage, number: str) -> tuple[str, str]:
    seen = stage.suite.get(f"/v1/debtors/{number}/credit")
    return seen["reserved"]["value"], seen["available"]["value"]


def test_two_hundred_checks_at_once_never_take_more_than_the_limit(stage):
    limited(stage, "RUSH")
    answers = rush(CHECKS, lambda n: ask(stage, "RUSH", f"rush-{n}"))
    outcomes = [answer["outcome"] for answer in answers]
    assert outcomes.count("approved") == FITTING
    assert outcomes.count("declined") == CHECKS - FITTING
    held = [answer["reservation"] for answer in answers if answer["reservation"]]
    assert len({one["id"] for one in held}) == FITTING
    assert {one["amount"]["value"] for one in held} == {"100.00"}
    assert len({answer["id"] for answer in answers}) == CHECKS
    assert account(stage, "RUSH") == ("500.00", "0.00")


def test_fifty_requests_with_one_key_are_one_decision(stage):
    limited(stage, "RUSH-1")
    answers = rush(SAME, lambda n: ask(stage, "RUSH-1", "rush-one-key"))
    assert len({answer["id"] for answer in answers}) == 1
    assert {answer["outcome"] for answer in answers} == {"approved"}
    assert len({answer["reservation"]["id"] for answer in answers}) == 1
    assert account(stage, "RUSH-1") == ("100.00", "400.00")
