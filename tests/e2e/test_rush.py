"""The last euro of a limit, asked for by many at once on the deployed suite."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

pytestmark = pytest.mark.usefixtures("told")


def test_many_checks_at_once_never_take_more_than_the_limit(stage):
    """Twenty shops' requests in the same moment for a limit that holds five of them."""
    stage.suite.put("/v1/debtors/RUSH", {"name": "Haast B.V.", "kind": "company"})
    limit = {"limit": {"value": "500.00", "currency": "EUR"}, "hold": None}
    stage.suite.put("/v1/debtors/RUSH/credit", limit)
    start = threading.Barrier(10)

    def ask(n: int) -> tuple[int, dict]:
        body = {"debtor": "RUSH", "amount": {"value": "100.00", "currency": "EUR"}}
        if n < 10:
            start.wait(30)
        answer = stage.suite.call(
            "POST", "/v1/credit-checks", body, headers={"Idempotency-Key": f"rush-{n}"}
        )
        return answer.status, answer.json

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(ask, range(20)))
    assert {status for status, _ in answers} <= {201, 409}
    approved = [body for status, body in answers if status == 201 and body["outcome"] == "approved"]
    account = stage.suite.get("/v1/debtors/RUSH/credit")
    assert len(approved) == 5
    assert account["reserved"]["value"] == "500.00"
    assert account["available"]["value"] == "0.00"
