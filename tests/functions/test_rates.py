"""The rates over HTTP, and the watch over them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from tests.functions.conftest import CONTEXT, load, set_clock


def test_the_rates_and_their_state(api):
    answer = api("compliance/api", "GET", "/v1/calculations/rates")
    assert (answer.status, answer.body["state"]) == (200, "fresh")
    tables = {table["claim"]: table for table in answer.body["tables"]}
    assert tables["consumer"]["rows"][-1] == {
        "from_on": "2026-01-01", "rate": "4", "source": "art. 6:120 lid 1 BW; Stb. 2025, 438",
    }  # fmt: skip


def test_the_first_stale_night_is_told_in_the_outbox_and_counted(deployed, monkeypatch):
    set_clock(deployed.clock, datetime(2027, 1, 1, 1, 15, tzinfo=UTC))
    function, counted = load("compliance/watch_rates"), {}
    monkeypatch.setattr(function, "count", counted.__setitem__)
    answer = function.handler({}, CONTEXT)
    assert answer["state"] == "stale"
    assert counted == {"RatesStale": True}
    item = deployed.books._item
    rows = list(item.query("D##", item.sk.startswith("EVT#")))
    assert [json.loads(row.body)["type"] for row in rows] == ["compliance.rates_stale"]
    assert "KNOWN_UNTIL" in json.loads(rows[0].body)["data"]["detail"]
