"""Money that paid an invoice in another currency, and went back, or was never theirs."""

from __future__ import annotations

from datetime import date

import pytest

from kasstroom.access.model import Actor, Role
from kasstroom.credit.model import CreditAccount
from kasstroom.invoices.model import Invoice
from kasstroom.invoices.usecases import NewInvoice, book
from kasstroom.money import Money
from kasstroom.payments import handling
from kasstroom.payments.giving_back import Movement, give_back
from kasstroom.payments.handling import NewExchange
from kasstroom.payments.loading import load
from kasstroom.payments.model import EntryKind, MoneyIn
from kasstroom.payments.posting import Posted, changes_of
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, eur, invoice, received

BEA = Actor("bea", (Role.FINANCE,))


def usd(minor):
    return Money(minor, "USD")


@pytest.fixture
def books():
    """100.00 of EUR 150.00 on F1; the rest paid USD 60.00 of the USD 80.00 of S1."""
    made = MemoryBooks()
    debtor(made)
    invoice(made, "F1", "100.00")
    new = NewInvoice("S1", "D1", date(2026, 8, 1), usd(8_000))
    settle(made, lambda: book(made, ORG, new, terms_days=14, now=NOW))
    money = received(made, "150.00", "F1")
    exchange = NewExchange("S1", eur("50.00"), usd(6_000), "1.20")
    settle(made, lambda: handling.exchanged(made, ORG, money.id, exchange, BEA, NOW))
    return made


def money_of(books):
    (money,) = books.all_of(MoneyIn, ORG, "D1")
    return money


def taken_back(books, value):
    money = money_of(books)
    gone = Movement(EntryKind.CHARGEBACK, eur(value), "mollie", f"chb_{value}", NOW, "AC04")

    def plan():
        before = load(books, ORG, "D1", money.pays, (money,))
        posted = give_back(Posted(before), money, gone, NOW)
        return changes_of(before, posted, NOW), None

    settle(books, plan)


def standing(books):
    account = books.get(CreditAccount, ORG, "D1")
    opens = [books.get(Invoice, ORG, "D1", n).open.minor for n in ("F1", "S1")]
    assert account.open_minor == opens[0] and account.other_open.get("USD", 0) == opens[1]
    left = money_of(books).left.minor
    assert account.unallocated == ({"EUR": -left} if left else {})
    return (*opens, left)


@pytest.mark.parametrize(
    ("value", "after"),
    [
        ("40.00", (4_000, 2_000, 0)),
        ("100.00", (10_000, 2_000, 0)),
        ("125.00", (10_000, 5_000, 0)),
        ("130.01", (10_000, 5_601, 0)),
        ("150.00", (10_000, 8_000, 0)),
        ("200.00", (10_000, 8_000, -5_000)),
    ],
)
def test_what_is_taken_back_opens_the_other_currency_last(books, value, after):
    assert standing(books) == (0, 2_000, 0)
    books.events.clear()
    taken_back(books, value)
    assert standing(books) == after
    told = {(e.TYPE, e.subject) for e in books.events}
    assert ("invoice.reopened", "F1") in told


def test_it_can_be_taken_back_in_parts(books):
    for value in ("120.00", "10.00", "20.00"):
        taken_back(books, value)
    assert standing(books) == (10_000, 8_000, 0) and money_of(books).exchanged == ()
