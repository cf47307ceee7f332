"""Every way to ask something of money: wrong amounts change nothing and say where, the same request
twice is one, and another organisation's money is not there."""

from __future__ import annotations

from datetime import date

import pytest

from kasstroom.invoices.usecases import NewInvoice, book
from kasstroom.money import Money
from kasstroom.payments.model import Entry, MoneyIn, Refund
from kasstroom.settle import settle
from tests.functions.conftest import Api
from tests.people import NOW, ORG, invoice, received

MONEY, INVOICES = "payments/money_api", "invoices/api"
WRONG = (
    ("10.001", "EUR"), ("10.5", "JPY"), ("1.2345", "BHD"), ("1e2", "EUR"), ("10,00", "EUR"),
    ("", "EUR"), (" 1.00", "EUR"), ("1.00", "EURO"), ("1.00", "XXX"), (10.0, "EUR"),
    ("9999999999999999.00", "EUR"), (None, "EUR"), ("NaN", "EUR"), ("٣.00", "EUR"),
)  # fmt: skip
NOT_POSSIBLE = (("0.00", "EUR"), ("-1.00", "EUR"), ("1.00", "SEK"), ("1", "JPY"), ("300.01", "EUR"))


def amount(value, currency="EUR"):
    return {"value": value, "currency": currency}


@pytest.fixture
def asks(api, books):
    """Route, body around an amount, and what is right: EUR 50.00 left of EUR 300.00 for F1."""
    money = received(books, "300.00", "F1")
    invoice(books, "F2", "80.00")
    new = NewInvoice("S1", "D1", date(2026, 8, 1), Money(110_000, "SEK"))
    settle(books, lambda: book(books, ORG, new, terms_days=30, now=NOW))
    invoice(books, "F3", "90.00")
    api(INVOICES, "POST", "/v1/invoices/F3/write-offs", {"reason": "x", "amount": amount("40.00")})
    (left,) = api(MONEY, "GET", "/v1/unmatched-payments").body["items"]
    paid = amount("55.00", "SEK")
    return {
        "refund": (MONEY, f"/v1/payments/{money.id}/refunds",
                   lambda a: {"reason": "x", "amount": a}, amount("5.00")),
        "exchange": (MONEY, f"/v1/payments/{money.id}/exchanges",
                     lambda a: {"invoice": "S1", "taken": a, "paid": paid, "reason": "11"},
                     amount("5.00")),
        "allocation": (MONEY, f"/v1/unmatched-payments/{left['id']}/allocations",
                       lambda a: {"allocations": [{"invoice": "F2", "amount": a}]},
                       amount("5.00")),
        "write_off": (INVOICES, "/v1/invoices/F2/write-offs",
                      lambda a: {"reason": "x", "amount": a}, amount("5.00")),
        "recovery": (INVOICES, "/v1/invoices/F3/recoveries",
                     lambda a: {"reason": "x", "amount": a}, amount("5.00")),
        "charge": (INVOICES, "/v1/invoices/F2/charges",
                   lambda a: {"kind": "costs", "reason": "x", "amount": a}, amount("40.00")),
        "credit_note": (INVOICES, "/v1/invoices",
                        lambda a: {"number": "C1", "debtor": "D1", "issued_on": "2026-08-20",
                                   "kind": "credit_note", "credits_invoice": "F2", "amount": a},
                        amount("5.00")),
    }  # fmt: skip


def kept(books):
    kinds = (Entry, MoneyIn, Refund)
    return [books.all_of(kind, ORG, "D1") for kind in kinds]


ROUTES = ("refund", "exchange", "allocation", "write_off", "recovery", "charge", "credit_note")


def test_an_amount_that_is_none_changes_nothing_and_says_where(api, books, asks):
    before = kept(books)
    for name in ROUTES:
        function, path, body, _ = asks[name]
        tried = [*WRONG]
        if name not in ("charge", "credit_note"):
            tried += NOT_POSSIBLE  # A charge may be waived; what a credit note may be is its own.
        for value, currency in tried:
            answer = api(function, "POST", path, body(amount(value, currency)))
            told = (name, value, currency, answer.body)
            assert answer.status == 422, told
            pointer = answer.body["errors"][0]["pointer"]
            assert pointer.startswith(("/body/amount", "/body/taken", "/body/allocations")), told
    assert kept(books) == before


def test_the_same_request_twice_is_one_and_another_body_is_refused(api, books, asks):
    for name in ROUTES:
        function, path, body, right = asks[name]
        first = api(function, "POST", path, body(right), idempotency_key=f"k-{name}")
        assert first.status < 300, (name, first.body)
        before = kept(books)
        again = api(function, "POST", path, body(right), idempotency_key=f"k-{name}")
        assert (again.status, again.body) == (first.status, first.body), name
        other = amount("6.00") if right != amount("6.00") else amount("7.00")
        assert api(function, "POST", path, body(other), idempotency_key=f"k-{name}").status == 409
        assert kept(books) == before, name


def test_money_and_invoices_of_another_organisation_are_not_there(api, books, asks):
    other = Api({"allowed": "yes", "org": "deboer", "key": "webshop", "scopes": "*"})
    before = kept(books)
    for name in ROUTES[:-1]:
        function, path, body, right = asks[name]
        assert other(function, "POST", path, body(right)).status == 404, name
    assert kept(books) == before
