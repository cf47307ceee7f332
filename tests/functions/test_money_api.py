"""What people do with money that came in, through the API: move it, give it up, send it back."""

from __future__ import annotations

import pytest

from kasstroom.credit.model import CreditAccount
from kasstroom.invoices.model import Invoice
from kasstroom.payments.model import Entry, EntryKind, MoneyIn, Refund, RefundStatus
from tests.functions.conftest import problem
from tests.people import ORG, eur, invoice, received

MONEY = "payments/money_api"


def amount(value, currency="EUR"):
    return {"value": value, "currency": currency}


def refused(answer):
    return answer.status, problem(answer)


def open_of(books, number):
    return books.get(Invoice, ORG, "D1", number).payable.value


def agrees(api):
    (balance,) = api("debtors/api", "GET", "/v1/debtors/D1/statement").body["balances"]
    assert balance["balanced"]
    return balance


def test_a_payment_shows_where_it_rests_and_how_it_came_there(api, books):
    money = received(books, "300.00", "F1")
    shown = api(MONEY, "GET", f"/v1/payments/{money.id}").body
    assert shown["left"]["value"] == "50.00"
    assert [a["invoice"] for a in shown["allocations"]] == ["F1"]
    assert [line["kind"] for line in shown["history"]] == ["payment"]


def test_what_is_left_is_put_on_another_invoice(api, books):
    received(books, "300.00", "F1")
    invoice(books, "F2", "80.00")
    (item,) = api(MONEY, "GET", "/v1/unmatched-payments").body["items"]
    assert (item["amount"]["value"], item["owner"]) == ("50.00", "credit_management")
    path = f"/v1/unmatched-payments/{item['id']}/allocations"
    body = {"allocations": [{"invoice": "F2", "amount": amount("50.00")}]}
    done = api(MONEY, "POST", path, body)
    assert (done.status, done.body["left"]["value"]) == (200, "0.00")
    assert open_of(books, "F2") == "30.00"
    assert api(MONEY, "GET", "/v1/unmatched-payments").body["items"] == []
    assert refused(api(MONEY, "POST", path, body)) == (409, "already_resolved")
    agrees(api)


def test_a_payment_moves_to_another_invoice_and_the_ledger_keeps_both(api, books):
    money = received(books, "250.00", "F1")
    invoice(books, "F2", "250.00")
    body = {
        "allocations": [{"invoice": "F2", "amount": amount("200.00")}], "reason": "debtor phoned",
    }  # fmt: skip
    done = api(MONEY, "PUT", f"/v1/payments/{money.id}/allocations", body)
    assert (done.status, done.body["left"]["value"]) == (200, "50.00")
    assert (open_of(books, "F1"), open_of(books, "F2")) == ("250.00", "50.00")
    history = api(MONEY, "GET", f"/v1/payments/{money.id}").body["history"]
    assert [line["kind"] for line in history] == ["payment", "reallocation"]
    assert (history[1]["by"], history[1]["reason"]) == ("webshop", "debtor phoned")
    (waits,) = api(MONEY, "GET", "/v1/unmatched-payments").body["items"]
    assert waits["amount"]["value"] == "50.00"
    agrees(api)


WRONG = [
    ([("F2", "80.01")], "more_than_open", "/body/allocations/0/amount"),
    ([("F2", "80.00"), ("F1", "250.00")], "more_than_received", "/body/allocations"),
    ([("F2", "10.00"), ("F2", "10.00")], "invoice_twice", "/body/allocations/1/invoice"),
    ([("F2", "0.00")], "not_positive", "/body/allocations/0/amount"),
    ([("F2", "-5.00")], "not_positive", "/body/allocations/0/amount"),
    ([("F9", "10.00")], "invoice_not_found", "/body/allocations"),
]


@pytest.mark.parametrize(("wanted", "code", "pointer"), WRONG)
def test_an_allocation_that_cannot_be_moves_nothing(api, books, wanted, code, pointer):
    money = received(books, "250.00", "F1")
    invoice(books, "F2", "80.00")
    before = books.all_of(Entry, ORG, "D1")
    allocations = [{"invoice": n, "amount": amount(v)} for n, v in wanted]
    answer = api(
        MONEY, "PUT", f"/v1/payments/{money.id}/allocations",
        {"allocations": allocations, "reason": "x"},
    )  # fmt: skip
    assert answer.body["errors"][0]["code"] == code
    assert answer.body["errors"][0]["pointer"] == pointer
    assert books.all_of(Entry, ORG, "D1") == before


def test_another_currency_is_refused_and_exchanged_on_purpose(api, books):
    money = received(books, "100.00")
    settle_sek(books)
    body = {"allocations": [{"invoice": "S1", "amount": amount("100.00", "SEK")}], "reason": "x"}
    path = f"/v1/payments/{money.id}"
    answer = api(MONEY, "PUT", f"{path}/allocations", body)
    assert refused(answer) == (422, "wrong_currency")
    rate = {
        "invoice": "S1", "taken": amount("100.00"), "paid": amount("1100.00", "SEK"),
        "reason": "11.00",
    }  # fmt: skip
    done = api(MONEY, "POST", f"{path}/exchanges", rate)
    assert (done.status, done.body["left"]["value"]) == (200, "0.00")
    assert open_of(books, "S1") == "0.00"
    balances = api("debtors/api", "GET", "/v1/debtors/D1/statement").body["balances"]
    assert all(balance["balanced"] for balance in balances)
    again = api(MONEY, "POST", f"{path}/exchanges", rate)
    assert refused(again) == (422, "more_than_left")
    undone = api(MONEY, "POST", f"{path}/exchanges/undo", {"reason": "another debtor's"})
    assert (undone.status, undone.body["left"]["value"]) == (200, "100.00")
    assert open_of(books, "S1") == "1100.00"
    kinds = [e["kind"] for e in api(MONEY, "GET", path).body["history"]]
    assert kinds == ["payment", *["exchange"] * 4]
    nothing = api(MONEY, "POST", f"{path}/exchanges/undo", {"reason": "x"})
    assert refused(nothing) == (422, "not_exchanged")


def settle_sek(books):
    from datetime import date

    from kasstroom.invoices.usecases import NewInvoice, book
    from kasstroom.money import Money
    from kasstroom.settle import settle
    from tests.people import NOW

    new = NewInvoice("S1", "D1", date(2026, 8, 1), Money(110_000, "SEK"))
    settle(books, lambda: book(books, ORG, new, terms_days=30, now=NOW))


def test_a_refund_is_held_until_it_is_sent(api, books):
    money = received(books, "300.00", "F1")
    path = f"/v1/payments/{money.id}/refunds"
    asked = api(MONEY, "POST", path, {"amount": amount("50.00"), "reason": "te veel betaald"})
    assert (asked.status, asked.body["status"]) == (202, "requested")
    assert books.get(MoneyIn, ORG, "D1", money.id).refundable == eur("250.00")
    more = api(MONEY, "POST", path, {"amount": amount("250.01"), "reason": "x"})
    assert refused(more) == (422, "more_than_refundable")
    assert more.body["errors"][0]["pointer"] == "/body/amount/value"
    shown = api(MONEY, "GET", f"/v1/refunds/{asked.body['id']}").body
    assert shown["payment"] == money.id
    assert books.get(Refund, ORG, "D1", shown["id"]).status is RefundStatus.REQUESTED


def test_the_same_request_asks_for_one_refund(api, books):
    money = received(books, "300.00", "F1")
    path, body = f"/v1/payments/{money.id}/refunds", {"reason": "x"}
    first = api(MONEY, "POST", path, body, idempotency_key="one")
    again = api(MONEY, "POST", path, body, idempotency_key="one")
    assert first.body == again.body
    assert len(books.all_of(Refund, ORG, "D1")) == 1


def test_money_over_the_bank_is_not_refunded_through_a_provider(api, books):
    money = received(books, "300.00", "F1", source="bank")
    answer = api(MONEY, "POST", f"/v1/payments/{money.id}/refunds", {"reason": "x"})
    assert refused(answer) == (422, "not_through_a_provider")


def test_what_is_given_up_can_be_claimed_again(api, books):
    path = "/v1/invoices/F1"
    off = api("invoices/api", "POST", f"{path}/write-offs", {"reason": "bankrupt"})
    assert (off.status, off.body["state"], off.body["written_off"]["value"]) == (
        201, "written_off", "250.00",
    )  # fmt: skip
    assert not books.get(CreditAccount, ORG, "D1").open_by_due
    again = api("invoices/api", "POST", f"{path}/write-offs", {"reason": "bankrupt"})
    assert refused(again) == (422, "not_positive")
    back = api(
        "invoices/api", "POST", f"{path}/recoveries", {"amount": amount("100.00"), "reason": "plan"}
    )
    assert (back.body["open"]["value"], back.body["written_off"]["value"]) == ("100.00", "150.00")
    agrees(api)


def test_money_for_what_was_given_up_brings_it_back(api, books):
    api("invoices/api", "POST", "/v1/invoices/F1/write-offs", {"reason": "bankrupt"})
    received(books, "250.00", "F1")
    shown = api("invoices/api", "GET", "/v1/invoices/F1").body
    assert (shown["state"], shown["written_off"]["value"]) == ("paid", "0.00")
    kinds = [entry.kind for entry in books.all_of(Entry, ORG, "D1")]
    assert sorted(kinds) == sorted(
        [EntryKind.INVOICE, EntryKind.WRITE_OFF, EntryKind.RECOVERY, EntryKind.PAYMENT]
    )
    agrees(api)


def test_costs_are_paid_first_and_can_be_waived(api, books):
    charged = api(
        "invoices/api", "POST", "/v1/invoices/F1/charges",
        {"kind": "costs", "amount": amount("40.00"), "reason": "WIK"},
    )  # fmt: skip
    assert (charged.body["payable"]["value"], charged.body["open"]["value"]) == ("290.00", "250.00")
    received(books, "100.00", "F1")
    shown = api("invoices/api", "GET", "/v1/invoices/F1").body
    assert (shown["costs"]["value"], shown["open"]["value"]) == ("0.00", "190.00")
    waived = api(
        "invoices/api", "POST", "/v1/invoices/F1/charges",
        {"kind": "costs", "amount": amount("-1.00"), "reason": "x"},
    )  # fmt: skip
    assert refused(waived) == (422, "more_than_open")
    agrees(api)


def test_an_unknown_payment_is_not_there(api):
    for method, path, body in (
        ("GET", "/v1/payments/ent_nobody", None),
        ("POST", "/v1/payments/ent_nobody/refunds", {"reason": "x"}),
        ("GET", "/v1/refunds/rfd_nobody", None),
        ("POST", "/v1/unmatched-payments/unm_nobody/allocations", {"allocations": []}),
    ):
        assert api(MONEY, method, path, body).status == 404
