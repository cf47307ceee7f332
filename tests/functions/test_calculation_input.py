"""Bad input to the calculations is pointed at; who may ask, and how it is described."""

from __future__ import annotations

import pytest

from tests.functions.calculation_cases import (
    ALLOCATION,
    INTEREST,
    LETTER_ASKED,
    PATH,
    ask,
    costs_of,
    eur,
)
from tests.functions.conftest import Api, load, problem

DOLLARS = {"value": "5.00", "currency": "USD"}
DEBT = ALLOCATION["debts"][0]
WRONG = [
    ("collection-costs", costs_of("1.00", "-1.00"), "/body/principals/1/value"),
    ("collection-costs", costs_of() | {"principals": [DOLLARS]}, "/body/principals/0/currency"),
    ("collection-costs", costs_of(), "/body/principals"),
    ("collection-costs", costs_of(*["1.00"] * 101), "/body/principals"),
    ("collection-costs", costs_of("1.00", in_default_on="2012-06-30"), "/body/in_default_on"),
    ("collection-costs", costs_of("1.00", charged=eur("40.00")), "/body/charged"),
    (
        "collection-costs",
        costs_of("1.00", instalments=True) | {"debtor": "business"},
        "/body/instalments",
    ),
    ("collection-costs", costs_of("1.00", tax=1), "/body/tax"),
    ("interest", INTEREST | {"principal": eur("999999999999.00")}, "/body/principal/value"),
    ("interest", INTEREST | {"due_on": "2009-06-29"}, "/body/due_on"),
    ("interest", INTEREST | {"paid_on": "2073-01-01"}, "/body/due_on"),
    ("interest", INTEREST | {"paid_on": "9999-12-31"}, "/body/paid_on"),
    ("interest", INTEREST | {"paid_on": 20251231}, "/body/paid_on"),
    ("interest", INTEREST | {"contract_rate": "100.1"}, "/body/contract_rate"),
    ("interest", INTEREST | {"contract_rate": "8,5"}, "/body/contract_rate"),
    ("interest", INTEREST | {"claim": "tax"}, "/body/claim"),
    (
        "interest",
        INTEREST
        | {
            "principal": eur("99999999999.00"), "due_on": "2000-01-01", "paid_on": "2049-12-31",
            "contract_rate": "100", "compounding": "yearly",
        },
        "/body/due_on",
    ),
    ("allocation", ALLOCATION | {"paid": eur("-1.00")}, "/body/paid/value"),
    ("allocation", ALLOCATION | {"paid": DOLLARS}, "/body/debts/0/costs/currency"),
    ("allocation", ALLOCATION | {"debts": []}, "/body/debts"),
    ("allocation", ALLOCATION | {"debts": [DEBT, DEBT]}, "/body/debts/1/id"),
    ("allocation", ALLOCATION | {"debts": [DEBT | {"rate": "x"}]}, "/body/debts/0/rate"),
    ("allocation", ALLOCATION | {"designated": ["F1", "F2"]}, "/body/designated/1"),
    ("fourteen-day-letter", LETTER_ASKED | {"delivered_on": "2026-12-22"}, "/body/delivered_on"),
    ("fourteen-day-letter", LETTER_ASKED | {"sent_on": "9999-12-31"}, "/body/sent_on"),
    ("fourteen-day-letter", LETTER_ASKED | {"channel": "fax"}, "/body/channel"),
    ("payment-reference", {"kind": "rf"}, "/body/number"),
    ("payment-reference", {"kind": "rf", "number": "1", "reference": "2"}, "/body/number"),
    ("payment-reference", {"kind": "betalingskenmerk", "number": "12345678901234"}, "/body/number"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "body", "pointer"), WRONG)
def test_bad_input_is_pointed_at(what, body, pointer):
    answer = ask(what, body)
    assert answer.status == 422, answer.body
    assert problem(answer)
    assert [error["pointer"] for error in answer.body["errors"]] == [pointer]


def test_a_key_with_the_scope_is_needed():
    calls = {"allowed": "yes", "org": "vandijk", "key": "shop", "scopes": "debtors:read"}
    path = f"{PATH}payment-reference"
    for caller, status in ((calls, 403), (calls | {"allowed": "no"}, 401)):
        assert Api(caller)("compliance/api", "POST", path, {"kind": "rf"}).status == status


def test_an_idempotency_key_is_welcome_and_changes_nothing():
    body = {"kind": "rf", "number": "1"}
    first, other = (
        ask("payment-reference", body | {"number": number}, idempotency_key="k")
        for number in ("1", "2")
    )
    assert first.status == other.status == 200 and first.body != other.body


def test_it_stands_in_the_description_of_the_api():
    described = load("compliance/api").app.get_openapi_schema(title="x", version="1").paths
    assert sorted(path.removeprefix(PATH) for path in described) == [
        "allocation", "collection-costs", "fourteen-day-letter", "interest", "payment-reference",
        "rates",
    ]  # fmt: skip
