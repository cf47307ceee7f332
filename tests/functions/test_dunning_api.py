"""Strategies, pauses, approvals and the reasons why not, over the API."""

from __future__ import annotations

import json

import pytest

from kasstroom.dunning.model import DunningCase
from tests.functions.conftest import Api, problem
from tests.people import ORG, debtor, invoice

STRATEGIES, CASES = "dunning/strategies_api", "dunning/cases_api"
FIRM = {
    "steps": [
        {"kind": "reminder", "offset_days": 1},
        {"kind": "final_demand", "offset_days": 9, "channels": ["letter", "email"]},
    ],
    "note": "slow payers",
}


@pytest.fixture
def boss(deployed):
    return Api(
        {"allowed": "yes", "org": ORG, "key": "bea", "scopes": "*", "roles": "credit_manager"}
    )


def refused(answer):
    return answer.status, problem(answer)


def test_a_strategy_is_written_tried_put_in_force_and_given_to_all(boss, deployed):
    made = boss(STRATEGIES, "PUT", "/v1/dunning/strategies/firm", FIRM)
    assert (made.status, made.body["version"], made.body["state"]) == (201, 1, "draft")
    trial = {"strategy": "firm", "version": 1, "days": 30}
    tried = boss(STRATEGIES, "POST", "/v1/dunning/simulations", trial).body
    assert [(p["debtor"], p["step"]) for p in tried["planned"]] == [
        ("D1", "reminder"), ("D1", "final_demand"),
    ]  # fmt: skip
    done = boss(STRATEGIES, "POST", "/v1/dunning/strategies/firm/activation", {"version": 1})
    assert done.body["state"] == "active"
    given = boss(STRATEGIES, "PUT", "/v1/dunning/strategies", {"default": "firm"})
    assert (given.status, given.body["default"]) == (200, "firm")
    shown = boss(CASES, "GET", "/v1/dunning/debtors/D1").body
    assert (shown["does"], shown["strategy"], shown["step"]) == ("remind", "firm", "reminder")
    versions = boss(STRATEGIES, "GET", "/v1/dunning/strategies/firm").body["items"]
    assert [(v["version"], v["state"], v["note"]) for v in versions] == [
        (1, "active", "slow payers")
    ]


def test_a_shop_may_look_and_not_change(api, deployed):
    assert api(STRATEGIES, "GET", "/v1/dunning/strategies").body["default"] == "default"
    answer = api(STRATEGIES, "PUT", "/v1/dunning/strategies/firm", FIRM)
    assert refused(answer) == (403, "role_required")


WRONG = [
    ({"steps": []}, "steps_missing", "/body/steps"),
    (
        {"steps": [{"kind": "reminder", "offset_days": 9}, {"kind": "notice", "offset_days": 3}]},
        "steps_out_of_order", "/body/steps/1/offset_days",
    ),
    (
        {"steps": [{"kind": "final_demand", "offset_days": 30, "costs": True}]},
        "letter_missing", "/body/steps/0/costs",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "code", "pointer"), WRONG)
def test_an_impossible_strategy_says_where(boss, body, code, pointer):
    answer = boss(STRATEGIES, "PUT", "/v1/dunning/strategies/firm", body)
    assert refused(answer) == (422, code)
    assert answer.body["errors"][0]["pointer"] == pointer


def test_an_unknown_step_or_channel_is_refused_by_its_name(boss):
    for step in ({"kind": "shout", "offset_days": 3}, {"kind": "reminder", "offset_days": "x"}):
        answer = boss(STRATEGIES, "PUT", "/v1/dunning/strategies/firm", {"steps": [step]})
        assert answer.status == 422 and "/body/steps/0" in json.dumps(answer.body["errors"])


def test_a_debtor_is_paused_and_goes_on(boss, books):
    body = {"reason": "manual", "debtor": "D1", "note": "phoned"}
    made = boss(CASES, "POST", "/v1/dunning/pauses", body)
    assert (made.status, made.body["scope"], made.body["set_by"]) == (201, "case", "bea")
    shown = boss(CASES, "GET", "/v1/dunning/debtors/D1").body
    assert (shown["does"], shown["code"], shown["items"][0]["code"]) == (
        "nothing", "manual", "manual",
    )  # fmt: skip
    assert shown["sentence"] == "Somebody paused it."
    lifted = boss(CASES, "POST", f"/v1/dunning/pauses/{made.body['id']}/lift")
    assert lifted.body["lifted_by"] == "bea"
    (kept,) = boss(CASES, "GET", "/v1/dunning/pauses?debtor=D1").body["items"]
    assert kept["lifted_at"] and kept["note"] == "phoned"
    assert boss(CASES, "GET", "/v1/dunning/debtors/D1").body["does"] == "remind"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"reason": "manual", "debtor": "D9"}, 404, "debtor_not_found"),
        (
            {"reason": "manual", "debtor": "D1", "until": "2020-01-01T00:00:00Z"},
            422, "until_is_past",
        ),
        ({"reason": "manual", "debtor": "D1", "invoice": "F9"}, 422, "invoice_not_open"),
        ({"reason": "direct_debit", "debtor": "D1"}, 422, "reason_of_the_books"),
    ],
)  # fmt: skip
def test_an_impossible_pause_says_why(boss, body, status, code):
    assert refused(boss(CASES, "POST", "/v1/dunning/pauses", body)) == (status, code)


def test_a_run_shows_everybody_and_only_asks_the_sender_when_told_to(boss, books, deployed):
    debtor(books, "D2")
    invoice(books, "G1", "3.00", debtor="D2")
    shown = boss(CASES, "POST", "/v1/dunning/runs", {"dry_run": True}).body
    assert [(i["debtor"], i["does"], i["code"]) for i in shown["items"]] == [
        ("D1", "remind", ""), ("D2", "nothing", "below_minimum"),
    ]  # fmt: skip
    assert shown["queued"] == 0 and waiting(deployed) == 0
    asked = boss(CASES, "POST", "/v1/dunning/runs", {"dry_run": False}).body
    assert asked["queued"] == 1 and waiting(deployed) == 1


def waiting(deployed):
    attributes = deployed.sqs.get_queue_attributes(
        QueueUrl=deployed.queues["reminders"], AttributeNames=["ApproximateNumberOfMessages"]
    )
    return int(attributes["Attributes"]["ApproximateNumberOfMessages"])


def test_one_invoice_has_a_strategy_of_its_own(boss, books):
    boss(STRATEGIES, "PUT", "/v1/dunning/strategies/firm", FIRM)
    boss(STRATEGIES, "POST", "/v1/dunning/strategies/firm/activation", {"version": 1})
    path = "/v1/dunning/debtors/D1/strategy"
    done = boss(CASES, "PUT", path, {"strategy": "firm", "invoice": "F1"})
    assert done.status == 200
    assert books.get(DunningCase, ORG, "D1").items[0].track.strategy == "firm"
    assert refused(boss(CASES, "PUT", path, {"strategy": "nice"})) == (
        422, "strategy_not_in_force",
    )  # fmt: skip


def test_nothing_waits_for_approval_and_an_unknown_one_is_not_found(boss):
    assert boss(CASES, "GET", "/v1/dunning/proposals").body == {"items": [], "next_cursor": None}
    answer = boss(CASES, "POST", "/v1/dunning/proposals/dpr_x/decision", {"approve": True})
    assert refused(answer) == (404, "proposal_not_found")
