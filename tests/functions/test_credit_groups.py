"""Groups through their handlers: what goes at once, what waits for a second person, the ledger."""

from __future__ import annotations

from datetime import date

import pytest

from kasstroom.credit.groups import CreditGroup
from tests.functions.conftest import Api, problem
from tests.functions.test_limits import GROUPS, LIMITS, account, group, money, told
from tests.people import ORG, debtor, eur, invoice

REVIEWS = "/v1/credit-reviews"
YES = {"verdict": "approved", "note": "Samen besproken"}
NO = YES | {"verdict": "declined"}


@pytest.fixture
def erp(api):
    return lambda *call, **headers: api("credit/limits_api", *call, **headers)


@pytest.fixture
def person(api):
    """Anybody by name, at any function."""
    return lambda name: Api(api.caller | {"key": name, "roles": "credit_manager"})


@pytest.fixture
def put(erp):
    return lambda id, body, **headers: erp("PUT", f"{GROUPS}/{id}", body, **headers)


def say(who, proposal, verdict):
    path = f"{REVIEWS}/{proposal['review_id']}/decision"
    return who("work/reviews_api", "POST", path, verdict)


def groups_of(books, *numbers):
    return [account(books, number).group for number in numbers]


@pytest.fixture
def known(books, put):
    """g1 with D2 and D3 under EUR 1,000; D4 is in no group."""
    for number in ("D2", "D3", "D4"):
        debtor(books, number, limit="800.00")
    assert put("g1", group("D2", "D3")).status == 200


def test_a_group_is_put_together_and_grows_at_once(books, put, erp, known):
    invoice(books, "N1", "300.00", debtor="D3", due_on=date(2026, 9, 30))
    shown = erp("GET", f"{GROUPS}/g1").body
    assert (shown["used"], shown["available"]) == (money("300.00"), money("700.00"))
    use = erp("GET", f"{LIMITS}/D2").body["group_use"]
    assert use == {name: shown[name] for name in use}
    more = put("g1", group("D2", "D3", "D4", limit="900.00", reason="fusie"))
    assert (more.status, more.body["limit"]) == (200, money("900.00"))
    assert groups_of(books, "D2", "D3", "D4") == ["g1", "g1", "g1"]
    assert put("g1", group("D2", "D3", "D4", limit="50000.00")).status == 200
    assert len(told(books, "credit.group.changed")) == 3


def test_the_ledger_says_who_why_before_after_and_when(put, erp, known):
    put("g1", group("D2", "D3", limit="900.00", reason="minder omzet"))
    put("g1", group("D2", "D3", limit="900.00", reason="nog eens"))
    first = erp("GET", f"{GROUPS}/g1?limit=1").body
    (line,) = first["ledger"]
    assert (line["by"], line["reason"], line["asked_by"]) == ("webshop", "minder omzet", "")
    assert (line["before"]["limit"], line["after"]["limit"]) == (money("1000.00"), money("900.00"))
    assert line["before"]["members"] == line["after"]["members"] == ["D2", "D3"]
    assert line["changed_at"].startswith("2026-09-01T08:00")
    rest = erp("GET", f"{GROUPS}/g1?limit=1&cursor={first['next_cursor']}").body
    assert rest["next_cursor"] is None
    assert [(one["before"], one["reason"]) for one in rest["ledger"]] == [(None, "set by API")]


@pytest.mark.parametrize(
    ("after", "left"),
    [
        (group("D2", "D3", limit="50000.01"), ["g1", "g1", ""]),
        (group("D2", "D4"), ["g1", "", "g1"]),
        (group("D2") | {"members": [], "parent": ""}, ["", "", ""]),
    ],
)
def test_what_gives_room_waits_for_another_person(books, put, erp, person, known, after, left):
    unsaid = put("g1", after)
    assert (unsaid.status, problem(unsaid)) == (422, "reason_missing")
    assert unsaid.body["errors"][0]["pointer"] == "/body/reason"
    asked = put("g1", after | {"reason": "groei"}, idempotency_key="k")
    assert (asked.status, asked.body["state"]) == (202, "proposed")
    assert put("g1", after | {"reason": "groei"}, idempotency_key="k").body == asked.body
    assert put("g1", after | {"reason": "groei"}).body["id"] == asked.body["id"]
    assert groups_of(books, "D2", "D3", "D4") == ["g1", "g1", ""]
    shown = erp("GET", f"{GROUPS}/g1").body
    assert (shown["proposal"]["id"], shown["limit"]) == (asked.body["id"], money("1000.00"))
    machine = say(Api(person("x").caller | {"key": "shop", "roles": ""}), asked.body, YES)
    assert (machine.status, problem(machine)) == (403, "role_required")
    assert say(person("anna"), asked.body, YES).status == 200
    assert groups_of(books, "D2", "D3", "D4") == left
    shown = erp("GET", f"{GROUPS}/g1").body
    assert (shown["proposal"], shown["limit"]) == (None, after["limit"])
    line = shown["ledger"][0]
    assert (line["by"], line["asked_by"], line["reason"]) == ("anna", "webshop", "groei")


def test_nobody_decides_on_a_group_change_of_their_own(books, person, known):
    asked = person("anna")(
        "credit/limits_api", "PUT", f"{GROUPS}/g1", group("D2", reason="D3 is verkocht")
    ).body
    refused = say(person("anna"), asked, YES)
    assert (refused.status, problem(refused)) == (403, "four_eyes")
    case = person("boris")("work/reviews_api", "GET", f"{REVIEWS}/{asked['review_id']}").body
    assert case["group_proposal"]["before"]["members"] == ["D2", "D3"]
    assert case["review"]["kind"] == "group" and case["debtor"]["number"] == "D2"
    assert say(person("boris"), asked, NO).status == 200
    assert books.get(CreditGroup, ORG, id="g1").proposal == ""
    assert groups_of(books, "D2", "D3") == ["g1", "g1"]


def test_one_change_waits_at_a_time_and_is_for_the_group_that_was_seen(books, put, person, known):
    asked = put("g1", group("D2", reason="D3 is verkocht")).body
    other = put("g1", group("D2", "D3", limit="60000.00", reason="groei"))
    assert (other.status, problem(other)) == (409, "proposal_open")
    assert put("g1", group("D2", "D3", limit="500.00")).status == 200
    overtaken = say(person("anna"), asked, YES)
    assert (overtaken.status, problem(overtaken)) == (409, "group_changed")
    assert say(person("anna"), asked, NO).status == 200
    again = put("g1", group("D2", limit="500.00", reason="D3 is verkocht")).body
    assert say(person("anna"), again, YES).status == 200
    assert books.get(CreditGroup, ORG, id="g1").limit == eur("500.00")
    assert groups_of(books, "D2", "D3") == ["g1", ""]


def test_who_joined_another_group_meanwhile_is_named(put, person, known):
    asked = put("g1", group("D2", "D4", reason="D3 is verkocht")).body
    assert put("g2", group("D4")).status == 200
    refused = say(person("anna"), asked, YES)
    assert (refused.status, problem(refused)) == (422, "in_another_group")
    assert refused.body["errors"][0]["pointer"] == "/body/verdict"


def test_groups_are_listed_page_by_page(books, put, erp, known):
    put("g2", group("D4"))
    waits = put("g1", group("D2", reason="D3 is verkocht")).body
    first = erp("GET", f"{GROUPS}?limit=1").body
    assert [line["id"] for line in first["items"]] == ["g1"]
    assert first["items"][0] == {
        "id": "g1", "name": "Groep", "parent": "D2", "limit": money("1000.00"),
        "members": ["D2", "D3"], "proposal": waits["id"],
    }  # fmt: skip
    rest = erp("GET", f"{GROUPS}?limit=2&cursor={first['next_cursor']}").body
    assert [(line["id"], line["members"]) for line in rest["items"]] == [("g2", ["D4"])]
    assert rest["next_cursor"] is None
    assert erp("GET", f"{GROUPS}/none").status == 404


def test_a_limit_below_what_is_used_is_meant_or_refused(books, put, known):
    invoice(books, "N1", "300.00", debtor="D4", due_on=date(2026, 9, 30))
    over = put("g2", group("D4", limit="299.99"))
    assert (over.status, problem(over)) == (422, "limit_below_reserved")
    assert put("g2", group("D4", limit="299.99", force=True)).status == 200


@pytest.mark.parametrize(
    ("body", "status", "code", "pointer"),
    [
        (group("D2", "D404"), 404, "debtor_not_found", "/body/members/1"),
        (group("D2", "D3"), 422, "in_another_group", "/body/members/1"),
        (group("D2", "D9"), 422, "wrong_currency", "/body/members/1"),
        (group("D2", "D2"), 422, "duplicate_member", "/body/members/1"),
        (group("D2", parent="D3"), 422, "parent_not_member", "/body/parent"),
        (group(*(f"X{n}" for n in range(21))), 422, "too_many_members", "/body/members"),
        (group("D2", limit="-1.00"), 422, "invalid_amount", "/body/limit/value"),
        (group("D2") | {"members": []}, 422, "no_members", "/body/members"),
    ],
)
def test_a_group_that_does_not_fit_is_refused_whole(erp, books, body, status, code, pointer):
    for number in ("D2", "D3", "D9"):
        debtor(books, number)
    dollars = {"amount": {"value": "5.00", "currency": "USD"}, "reason": "x"}
    assert erp("PUT", f"{LIMITS}/D9/own", dollars).status == 200
    erp("PUT", f"{GROUPS}/other", group("D3"))
    answer = erp("PUT", f"{GROUPS}/g1", body)
    assert (answer.status, problem(answer)) == (status, code)
    assert answer.body["errors"][0]["pointer"] == pointer
    assert account(books).group == ""


def test_the_largest_group_fits_one_transaction(erp, person, books):
    numbers = [f"M{n}" for n in range(40)]
    for number in numbers:
        debtor(books, number)
    assert erp("PUT", f"{GROUPS}/g1", group(*numbers[:20])).status == 200
    asked = erp("PUT", f"{GROUPS}/g1", group(*numbers[20:], reason="verkocht"))
    assert asked.status == 202 and say(person("anna"), asked.body, YES).status == 200
    assert {account(books, n).group for n in numbers[:20]} == {""}
    assert {account(books, n).group for n in numbers[20:]} == {"g1"}
