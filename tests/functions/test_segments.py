"""Segments through their real handlers: HTTP, the worker on its queue, and the nightly plan."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kasstroom.changes import Changes
from kasstroom.credit.model import CreditAccount
from kasstroom.events.segments import SegmentsChanged
from kasstroom.segments.defaults import DOCUMENT
from kasstroom.segments.jobs import FOLLOWED
from kasstroom.segments.usecases import segments_of
from tests.functions.conftest import CONTEXT, NOW, ORG, Api, load, problem, set_clock
from tests.portfolio import habits, keep, known

SEGMENTS = "/v1/segments"
LATE = {
    "why": "Wie te laat is krijgt een andere toon.",
    "segments": [
        {"name": "late", "priority": 1, "when": {"fact": "oldest_overdue_days", "ge": 12}},
        {"name": "rest", "priority": 2, "when": {"fact": "open", "ge": "0.00"}},
    ],
}


@pytest.fixture
def manager(deployed) -> Api:
    caller = {"allowed": "yes", "org": ORG, "key": "Anna", "scopes": "*"}
    return Api(caller | {"roles": "credit_manager"})


def ask(who: Any, *call: Any, **headers: str) -> Any:
    return who("segments/api", *call, **headers)


def assign(*bodies: dict[str, Any]) -> dict[str, Any]:
    records = [
        {"messageId": str(n), "eventSource": "aws:sqs", "body": json.dumps(body)}
        for n, body in enumerate(bodies)
    ]
    return load("segments/assign").handler({"Records": records}, CONTEXT)


def news(debtor: str, type_: str = "payment.allocated", **data: Any) -> dict[str, Any]:
    detail = {"organisation": ORG, "debtor": debtor, "type": type_, "data": data}
    return {"detail-type": type_, "source": "kasstroom", "detail": detail}


def drain(deployed: Any) -> int:
    """The queue's messages through the worker, until none is left."""
    done, url = 0, deployed.queues["segments"]
    while found := deployed.sqs.receive_message(QueueUrl=url).get("Messages"):
        for message in found:
            assert assign(json.loads(message["Body"])) == {"batchItemFailures": []}
            deployed.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            done += 1
    return done


def outbox(books: Any) -> list[dict[str, Any]]:
    import boto3

    items = boto3.client("dynamodb").scan(TableName="books")["Items"]
    told = (json.loads(item["body"]["S"]) for item in items if item["kind"]["S"] == "event")
    return [event for event in told if "segment" in event["type"]]


def test_news_from_the_bus_puts_a_debtor_in_its_segments_once(deployed, api):
    assert assign(news("D1"), news("D1")) == {"batchItemFailures": []}
    found = segments_of(deployed.books, ORG, "D1")
    assert (found.segments, found.version) == (("new", "business"), 1)
    (told,) = outbox(deployed.books)
    assert (told["type"], told["debtor"]) == ("debtor.segment_changed", "D1")
    assert told["data"]["because"][1] == "business: kind company"
    account = deployed.books.get(CreditAccount, ORG, "D1")
    deployed.books.commit(Changes(update=(replace(account, behaviour=habits(days=20)),)))
    assign(news("D1"))
    seen = ask(api, "GET", "/v1/debtors/D1/segments").body
    assert seen["primary"] == "slow_payers"
    held = {one["fact"]: one["value"]["nl"] for one in seen["segments"][0]["because"]}
    assert held == {"paid_invoices": "6", "year_days_late": "20", "year_late_percent": "100"}
    assert assign(news("nobody")) == {"batchItemFailures": []}


def test_a_set_is_put_walked_and_read_back(deployed, manager, api):
    keep(deployed.books, *(known(f"E{n}", due={-20: 100} if n < 2 else {}) for n in range(4)))
    first = ask(manager, "PUT", SEGMENTS, LATE, idempotency_key="k1")
    assert first.status == 200 and first.body["number"] == 2 and first.body["live"]
    again = ask(manager, "PUT", SEGMENTS, LATE, idempotency_key="k1")
    assert again.body == first.body and again.headers["idempotent-replayed"] == "true"
    (told,) = outbox(deployed.books)
    assert told["type"] == SegmentsChanged.TYPE and told["data"]["number"] == 2
    assert assign(news("", SegmentsChanged.TYPE, **told["data"])) == {"batchItemFailures": []}
    assert drain(deployed) == 1
    page = ask(api, "GET", f"{SEGMENTS}/late/debtors?limit=2").body
    assert [one["debtor"] for one in page["items"]] == ["D1", "E0"]
    page = ask(api, "GET", f"{SEGMENTS}/late/debtors?limit=2&cursor={page['next_cursor']}").body
    assert [one["debtor"] for one in page["items"]] == ["E1"] and page["next_cursor"] is None
    assert ask(api, "GET", SEGMENTS).body["why"] == LATE["why"]
    known_sets = ask(api, "GET", f"{SEGMENTS}/versions").body["sets"]
    assert [(one["number"], one["by"]) for one in known_sets] == [(2, "Anna"), (1, "kasstroom")]
    old = ask(api, "GET", f"{SEGMENTS}/versions/1").body
    assert old["document"] == DOCUMENT and not old["live"]
    assert old["restricted"] == ["vulnerable"] and old["at"] is None
    assert problem(ask(api, "GET", f"{SEGMENTS}/versions/9")) == "segment_set_not_found"


def test_mistakes_come_back_with_their_pointers(manager, api):
    wrong = LATE | {"segments": [LATE["segments"][0], {"name": "x", "when": {"fact": "y"}}]}
    answer = ask(manager, "PUT", SEGMENTS, wrong)
    assert answer.status == 422 and problem(answer) == "invalid_segments"
    assert {(e["pointer"], e["code"]) for e in answer.body["errors"]} == {
        ("/body/segments/1/priority", "missing"),
        ("/body/segments/1/when/fact", "unknown_fact"),
    }
    assert ask(manager, "PUT", SEGMENTS, LATE | {"based_on": 7}).status == 409
    assert ask(api, "PUT", SEGMENTS, LATE).status == 403
    assert problem(ask(api, "GET", f"{SEGMENTS}/nobody/debtors")) == "segment_not_found"


def test_a_trial_and_the_words_to_write_with(manager, api, deployed):
    tried = ask(manager, "POST", f"{SEGMENTS}/trial?limit=50", LATE)
    assert tried.status == 200 and tried.body["debtors"] == 1
    assert tried.body["moves"] == [
        {"origin": "new", "to": "late", "debtors": 1, "samples": ["D1"]}
    ]  # fmt: skip
    assert ask(api, "GET", SEGMENTS).body["number"] == 1
    words = ask(api, "GET", f"{SEGMENTS}/facts").body
    assert {
        key: value
        for key, value in next(f for f in words["facts"] if f["name"] == "deceased").items()
        if key != "meaning"
    } == {"name": "deceased", "kind": "flag", "restricted": True}


def test_who_asks_for_care_is_for_people_and_counts_at_once(deployed, manager, api):
    assign(news("D1"))
    path = "/v1/debtors/D1/vulnerability"
    body = {"signals": [{"kind": "debt_counselling", "since": "2026-08-01"}]}
    assert ask(api, "PUT", path, body).status == 403
    noted = ask(manager, "PUT", path, body, idempotency_key="k")
    assert noted.body["signals"] == body["signals"] and noted.body["noted_by"] == "Anna"
    assert ask(manager, "GET", path).body["signals"] == body["signals"]
    assert problem(ask(api, "GET", path)) == "role_required"
    assert ask(manager, "GET", "/v1/debtors/D1/segments").body["primary"] == "vulnerable"
    for hidden in (
        ask(api, "GET", "/v1/debtors/D1/segments"),
        api("debtors/api", "GET", "/v1/debtors/D1"),
        api("debtors/api", "GET", "/v1/debtors/D1/timeline"),
        api("debtors/api", "GET", "/v1/debtors/D1/statement"),
    ):
        assert hidden.status == 200
        assert "vulnerable" not in str(hidden.body) and "counselling" not in str(hidden.body)
    story = {"signals": [body["signals"][0] | {"note": "belde huilend op"}]}
    assert problem(ask(manager, "PUT", path, story)) == "invalid_request"


def test_the_day_that_was_planned_comes(deployed, api):
    keep(deployed.books, known("E1", due={-40: 100}))
    assign(news("E1"))
    plan = load("segments/plan_assignments").handler
    assert plan({}, CONTEXT) == {"queued": 0}
    set_clock(deployed.clock, NOW + timedelta(days=5))
    assert load("segments/plan_assignments").handler({}, CONTEXT) == {"queued": 1}
    assert drain(deployed) == 1
    assert segments_of(deployed.books, ORG, "E1").primary == "slow_payers"
    assert load("segments/plan_assignments").handler({}, CONTEXT) == {"queued": 0}


def test_everybody_again_when_a_person_asks(deployed, manager, api):
    answer = ask(manager, "POST", f"{SEGMENTS}/recalculations")
    assert answer.status == 202 and answer.body["number"] == 1
    assert [one["type"] for one in outbox(deployed.books)] == [SegmentsChanged.TYPE]
    assert ask(api, "POST", f"{SEGMENTS}/recalculations").status == 403


def test_what_is_followed_exists():
    from kasstroom.events import catalogue

    assert set(FOLLOWED) <= {event.TYPE for event in catalogue()}
