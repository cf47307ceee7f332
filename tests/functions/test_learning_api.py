"""Learning through the deployed functions: switched on, told, added up, shown."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from kasstroom.dunning.learning.model import DebtorChannelHistory
from tests.functions.conftest import CONTEXT, Api, load, problem, set_clock
from tests.functions.test_samples import TRIGGERS
from tests.people import NOW, ORG

LEARNING = "/v1/dunning/learning"


@pytest.fixture
def manager(deployed) -> Api:
    return Api(
        {"allowed": "yes", "org": ORG, "key": "anna", "scopes": "*", "roles": "credit_manager"}
    )


def told(sample: str) -> None:
    path = TRIGGERS / "dunning" / "learn_channels" / f"{sample}.json"
    answer = load("dunning/learn_channels").handler(json.loads(path.read_text()), CONTEXT)
    assert answer == {"batchItemFailures": []}


def added_up(deployed, days: int) -> int:
    set_clock(deployed.clock, NOW + timedelta(days=days))
    return load("dunning/add_up_channels").handler({}, CONTEXT)["added_up"]


def test_from_switching_on_to_what_was_learned(deployed, manager):
    on = manager("dunning/learning_api", "PUT", LEARNING, {"enabled": True})
    assert on.status == 200 and on.body["changed_by"] == "anna"
    told("dunning_sent")
    told("dunning_sent")
    assert deployed.books.get(DebtorChannelHistory, ORG, "D1").version == 1
    assert added_up(deployed, 0) == 0
    assert added_up(deployed, 6) == 1
    shown = manager("dunning/learning_api", "GET", LEARNING)
    assert shown.status == 200
    (score,) = shown.body["scores"]
    assert score == {
        "segment": "", "step": "reminder", "channel": "email", "block": "morning",
        "messages": 1.0, "paid_percent": 0.0,
    }  # fmt: skip
    uplift = shown.body["uplift"]
    assert uplift["learned"]["messages"] + uplift["holdout"]["messages"] == 1
    assert uplift["code"] == "too_few" and uplift["sentence"].startswith("Er zijn nog te weinig")


def test_advice_says_where_when_and_why(deployed, manager):
    terms = {"enabled": True, "experiment": "advice-3"}
    manager("dunning/learning_api", "PUT", LEARNING, terms)
    advice = manager("dunning/learning_api", "GET", "/v1/debtors/D1/contact-advice").body
    assert (advice["channel"], advice["from_hour"], advice["to_hour"]) == ("email", 9, 12)
    assert advice["why"] == ["strategy_order"] and len(advice["sentences"]) == 1
    assert {c["channel"] for c in advice["chances"]} >= {"email", "sms", "whatsapp"}


def test_who_may_not_and_what_is_not_there(manager, api):
    assert problem(api("dunning/learning_api", "PUT", LEARNING, {"enabled": True})) == (
        "role_required"
    )
    unknown = manager("dunning/learning_api", "GET", "/v1/debtors/nobody/contact-advice")
    assert unknown.status == 404
    wrong = manager("dunning/learning_api", "PUT", LEARNING, {"enabled": True, "window_days": 90})
    assert problem(wrong) == "out_of_bounds"


def test_the_timeline_and_statement_are_not_disturbed(deployed, manager):
    manager("dunning/learning_api", "PUT", LEARNING, {"enabled": True})
    told("dunning_sent")
    for page in ("timeline", "statement"):
        assert manager("debtors/api", "GET", f"/v1/debtors/D1/{page}").status == 200
