"""Whichever way an invoice becomes paid or open again, it is told, once, in the same commit."""

from __future__ import annotations

from datetime import date

import pytest

from kasstroom.access.model import Actor, Role
from kasstroom.compliance.allocation import Order
from kasstroom.dunning.model import DunningCase
from kasstroom.errors import Refused
from kasstroom.invoices.adjustments import NewAdjustment, NewCharge, claim_again, give_up, put_on
from kasstroom.invoices.model import DocumentKind, Invoice, InvoiceState
from kasstroom.invoices.usecases import NewInvoice, book
from kasstroom.money import Money
from kasstroom.payments import handling
from kasstroom.payments.handling import NewAllocations, NewExchange, Wanted
from kasstroom.payments.loading import load
from kasstroom.payments.model import Entry
from kasstroom.payments.posting import Posted, changes_of
from kasstroom.payments.receiving import Incoming, Manners, receive
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, eur, invoice, received

BEA = Actor("bea", (Role.CREDIT_MANAGER,))


@pytest.fixture
def books():
    made = MemoryBooks()
    debtor(made)
    invoice(made, "F1", "250.00")
    made.events.clear()
    return made


def told(books):
    """Type, subject and reason of the news of invoices and reminding."""
    news = [e for e in books.events if e.TYPE.startswith(("invoice.", "dunning."))]
    books.events.clear()
    return [(e.TYPE, e.subject, getattr(e, "reason", "")) for e in news]


def one(books, number="F1"):
    return books.get(Invoice, ORG, "D1", number)


def do(books, use, id, new):
    return settle(books, lambda: use(books, ORG, id, new, BEA, NOW))


def placed(books, money, *wanted):
    allocations = tuple(Wanted(number, eur(value)) for number, value in wanted)
    return do(books, handling.reallocate, money.id, NewAllocations(allocations, "debtor phoned"))


def dollars(books, number="S1", minor=30_000):
    new = NewInvoice(number, "D1", date(2026, 8, 1), Money(minor, "USD"))
    settle(books, lambda: book(books, ORG, new, terms_days=14, now=NOW))
    books.events.clear()


def test_money_that_is_moved_pays_one_invoice_and_opens_the_other(books):
    money = received(books, "250.00", "F1")
    invoice(books, "F2", "250.00")
    books.events.clear()
    placed(books, money, ("F2", "250.00"))
    assert told(books) == [
        ("invoice.reopened", "F1", "reallocation"), ("invoice.paid", "F2", ""),
    ]  # fmt: skip
    assert one(books, "F2").settled_on == money.paid_on and one(books).settled_on is None
    placed(books, money, ("F2", "100.00"), ("F1", "150.00"))
    assert told(books) == [
        ("invoice.reopened", "F2", "reallocation"), ("invoice.partially_paid", "F1", ""),
    ]  # fmt: skip
    placed(books, money, ("F2", "100.00"), ("F1", "150.00"))
    assert told(books) == []


def test_money_in_another_currency_pays_as_any_other(books):
    settle(books, lambda: give_up(books, ORG, "F1", NewAdjustment("x"), BEA, NOW))
    dollars(books)
    money = received(books, "280.00")
    exchange = NewExchange("S1", eur("280.00"), Money(30_000, "USD"), "1.0714")
    do(books, handling.exchanged, money.id, exchange)
    assert told(books) == [("invoice.paid", "S1", ""), ("dunning.stopped", "D1", "paid")]
    assert one(books, "S1").settled_on == money.paid_on


def test_within_one_currency_a_cent_is_a_cent(books):
    money = received(books, "1.00")
    exchange = NewExchange("F1", eur("1.00"), eur("250.00"), "a good rate")
    with pytest.raises(Refused) as refused:
        do(books, handling.exchanged, money.id, exchange)
    assert refused.value.code == "same_currency"
    assert one(books).open == eur("250.00")


def test_what_is_given_up_stops_the_reminders_and_takes_its_charges_with_it(books):
    for kind, value in (("costs", "37.50"), ("interest", "2.10")):
        do(books, put_on, "F1", NewCharge(kind, eur(value), "law"))
    books.events.clear()
    do(books, give_up, "F1", NewAdjustment("bankrupt"))
    invoiced = one(books)
    assert (invoiced.state, invoiced.payable, invoiced.written_off_minor) == (
        InvoiceState.WRITTEN_OFF, eur("0.00"), 25_000,
    )  # fmt: skip
    assert ("invoice.written_off", "F1", "bankrupt") in told(books)
    assert books.get(DunningCase, ORG, "D1").items == ()
    waived = [e for e in books.all_of(Entry, ORG, "D1") if e.amount.minor < 0]
    assert {(e.kind, e.amount.value, e.by, e.reason) for e in waived} == {
        ("write_off", "-250.00", "bea", "bankrupt"), ("costs", "-37.50", "bea", "bankrupt"),
        ("interest", "-2.10", "bea", "bankrupt"),
    }  # fmt: skip
    do(books, claim_again, "F1", NewAdjustment("found money", eur("50.00")))
    assert told(books) == [("invoice.reopened", "F1", "recovery")]


def test_a_part_of_what_was_given_up_that_comes_after_all_is_a_part(books):
    do(books, give_up, "F1", NewAdjustment("bankrupt"))
    books.events.clear()
    received(books, "100.00", "F1")
    assert told(books) == [("invoice.partially_paid", "F1", "")]
    assert one(books).state is InvoiceState.WRITTEN_OFF


@pytest.mark.parametrize("value", ["0.00", "-1.00"])
def test_nothing_is_not_all_of_it(books, value):
    for use in (give_up, claim_again):
        with pytest.raises(Refused) as refused:
            do(books, use, "F1", NewAdjustment("x", eur(value)))
        assert refused.value.code == "not_positive"
    assert one(books).open == eur("250.00")


@pytest.mark.parametrize("principal_first", [True, False])
def test_after_exactly_the_principal_the_costs_stay_until_they_are_paid_or_waived(
    books, principal_first
):
    do(books, put_on, "F1", NewCharge("costs", eur("37.50"), "letter"))
    before = load(books, ORG, "D1", ("F1",))
    manners = Manners(Order.PRINCIPAL_ONLY if principal_first else Order.LEGAL)
    incoming = Incoming(ORG, "D1", eur("250.00"), "bank", "L1", "transfer", NOW.date(), ("F1",))
    posted, _ = receive(Posted(before), incoming, NOW, manners)
    books.commit(changes_of(before, posted, NOW))
    left = one(books)
    parts = (left.open.value, left.costs_minor, left.state)
    assert parts == (("0.00", 3_750) if principal_first else ("37.50", 0)) + ("partially_paid",)
    case = books.get(DunningCase, ORG, "D1")
    assert [item.open for item in case.items] == [eur("37.50")] and case.next_action_at
    books.events.clear()
    if principal_first:
        do(books, put_on, "F1", NewCharge("costs", eur("-37.50"), "goodwill"))
        assert told(books)[1:] == [("invoice.paid", "F1", ""), ("dunning.stopped", "D1", "paid")]
        waiver = [e for e in books.all_of(Entry, ORG, "D1") if e.reason == "goodwill"]
        assert [(e.kind, e.amount.value, e.by) for e in waiver] == [("costs", "-37.50", "bea")]


def test_a_credit_note_for_all_of_it_stops_the_reminders(books):
    invoice(books, "C1", "250.00", kind=DocumentKind.CREDIT_NOTE, credits="F1")
    news = told(books)
    assert ("invoice.credited", "F1", "") in news
    assert ("dunning.stopped", "D1", "credited") in news
