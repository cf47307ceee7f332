"""What a clumsy or hostile shop sends to the checkout: refused with the place to fix, and nothing
is stored."""

from __future__ import annotations

import json

import pytest

from tests.functions.checkout_cases import (
    AMOUNTS,
    BUYERS,
    COMPANY,
    FIELDS,
    LINES,
    PERSON,
    check,
    lines,
    money,
    of_buyer,
)
from tests.functions.conftest import problem

PATH = "/v1/credit-checks"


@pytest.fixture
def known(api):
    """D1 of everybody, and D2 with a KvK and a VAT number."""
    body = {
        "number": "D2", "name": "Twee B.V.",
        "identifiers": [
            {"scheme": "kvk", "value": "87654321"}, {"scheme": "vat", "value": "NL123456789B01"}
        ],
    }  # fmt: skip
    assert api("debtors/api", "POST", "/v1/debtors", body).status == 201


@pytest.fixture
def stored(books):
    """Everything in the table, as it is."""
    return lambda: sorted(
        (item.pk, item.sk, int(item.version), item.body) for item in books._item.scan()
    )


@pytest.fixture
def refused(api, known, stored):
    """Sends a check; the code and the pointer of the refusal that left nothing behind."""

    def refused(body, status=422):
        before = stored()
        answer = api("credit/api", "POST", PATH, body, idempotency_key="k1")
        assert answer.status == status, answer.body
        code = problem(answer)
        assert stored() == before
        errors = answer.body.get("errors") or [{"pointer": "", "code": code}]
        assert len(answer.body["detail"]) > 20
        return code, errors[0]["code"], errors[0]["pointer"]

    return refused


@pytest.mark.parametrize(("body", "code", "pointer"), AMOUNTS + FIELDS + BUYERS + LINES)
def test_it_is_refused_with_the_place_to_fix_and_nothing_is_stored(refused, body, code, pointer):
    """Where the shape is wrong the document says invalid_request and its error the reason."""
    top, reason, at = refused(body)
    assert at.startswith(pointer)
    assert code in (None, reason)
    assert top in ("invalid_request", reason)


def test_the_bodies_of_a_megabyte_are_that_large():
    sizes = [len(json.dumps(body)) for body, _, _ in LINES]
    assert sum(size > 750_000 for size in sizes) == 3


def test_somebody_unknown_is_not_found(refused):
    assert refused(check(debtor="D404"), 404)[0] == "debtor_not_found"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b'{"amount": NaN}'])
def test_what_is_no_question_is_refused(api, stored, body):
    before = stored()
    answer = api("credit/api", "POST", PATH, body)
    assert answer.status in (400, 422)
    problem(answer)
    assert stored() == before


@pytest.mark.parametrize(
    "body",
    [
        check(term_days=0), check(term_days=365), check(prepaid=money("100.00")),
        check(prepaid=money("0.00")), check(lines=lines(*["0.20"] * 500)),
        check(lines=lines("110.00", "-10.00", kind="discount")),
        check(buyer=COMPANY), check(debtor="D2", buyer=COMPANY | {"kvk": "8765 4321"}),
        of_buyer(), of_buyer(kvk="", vat="nl 1234.56.789.b01"), of_buyer(PERSON),
        of_buyer(vat="DE123456789"), check(amount=money("100000000000.00")),
    ],
)  # fmt: skip
def test_what_lies_just_inside_is_answered(api, known, body):
    answer = api("credit/api", "POST", PATH, body)
    assert answer.status == 201, answer.body
