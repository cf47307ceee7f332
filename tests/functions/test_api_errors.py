"""What a clumsy caller gets: a problem document that says what to fix, never a 5xx."""

import pytest

from tests.functions.conftest import Api, problem

INVOICE = {
    "number": "F9", "debtor": "D1", "issued_on": "2026-08-01", "due_on": "2026-08-31",
    "amount": {"value": "10.00", "currency": "EUR"},
}  # fmt: skip


def book(api, **changes):
    return api("invoices/api", "POST", "/v1/invoices", INVOICE | changes)


def money(value, currency="EUR"):
    return {"value": value, "currency": currency}


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"colour": "red"}, "invalid_request", "/body/colour"),
        ({"amount": money("10.00", "EURO")}, "invalid_request", "/body/amount"),
        ({"amount": money("10.005")}, "invalid_request", "/body/amount"),
        ({"amount": 10.0}, "invalid_request", "/body/amount"),
        ({"amount": money("-10.00")}, "negative_amount", "/body/amount/value"),
        ({"due_on": "2026-07-31"}, "due_before_issue", "/body/due_on"),
        ({"due_on": "31-08-2026"}, "invalid_request", "/body/due_on"),
        ({"issued_on": 20260801}, "invalid_request", "/body/issued_on"),
        ({"issued_on": "20260801"}, "invalid_request", "/body/issued_on"),
        ({"number": "A#1"}, "invalid_number", "/body/number"),
        ({"number": ""}, "invalid_number", "/body/number"),
        ({"kind": "bill"}, "invalid_request", "/body/kind"),
    ],
)
def test_a_wrong_field_is_named(api, changes, code, pointer):
    answer = book(api, **changes)
    assert answer.status == 422
    assert problem(answer) == code
    assert any(e["pointer"].startswith(pointer) for e in answer.body["errors"]), answer.body


def test_a_number_is_booked_once(api):
    assert book(api).status == 201
    again = book(api)
    assert (again.status, problem(again)) == (409, "invoice_exists")


def test_an_unknown_debtor_is_named(api):
    answer = book(api, debtor="D404")
    assert (answer.status, problem(answer)) == (404, "debtor_not_found")
    assert "D404" in answer.body["detail"]


def test_broken_json_is_400(api):
    answer = api("invoices/api", "POST", "/v1/invoices", b'{"number": ')
    assert (answer.status, problem(answer)) == (400, "malformed_json")


def test_a_body_that_is_not_said_to_be_json_is_415(api):
    for content_type in ("text/plain", "multipart/form-data", "application/x-www-form-urlencoded"):
        answer = api("invoices/api", "POST", "/v1/invoices", INVOICE, content_type=content_type)
        assert (answer.status, problem(answer)) == (415, "unsupported_media_type")


def test_who_has_no_key_learns_nothing_about_fields(deployed):
    answer = Api({"allowed": "no"})("invoices/api", "POST", "/v1/invoices", {"x": 1})
    assert (answer.status, problem(answer)) == (401, "invalid_api_key")


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b'"x"', b"5", b"\xff\xfe"])
def test_a_body_that_is_no_object_is_refused(api, body):
    answer = api("invoices/api", "POST", "/v1/invoices", body)
    assert answer.status in (400, 422)
    problem(answer)


def test_a_wrong_key_is_401_and_a_missing_scope_403(deployed):
    unknown = Api({"allowed": "no"})("debtors/api", "GET", "/v1/debtors")
    assert (unknown.status, problem(unknown)) == (401, "invalid_api_key")
    reader = {"allowed": "yes", "org": "vandijk", "key": "k", "scopes": "debtors:read"}
    denied = Api(reader)("invoices/api", "POST", "/v1/invoices", INVOICE)
    assert (denied.status, problem(denied)) == (403, "missing_scope")
    assert Api(reader)("debtors/api", "GET", "/v1/debtors").status == 200


def test_the_other_tenant_sees_nothing(deployed):
    other = Api({"allowed": "yes", "org": "other", "key": "k", "scopes": "*"})
    assert other("debtors/api", "GET", "/v1/debtors/D1").status == 404
    assert other("invoices/api", "GET", "/v1/invoices/F1").status == 404
    assert other("debtors/api", "GET", "/v1/debtors").body["items"] == []
    check = {"debtor": "D1", "amount": money("1.00")}
    assert other("credit/api", "POST", "/v1/credit-checks", check).status == 404


def test_there_is_nothing_at_another_address(api):
    answer = api("debtors/api", "GET", "/v1/debtors/D1/nonsense")
    assert (answer.status, problem(answer)) == (404, "no_such_route")


@pytest.mark.parametrize(
    ("function", "path"),
    [
        ("debtors/api", "/v1/debtors?cursor=%C3%8D%7F"),
        ("debtors/api", "/v1/debtors?limit=0"),
        ("payments/money_api", "/v1/payments?cursor=%C2%A2"),
        ("payments/money_api", "/v1/payments?on=0"),
        ("payments/money_api", "/v1/payments?on=2026-02-30"),
    ],
)
def test_a_wrong_question_is_refused(api, function, path):
    answer = api(function, "GET", path)
    assert (answer.status, problem(answer)) == (422, "invalid_request")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"contact": {"email": "no-at-sign"}}, "invalid_email"),
        ({"contact": {"phone": "06 1234"}}, "invalid_phone"),
        ({"address": {"country": "Nederland"}}, "invalid_country"),
        ({"number": "a/b"}, "invalid_number"),
        ({"name": " "}, "invalid_name"),
    ],
)
def test_a_debtor_must_be_reachable_as_written(api, changes, code):
    answer = api("debtors/api", "POST", "/v1/debtors", {"number": "D5", "name": "X"} | changes)
    assert (answer.status, problem(answer)) == (422, code)


def test_a_repeated_request_gets_the_same_answer_and_no_second_effect(api):
    key = {"idempotency_key": "abc"}
    first = api("invoices/api", "POST", "/v1/invoices", INVOICE, **key)
    again = api("invoices/api", "POST", "/v1/invoices", INVOICE, **key)
    assert (again.status, again.body) == (first.status, first.body) == (201, first.body)
    assert again.headers["idempotent-replayed"] == "true"
    other = api("invoices/api", "POST", "/v1/invoices", INVOICE | {"number": "F10"}, **key)
    assert (other.status, problem(other)) == (409, "idempotency_key_reused")
    assert api("invoices/api", "GET", "/v1/invoices/F10").status == 404


@pytest.mark.parametrize("other", [{"key": "till"}, {"roles": "credit_manager"}])
def test_an_answer_is_repeated_to_who_got_it_only(api, other):
    key = {"idempotency_key": "abc"}
    first = api("invoices/api", "POST", "/v1/invoices", INVOICE, **key)
    assert first.status == 201
    stranger = Api(api.caller | other)("invoices/api", "POST", "/v1/invoices", INVOICE, **key)
    assert (stranger.status, problem(stranger)) == (409, "idempotency_key_reused")


@pytest.mark.parametrize("path", ["/v1/debtors/D1", "/v1/debtors/D404", "/v1/debtors?limit=no"])
def test_no_cache_on_the_way_keeps_what_we_say_of_a_debtor(api, path):
    said = api("debtors/api", "GET", path).headers
    assert (said["cache-control"], said["x-content-type-options"]) == ("no-store", "nosniff")
    refused = Api(api.caller | {"scopes": ""})("debtors/api", "GET", path)
    assert (refused.status, refused.headers["cache-control"]) == (403, "no-store")


def test_what_is_no_json_is_pointed_at_as_a_whole(api):
    answer = api("invoices/api", "POST", "/v1/invoices", b'{"number": "F9",')
    assert (answer.status, problem(answer)) == (400, "malformed_json")
    assert [e["pointer"] for e in answer.body["errors"]] == ["/body"]


def test_a_refused_request_leaves_no_answer_behind(api):
    key = {"idempotency_key": "abc"}
    refused = api("invoices/api", "POST", "/v1/invoices", INVOICE | {"debtor": "D404"}, **key)
    assert refused.status == 404
    assert api("invoices/api", "POST", "/v1/invoices", INVOICE, **key).status == 201


def test_links_over_what_is_not_open_are_refused(api):
    path = "/v1/payment-links"
    unknown = api("payments/api", "POST", path, {"debtor": "D1", "invoices": ["F404"]})
    assert (unknown.status, problem(unknown)) == (422, "invoice_not_open")
    nobody = api("payments/api", "POST", path, {"debtor": "D404"})
    assert (nobody.status, problem(nobody)) == (404, "debtor_not_found")
