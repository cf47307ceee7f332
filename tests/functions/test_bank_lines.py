"""Lines through the real handlers: learned, matched, and what people say of them."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from kasstroom.bank.candidates import NameWord
from kasstroom.bank.model import LineState
from kasstroom.bank.shapes import NumberShapes
from kasstroom.payments.model import MoneyIn
from tests.functions.conftest import CONTEXT, NOW, Api, load, problem, set_clock
from tests.people import ORG, debtor, invoice
from tests.received import ID, OURS, received, stored

PERSON = {"allowed": "yes", "org": ORG, "key": "anna", "scopes": "*", "roles": "finance"}


def told(body):
    record = {"messageId": "m", "body": json.dumps(body), "eventSource": "aws:sqs"}
    record |= {"receiptHandle": "r", "attributes": {}, "messageAttributes": {}, "md5OfBody": ""}
    return {"Records": [record | {"eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:q"}]}


def learn(type, subject, who="D1"):
    news = {"organisation": ORG, "type": type, "subject": subject, "debtor": who}
    done = load("bank/learn_names").handler(told({"detail": news}), CONTEXT)
    assert done == {"batchItemFailures": []}


def match(*ids):
    done = load("bank/match_lines").handler(told({"org": ORG, "lines": list(ids)}), CONTEXT)
    assert done == {"batchItemFailures": []}


def published(deployed, kind):
    from kasstroom_aws.books import _item_model

    found = [json.loads(i.body) for i in _item_model("books").scan() if i.sk.startswith("EVT#")]
    return [event for event in found if event["type"] == kind]


@pytest.fixture
def person(deployed):
    return Api(PERSON)


def path(what, id=ID):
    return f"/v1/bank-lines/{id}/{what}"


def test_learned_from_the_news_a_line_is_matched_once(deployed):
    books = deployed.books
    invoice(books, "F-2026-0007", "80.00")
    learn("invoice.issued", "F-2026-0007")
    learn("debtor.created", "D1")
    assert books.get(NumberShapes, ORG).shapes == ("F-####-####",)
    assert books.get(NameWord, ORG, id="klantd1").bearers[0].debtor == "D1"
    received(books, "uw nota f20260007", "80.00")
    match(ID, ID)
    match(ID)
    assert stored(books).state is LineState.MATCHED
    assert [m.amount.value for m in books.all_of(MoneyIn, ORG, "D1")] == ["80.00"]


def test_a_line_that_waits_is_queued_again_and_matched_when_its_invoice_came(deployed):
    books = deployed.books
    learn("debtor.created", "D1")
    received(books, "uw nota F-2026-0007", "80.00")
    match(ID)
    deadline = stored(books).resolve_by
    retry = load("bank/retry_lines").handler
    assert retry({}, CONTEXT) == {"queued": 0}
    invoice(books, "F-2026-0007", "80.00")
    learn("invoice.issued", "F-2026-0007")
    set_clock(deployed.clock, NOW + timedelta(hours=2))
    assert retry({}, CONTEXT) == {"queued": 1} and retry({}, CONTEXT) == {"queued": 0}
    (message,) = deployed.sqs.receive_message(QueueUrl=deployed.queues["lines"])["Messages"]
    assert stored(books).resolve_by == deadline
    done = load("bank/match_lines").handler(told(json.loads(message["Body"])), CONTEXT)
    assert done == {"batchItemFailures": []}
    assert stored(books).state is LineState.MATCHED
    set_clock(deployed.clock, NOW + timedelta(days=9))
    assert retry({}, CONTEXT) == {"queued": 0}


def test_money_on_a_g_account_is_told_apart(deployed):
    received(deployed.books, "nota F1", "75.00")
    manager = Api(PERSON | {"roles": "credit_manager finance"})
    named = {"name": "G-rekening", "kind": "g_account"}
    account = manager("bank/api", "PUT", f"/v1/bank-accounts/{OURS}", named)
    assert (account.status, account.body["kind"]) == (200, "g_account")
    (listed,) = manager("bank/api", "GET", "/v1/bank-accounts").body["items"]
    assert (listed["iban"], listed["kind"]) == (OURS, "g_account")
    shown = manager("bank/lines_api", "GET", path("proposals")).body
    assert shown["account_kind"] == "g_account"
    wrong = manager("bank/api", "PUT", f"/v1/bank-accounts/{OURS}", {"kind": "savings"})
    assert wrong.status in (400, 422)
    assert wrong.body["errors"][0]["pointer"].startswith("/body/kind")


def test_a_person_looks_confirms_and_takes_it_back(deployed, person):
    books = deployed.books
    learn("debtor.created", "D1")
    received(books, "", "250.00")
    match(ID)
    shown = person("bank/lines_api", "GET", path("proposals"))
    assert shown.status == 200
    assert shown.body["items"][0]["proposal"]["invoices"] == ["F1"]
    body = {"allocations": [{"debtor": "D1", "invoices": ["F1"]}]}
    done = person("bank/lines_api", "POST", path("match"), body, idempotency_key="k1")
    again = person("bank/lines_api", "POST", path("match"), body, idempotency_key="k1")
    assert (done.status, done.body["state"], again.body) == (200, "matched", done.body)
    why = {"reason": "verkeerde klant"}
    assert person("bank/lines_api", "POST", path("undo"), why).body["state"] == "proposed"
    aside = person("bank/lines_api", "POST", path("set-aside"), {"reason": "eigen overboeking"})
    assert aside.body["state"] == "set_aside"


def test_the_list_says_how_sure_why_and_what_waits_too_long(deployed, api):
    learn("debtor.created", "D1")
    received(deployed.books, "", "250.00")
    match(ID)
    (line,) = api("bank/api", "GET", "/v1/bank-lines?state=proposed").body["items"]
    assert 0 < line["score"] < 75 and "amount_exact" in line["why"]
    assert (line["overdue"], line["account_kind"]) == (False, "current")
    shown = api("bank/lines_api", "GET", path("proposals")).body
    late = "/v1/bank-lines?overdue=true"
    page = api("bank/api", "GET", late).body
    assert (page["items"], page["automatic_from"], shown["automatic_from"]) == ([], 75, 75)
    set_clock(deployed.clock, NOW + timedelta(days=9))
    (line,) = api("bank/api", "GET", late).body["items"]
    assert line["overdue"] and api("bank/api", "GET", f"/v1/bank-lines/{ID}").body == line
    load("bank/retry_lines").handler({}, CONTEXT)
    (told,) = published(deployed, "bank.line_overdue")
    assert told["subject"] == ID and told["data"]["owner"] == "credit_management"


def test_over_two_debtors_and_what_does_not_add_up(deployed, person):
    books = deployed.books
    debtor(books, "D2")
    received(books, "", "300.00")
    allocations = [
        {"debtor": "D1", "invoices": ["F1"]},
        {"debtor": "D2", "amount": {"value": "40.00", "currency": "EUR"}},
    ]
    wrong = person("bank/lines_api", "POST", path("match"), {"allocations": allocations})
    assert (wrong.status, problem(wrong)) == (422, "does_not_add_up")
    assert wrong.body["errors"][0]["pointer"] == "/body/allocations"
    allocations[1]["amount"]["value"] = "50.00"
    done = person("bank/lines_api", "POST", path("match"), {"allocations": allocations})
    assert done.body["state"] == "matched" and len(done.body["entries"]) == 2


def test_a_machine_may_look_and_not_decide(deployed, api):
    received(deployed.books, "", "10.00")
    assert api("bank/lines_api", "GET", path("proposals")).status == 200
    refused = api("bank/lines_api", "POST", path("set-aside"), {"reason": "kosten"})
    assert problem(refused) == "role_required"
    missing = Api(PERSON)("bank/lines_api", "POST", path("undo", "2026-01-01_X"), {"reason": "x"})
    assert (missing.status, problem(missing)) == (404, "bank_line_not_found")


@pytest.mark.parametrize(
    "body",
    [{}, {"allocations": [{}]}, {"allocations": [{"debtor": "D1", "amout": 1}]},
     {"allocations": [{"debtor": "D1", "amount": {"value": 10, "currency": "EUR"}}]}],
)  # fmt: skip
def test_what_is_not_understood_says_where(deployed, person, body):
    received(deployed.books, "", "10.00")
    refused = person("bank/lines_api", "POST", path("match"), body)
    assert refused.status in (400, 422)
    assert refused.body["errors"][0]["pointer"].startswith("/body")
