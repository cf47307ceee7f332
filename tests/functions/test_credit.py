"""The checkout decision through its handler: budget, idempotency, the last euro."""

from __future__ import annotations

from datetime import timedelta

import botocore.client
import pytest

from kasstroom.credit.model import CreditAccount
from tests.functions.conftest import problem, set_clock
from tests.people import NOW, ORG, debtor, invoice

CHECK = {"debtor": "D2", "amount": {"value": "400.00", "currency": "EUR"}}
PATH = "/v1/credit-checks"


@pytest.fixture
def calls(monkeypatch):
    """Every request that leaves for DynamoDB, by operation."""
    made: list[str] = []
    original = botocore.client.BaseClient._make_api_call

    def counted(self, operation, parameters):
        if self.meta.service_model.service_name == "dynamodb":
            made.append(operation)
        return original(self, operation, parameters)

    monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", counted)
    return made


@pytest.fixture
def shop(api, books):
    from kasstroom_aws.live import live_policies

    debtor(books, "D2", limit="1000.00")
    live_policies(books, ORG)  # as a process that has answered before
    return lambda body=CHECK, **headers: api("credit/api", "POST", PATH, body, **headers)


def account(books, number="D2"):
    return books.get(CreditAccount, ORG, number)


def with_amount(value):
    return CHECK | {"amount": {"value": value, "currency": "EUR"}}


def test_new_costs_one_read_and_one_transaction_and_a_replay_one_read(shop, calls):
    calls.clear()
    first = shop(idempotency_key="k1")
    assert (first.status, first.body["outcome"]) == (201, "approved")
    assert calls == ["GetItem", "TransactWriteItems"]
    calls.clear()
    assert shop(idempotency_key="k1").body == first.body
    assert calls == ["GetItem"]


def test_a_refusal_reads_once_and_reserves_nothing(shop, books, calls):
    calls.clear()
    answer = shop(with_amount("1000.01"))
    assert answer.body["outcome"] == "declined"
    assert answer.body["reservation"] is None
    assert calls.count("GetItem") == 1
    assert account(books).held == ()


@pytest.mark.parametrize("invoices", [1, 30])
def test_the_cost_does_not_depend_on_the_number_of_open_invoices(shop, books, calls, invoices):
    for n in range(invoices):
        invoice(books, f"N{n}", "1.00", debtor="D2", due_on=NOW.date() + timedelta(days=n))
    calls.clear()
    assert shop().status == 201
    assert calls == ["GetItem", "TransactWriteItems"]


def test_an_old_key_still_gets_its_decision(shop, books):
    first = shop(with_amount("1.00"), idempotency_key="old")
    for n in range(10):
        shop(with_amount("1.00"), idempotency_key=f"k{n}")
    kept = [c.decision.open().id for c in account(books).recent if c.decision]
    assert first.body["id"] not in kept and len(kept) == 4
    assert shop(with_amount("1.00"), idempotency_key="old").body == first.body
    reused = shop(with_amount("2.00"), idempotency_key="old")
    assert (reused.status, problem(reused)) == (409, "idempotency_key_reused")
    assert len(account(books).held) == 11


def test_a_key_used_for_another_debtor_is_refused(shop, books):
    debtor(books, "D3", limit="1000.00")
    assert shop(idempotency_key="k").status == 201
    reused = shop(CHECK | {"debtor": "D3"}, idempotency_key="k")
    assert (reused.status, problem(reused)) == (409, "idempotency_key_reused")
    assert account(books, "D3").held == ()


def test_two_checks_on_the_same_reading_cannot_both_take_the_last_euro(shop, books):
    """Both have read the account before either has written: the one that is second reads again."""
    from kasstroom.credit.asking import CreditCheck
    from kasstroom.credit.deciding import Asked
    from kasstroom.credit.default_policy import default_policy
    from kasstroom.credit.room import Ground
    from kasstroom.credit.usecases import check
    from kasstroom.settle import settle
    from tests.people import eur

    request = CreditCheck(eur("600.00"), "D2")
    readings = []

    def plan(request_id):
        asked = Asked(request, request_id, "f", NOW)
        standing = {"grounds": lambda account: Ground(default_policy()), "newcomer": None}
        return check(books, ORG, asked, **standing)

    def second():
        changes, decision = plan("second")
        readings.append(decision.outcome)
        if len(readings) == 1:
            settle(books, lambda: plan("first"))
        return changes, decision

    decision = settle(books, second, pause=lambda seconds: None)
    assert readings == ["approved", "declined"]
    assert decision.outcome == "declined"
    assert account(books).reserved_minor(NOW) == 60_000


def test_wrong_questions_are_refused(shop):
    foreign = shop(CHECK | {"amount": {"value": "1.00", "currency": "SEK"}})
    assert (foreign.status, problem(foreign)) == (422, "wrong_currency")
    for value in ("0.00", "-1.00"):
        answer = shop(with_amount(value))
        assert (answer.status, problem(answer)) == (422, "negative_amount")
    unknown = shop(CHECK | {"debtor": "D404"})
    assert (unknown.status, problem(unknown)) == (404, "debtor_not_found")


def test_a_decision_can_be_read_back(shop, api):
    made = shop().body
    assert api("credit/api", "GET", f"{PATH}/{made['id']}").body == made
    assert api("credit/api", "GET", f"{PATH}/dec_unknown").status == 404


def test_a_reservation_lives_from_held_to_consumed(shop, api, books):
    held = shop().body["reservation"]["id"]
    move = lambda verb: api("credit/reservations_api", "POST", f"/v1/reservations/{held}/{verb}")  # noqa: E731
    assert move("commit").body["state"] == "committed"
    assert move("commit").body["state"] == "committed"
    assert account(books).reserved_minor(NOW) == 40_000
    booked = api(
        "invoices/api", "POST", "/v1/invoices",
        {"number": "F77", "debtor": "D2", "issued_on": "2026-09-01", "amount": CHECK["amount"],
         "reservation": held},
    )  # fmt: skip
    assert booked.status == 201
    after = account(books)
    assert (after.reserved_minor(NOW), after.open_minor) == (0, 40_000)
    assert move("release").status == 422


def test_a_hold_that_nobody_uses_gives_the_limit_back(shop, api, books, deployed):
    reservation = shop().body["reservation"]
    set_clock(deployed.clock, NOW + timedelta(days=22))
    from tests.functions.conftest import CONTEXT, load

    assert load("credit/expire_reservations").handler({}, CONTEXT) == {"expired": 1}
    assert load("credit/expire_reservations").handler({}, CONTEXT) == {"expired": 0}
    assert account(books).held == ()
    shown = api("credit/reservations_api", "GET", f"/v1/reservations/{reservation['id']}").body
    assert shown["state"] == "expired"
    renewed = api("credit/reservations_api", "POST", f"/v1/reservations/{reservation['id']}/renew")
    assert (renewed.status, renewed.body["state"]) == (200, "held")
    assert account(books).reserved_minor(NOW + timedelta(days=22)) == 40_000


def test_a_reservation_that_is_not_there_is_called_one(api):
    answer = api("credit/reservations_api", "GET", "/v1/reservations/rsv_0")
    assert (answer.status, problem(answer)) == (404, "reservation_not_found")
    assert "rsv_0" in answer.body["detail"]
