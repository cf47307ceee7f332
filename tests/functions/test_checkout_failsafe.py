"""When something is wrong around the checkout: a documented answer, never a wrong approval."""

from __future__ import annotations

from dataclasses import replace

import botocore.client
import pytest
from botocore.exceptions import ClientError

from kasstroom.changes import Changes
from kasstroom.credit.asking import Buyer, CreditCheck
from kasstroom.credit.deciding import Asked
from kasstroom.credit.default_policy import DOCUMENT
from kasstroom.credit.fresh_data import refreshed
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.policies import LivePolicies, LivePolicy, compiled
from kasstroom.debtors.newcomers import newcomer
from tests.functions.conftest import problem
from tests.people import NOW, ORG, debtor, eur

CHECK = {"debtor": "D2", "amount": {"value": "400.00", "currency": "EUR"}}
WANTS_DATA = DOCUMENT | {"data_max_age_days": 30, "data_budget_ms": 100}


@pytest.fixture
def shop(api, books):
    debtor(books, "D2", limit="1000.00")
    return lambda body=CHECK, **headers: api(
        "credit/api", "POST", "/v1/credit-checks", body, **headers
    )


def live(books, document):
    policies = LivePolicies(ORG, {"default": LivePolicy(9, document)})
    books.commit(Changes(create=(policies,)))


def failing(monkeypatch, operation, code):
    original = botocore.client.BaseClient._make_api_call

    def call(self, name, parameters):
        if name == operation:
            raise ClientError({"Error": {"Code": code, "Message": "slow down"}}, name)
        return original(self, name, parameters)

    monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", call)


@pytest.mark.parametrize("operation", ["GetItem", "TransactWriteItems"])
def test_a_throttled_table_is_asked_again_later(shop, books, monkeypatch, operation):
    failing(monkeypatch, operation, "ProvisionedThroughputExceededException")
    answer = shop(idempotency_key="k")
    assert (answer.status, problem(answer)) == (503, "books_unavailable")
    monkeypatch.undo()
    assert books.get(CreditAccount, ORG, "D2").held == ()


def test_a_live_policy_that_cannot_be_read_lets_a_person_decide(shop, books):
    live(books, {"rules": [{"id": "x", "when": {"fact": "no_such_fact", "is": 1}}]})
    answer = shop()
    assert (answer.body["outcome"], answer.body["policy"]) == ("refer", "fallback.0")
    assert [r["code"] for r in answer.body["reasons"]] == ["policy_other"]
    assert answer.body["reservation"] is None


def test_sources_that_do_not_answer_are_a_fact_for_the_policy(shop, books):
    """Nobody can be asked here: the function that asks the registers does not answer."""
    live(books, WANTS_DATA)
    answer = shop()
    assert answer.body["outcome"] == "refer"
    assert [r["code"] for r in answer.body["reasons"]] == ["provider_unavailable"]


def test_a_repeated_question_asks_no_register_again(shop, books, monkeypatch):
    live(books, WANTS_DATA)
    first = shop(idempotency_key="k")
    monkeypatch.setattr("kasstroom_aws.asking.asking", lambda *_: pytest.fail)
    assert shop(idempotency_key="k").body == first.body


@pytest.fixture
def asked_about():
    return []


def refresh(books, asked, asked_about, missing=False):
    def ask(number, now, budget_ms):
        asked_about.append((number, budget_ms))
        return missing

    policies = compiled(LivePolicies(ORG, {"default": LivePolicy(9, WANTS_DATA)}))
    known = lambda request: newcomer(books, ORG, NOW, request)  # noqa: E731
    return refreshed(books, ORG, asked, policies, newcomer=known, ask=ask)


def test_only_old_data_are_asked_for_and_only_for_a_firm_check(shop, books, asked_about):
    asked = Asked(CreditCheck(eur("400.00"), "D2"), "r", "f", NOW)
    assert refresh(books, asked, asked_about).sources_missing is False
    assert asked_about == [("D2", 100)]
    account = books.get(CreditAccount, ORG, "D2")
    fresh = replace(account, profile=replace(account.profile, screened_at=NOW))
    books.commit(Changes(update=(fresh,)))
    refresh(books, asked, asked_about)
    softly = replace(asked, request=replace(asked.request, commit=False))
    refresh(books, softly, asked_about)
    assert len(asked_about) == 1


def test_somebody_new_is_registered_before_they_are_asked_about(deployed, asked_about):
    buyer = Buyer(company_name="Nieuw B.V.", kvk="68750110")
    asked = Asked(CreditCheck(eur("400.00"), buyer=buyer), "r", "f", NOW)
    after = refresh(deployed.books, asked, asked_about, missing=True)
    assert after.sources_missing is True
    ((number, _),) = asked_about
    assert deployed.books.find(CreditAccount, ORG, number) is not None
