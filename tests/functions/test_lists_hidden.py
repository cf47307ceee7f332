"""Through the handlers: a shop's key reads nothing of a sanctions list, a credit manager does."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kasstroom.changes import Changes
from kasstroom.credit.model import CreditAccount
from tests.functions.conftest import Api, problem
from tests.functions.desk import Browser, give_keys, text
from tests.people import NOW, ORG, debtor

CHECK = "/v1/credit-checks"
POLICY = {
    "rules": [
        {"id": "listed", "when": {"fact": "sanctions", "is": "possible"}, "outcome": "declined",
         "reason": "blocked", "detail": "On a sanctions list."},
    ]
}  # fmt: skip


def person(role: str) -> Api:
    caller = {"allowed": "yes", "org": ORG, "key": "anna", "scopes": "*", "roles": role}
    return Api(caller)


ANNA, SALES = person("credit_manager"), person("sales")


@pytest.fixture
def made(api, books):
    debtor(books, "D2", limit="1000.00")
    account = books.get(CreditAccount, ORG, "D2")
    profile = replace(account.profile, sanctions="possible", screened_at=NOW)
    books.commit(Changes(update=(replace(account, profile=profile),)))
    return check(api)


def check(caller, **more):
    body = {"debtor": "D2", "amount": {"value": "100.00", "currency": "EUR"}} | more
    return caller("credit/api", "POST", CHECK, body).body


def silent(answer) -> bool:
    text = json.dumps(answer.body).lower()
    return answer.status in (200, 201) and "sanction" not in text and "listed" not in text


def test_the_checkout_offers_nothing_and_tells_the_buyer_whom_to_ask(api, made):
    paid = check(api, prepaid={"value": "100.00", "currency": "EUR"})
    english = check(api, language="en")
    for answer in (made, paid, english):
        assert (answer["outcome"], answer["alternatives"]) == ("refer", [])
        assert answer["reservation"] is None
        assert [r["code"] for r in answer["reasons"]] == ["policy_other"]
        assert "sanction" not in json.dumps(answer).lower()
    assert made["buyer"] == {
        "answer": "review",
        "text": "Neem over deze bestelling contact op met de verkoper.",
        "reasons": [],
    }
    assert english["buyer"]["text"] == "Please contact the seller about this order."


@pytest.mark.parametrize("caller", [Api(), SALES], ids=["machine", "sales"])
def test_no_answer_about_it_tells_a_key_without_the_role(made, books, caller):
    id = made["id"]
    assert silent(caller("credit/api", "GET", f"{CHECK}/{id}"))
    assert silent(caller("credit/policies_api", "GET", f"{CHECK}/{id}/explanation"))
    queue = caller("work/reviews_api", "GET", "/v1/credit-reviews")
    (line,) = queue.body["items"]
    assert (line["reasons"], silent(queue)) == (["policy_other"], True)
    assert silent(caller("work/reviews_api", "GET", f"/v1/credit-reviews/{line['id']}"))


def test_a_credit_manager_reads_it_everywhere(made):
    id = made["id"]
    said = ANNA("credit/api", "GET", f"{CHECK}/{id}").body
    assert [(r["rule"], r["audience"]) for r in said["reasons"]] == [("sanctions", "people")]
    why = ANNA("credit/policies_api", "GET", f"{CHECK}/{id}/explanation").body
    facts = {fact["name"]: fact["value"]["en"] for fact in why["facts"]}
    assert (facts["sanctions"], why["rules"][0]["id"]) == ("possible", "sanctions")
    (line,) = ANNA("work/reviews_api", "GET", "/v1/credit-reviews").body["items"]
    assert line["reasons"] == ["sanctions_possible"]
    case = ANNA("work/reviews_api", "GET", f"/v1/credit-reviews/{line['id']}").body
    assert (case["facts"]["sanctions"], case["fired"]) == ("possible", ["sanctions"])


def test_after_a_person_declined_the_buyer_reads_whom_to_ask_and_the_notice_not_why(api, made):
    (line,) = ANNA("work/reviews_api", "GET", "/v1/credit-reviews").body["items"]
    body = {"verdict": "declined", "note": "Treffer op de sanctielijst."}
    ANNA("work/reviews_api", "POST", f"/v1/credit-reviews/{line['id']}/decision", body)
    seen = api("credit/api", "GET", f"{CHECK}/{made['id']}")
    assert silent(seen)
    assert seen.body["buyer"]["text"].startswith("Neem over deze bestelling contact op")
    assert silent(api("work/reviews_api", "GET", f"/v1/credit-reviews/{line['id']}"))
    assert silent(api("credit/policies_api", "GET", f"{CHECK}/{made['id']}/explanation"))
    for caller in (api, ANNA):  # what is sent to the applicant is the same for everybody
        notice = caller("credit/policies_api", "GET", f"{CHECK}/{made['id']}/adverse-action")
        assert [r["code"] for r in notice.body["reasons"]] == ["policy_other"]
        assert silent(notice)


def test_a_system_cannot_find_out_by_trying_a_policy_of_its_own(api, made):
    at = "/v1/credit-policies/default"
    number = ANNA("credit/policies_api", "PUT", at, POLICY).body["number"]
    version = f"{at}/versions/{number}"
    cases = [
        {"debtor": "D2", "amount": {"value": "100.00", "currency": "EUR"}},
        {"credit_check": made["id"]},
    ]
    for case in cases:
        theirs = api("credit/policies_api", "POST", f"{version}/test", case).body
        assert (theirs["outcome"], theirs["fired"]) == ("approved", [])
        assert "sanctions" not in {fact["name"] for fact in theirs["facts"]}
        hers = ANNA("credit/policies_api", "POST", f"{version}/test", case).body
        assert (hers["outcome"], hers["fired"]) == ("declined", ["listed"])
    theirs = api("credit/policies_api", "POST", f"{version}/back-test", {}).body
    assert (theirs["compared"], theirs["skipped"]["without_facts"], theirs["cases"]) == (0, 1, [])
    hers = ANNA("credit/policies_api", "POST", f"{version}/back-test", {}).body
    assert [case["rules_new"] for case in hers["cases"]] == [["listed"]]
    invented = {"facts": {"sanctions": "possible", "order_amount": "1.00"}}
    assert api("credit/policies_api", "POST", f"{version}/test", invented).body["fired"] == [
        "listed"
    ]


def test_a_person_cannot_approve_it_either(made):
    (line,) = ANNA("work/reviews_api", "GET", "/v1/credit-reviews").body["items"]
    body = {"verdict": "approved", "note": "Bekend."}
    path = f"/v1/credit-reviews/{line['id']}/decision"
    assert problem(ANNA("work/reviews_api", "POST", path, body)) == "sanctions"


def test_a_colleague_without_the_role_reads_nothing_of_it_at_the_desk(made, books):
    give_keys(books)
    (line,) = ANNA("work/reviews_api", "GET", "/v1/credit-reviews").body["items"]
    path = f"/desk/reviews/{line['id']}"
    for name, sees in (("anna", True), ("bram", False)):
        person = Browser().sign_in(name)
        for page in (person.get("/desk"), person.get(path)):
            assert ("sanctie" in text(page).lower()) is sees
    body = {"verdict": "declined", "note": "Treffer op de sanctielijst."}
    ANNA("work/reviews_api", "POST", f"/v1/credit-reviews/{line['id']}/decision", body)
    assert "Treffer" not in Browser().sign_in("bram").get(path).body
    assert "Treffer" in Browser().sign_in("anna").get(path).body
