"""The same desk by API: /v1/credit-reviews."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kasstroom.changes import Changes
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource
from kasstroom.credit.proposals import proposed
from kasstroom.credit.reviews import ReviewKind
from kasstroom.work import desk
from tests.functions.conftest import Api, problem
from tests.functions.desk import wait_for
from tests.people import NOW, ORG, eur

PATH = "/v1/credit-reviews"
ANNA = {"allowed": "yes", "org": ORG, "key": "anna", "scopes": "*", "roles": "credit_manager"}
YES = {"verdict": "approved", "note": "Betaalt goed"}


@pytest.fixture
def anna(deployed):
    return Api(ANNA)


@pytest.fixture
def referred(api, books):
    asked = {"debtor": "D1", "amount": {"value": "600.00", "currency": "EUR"}}
    assert api("credit/api", "POST", "/v1/credit-checks", asked).body["outcome"] == "refer"
    return desk.queue(books, ORG, NOW).items[0].id


def ask(caller, method, path="", body=None, **headers):
    return caller("work/reviews_api", method, f"{PATH}{path}", body, **headers)


def test_what_waits_comes_in_the_order_it_is_due(anna, books, referred):
    later = wait_for(books, ReviewKind.LIMIT, "lpr_1", days=5)
    late = wait_for(books, ReviewKind.PERIODIC, "D1", at=NOW - timedelta(days=9), amount=None)
    found = ask(anna, "GET").body
    assert [line["id"] for line in found["items"]] == [late, referred, later]
    assert [line["late"] for line in found["items"]] == [True, False, False]
    assert found["waiting"] == {"decision": 1, "limit": 1, "periodic": 1} and found["late"] == 1
    only = ask(anna, "GET", "?kind=limit").body
    assert [line["id"] for line in only["items"]] == [later]
    assert ask(anna, "GET", "?kind=none").status == 422


def test_a_case_holds_the_decision_with_its_facts(anna, referred):
    found = ask(anna, "GET", f"/{referred}").body
    assert found["review"]["kind"] == "decision" and found["debtor"]["number"] == "D1"
    assert found["decision"]["outcome"] == "refer" and found["fired"] == ["overdue"]
    assert found["facts"]["order_amount"] == 60000
    assert found["figures"]["available"]["value"] == "4750.00"
    assert found["figures"]["by_age"][1] == {
        "age": "days_1_30", "amount": {"value": "250.00", "currency": "EUR"},
    }  # fmt: skip
    assert (found["application"], found["proposal"]) == (None, None)


def test_what_sanctions_lists_say_is_for_people_only(anna, api, books):
    account = books.get(CreditAccount, ORG, "D1")
    possible = replace(account, profile=replace(account.profile, sanctions="possible"))
    books.commit(Changes(update=(possible,)))
    asked = {"debtor": "D1", "amount": {"value": "1.00", "currency": "EUR"}}
    api("credit/api", "POST", "/v1/credit-checks", asked)
    id = desk.queue(books, ORG, NOW).items[0].id
    assert ask(anna, "GET", f"/{id}").body["facts"]["sanctions"] == "possible"
    assert "sanctions" not in ask(api, "GET", f"/{id}").body["facts"]


def test_a_decision_is_taken_once_per_key(anna, books, referred):
    first = ask(anna, "POST", f"/{referred}/decision", YES, idempotency_key="k")
    again = ask(anna, "POST", f"/{referred}/decision", YES, idempotency_key="k")
    assert first.status == again.status == 200 and first.body == again.body
    assert again.headers["idempotent-replayed"] == "true"
    assert (first.body["state"], first.body["decided_by"]) == ("approved", "anna")
    assert sum(one.minor for one in books.get(CreditAccount, ORG, "D1").held) == 60000
    assert problem(ask(anna, "POST", f"/{referred}/decision", YES)) == "review_closed"
    assert ask(anna, "GET").body["items"] == []


def test_part_of_an_order_can_be_approved(anna, books, referred):
    part = YES | {"amount": {"value": "100.00", "currency": "EUR"}}
    assert ask(anna, "POST", f"/{referred}/decision", part).status == 200
    assert sum(one.minor for one in books.get(CreditAccount, ORG, "D1").held) == 10000
    said = ask(anna, "GET", f"/{referred}").body["said"]
    assert (said["by"], said["approved"]["value"]) == ("anna", "100.00")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (YES | {"note": "  "}, "note_missing"),
        (YES | {"amount": {"value": "600.01", "currency": "EUR"}}, "invalid_amount"),
        (YES | {"amount": {"value": "0.00", "currency": "EUR"}}, "invalid_amount"),
        (YES | {"verdict": "declined", "amount": {"value": "1.00", "currency": "EUR"}},
         "amount_not_taken"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(anna, referred, body, code):
    assert problem(ask(anna, "POST", f"/{referred}/decision", body)) == code


@pytest.mark.parametrize("body", [{}, YES | {"verdict": "open"}, YES | {"by": "me"}])
def test_a_body_that_is_no_decision_is_pointed_at(anna, referred, body):
    answer = ask(anna, "POST", f"/{referred}/decision", body)
    assert answer.status == 422


def test_a_machine_may_read_and_never_decides(api, referred):
    assert ask(api, "GET", f"/{referred}").status == 200
    refused = ask(api, "POST", f"/{referred}/decision", YES)
    assert (refused.status, problem(refused)) == (403, "role_required")


def test_another_organisation_s_review_is_not_there(anna, referred):
    stranger = Api(ANNA | {"org": "anders"})
    assert problem(ask(stranger, "GET", f"/{referred}")) == "review_not_found"
    assert problem(ask(stranger, "POST", f"/{referred}/decision", YES)) == "review_not_found"
    assert ask(stranger, "GET").body["items"] == []


def test_a_limit_that_two_people_need_is_granted_by_the_second(anna, books):
    account = books.get(CreditAccount, ORG, "D1")
    limit = CreditLimit(LimitSource.OWN, eur("60000.00"), "anna", NOW)
    changes, proposal = proposed(account, limit, reason="Groei", why="four_eyes", now=NOW)
    books.commit(changes)
    found = ask(anna, "GET", f"/{proposal.review_id}").body
    assert found["proposal"]["before"]["value"] == "5000.00"
    path = f"/{proposal.review_id}/decision"
    refused = ask(anna, "POST", path, YES)
    assert (refused.status, problem(refused)) == (403, "four_eyes")
    cato = Api(ANNA | {"key": "cato"})
    part = YES | {"amount": {"value": "55000.00", "currency": "EUR"}}
    assert problem(ask(cato, "POST", path, part)) == "amount_not_taken"
    assert ask(cato, "POST", path, YES).status == 200
    after = books.get(CreditAccount, ORG, "D1").limit_of(LimitSource.OWN)
    assert (after.amount, after.granted_by) == (eur("60000.00"), "cato")


def test_earlier_reviews_are_shown_with_the_next(anna, books, referred):
    ask(anna, "POST", f"/{referred}/decision", YES)
    planned = wait_for(books, ReviewKind.PERIODIC, "D1", amount=None)
    found = ask(anna, "GET", f"/{planned}").body
    assert [(old["id"], old["note"]) for old in found["earlier"]] == [(referred, "Betaalt goed")]
