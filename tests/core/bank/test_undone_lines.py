"""A bank line taken out of the ledger after other things happened to its money: nothing is below
zero, and no invoice stays paid by money that is gone."""

from __future__ import annotations

from datetime import date

from kasstroom.access.model import Actor, Role
from kasstroom.credit.model import CreditAccount
from kasstroom.invoices.adjustments import NewAdjustment, give_up
from kasstroom.invoices.model import Invoice, InvoiceState
from kasstroom.invoices.usecases import NewInvoice, book
from kasstroom.money import Money
from kasstroom.payments import handling
from kasstroom.payments.handling import NewAllocations, NewExchange, Wanted
from kasstroom.payments.model import MoneyIn
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, eur
from tests.people import received as paid
from tests.received import check_balances, confirmed, opened, received, reopened, says

BEA = Actor("bea", (Role.CREDIT_MANAGER,))
F1, F2 = "F-2026-0001", "F-2026-0002"
"""Of D1: EUR 250.00 and EUR 100.00."""


def use(books, what, id, new):
    return settle(books, lambda: what(books, ORG, id, new, BEA, NOW))


def one(books, number):
    return books.get(Invoice, ORG, "D1", number)


def test_what_it_paid_in_another_currency_is_open_again():
    books = opened(MemoryBooks())
    new = NewInvoice("S1", "D1", date(2026, 8, 1), Money(8_000, "USD"))
    settle(books, lambda: book(books, ORG, new, terms_days=14, now=NOW))
    received(books, "", "50.00")
    confirmed(books, says(("D1", ())))
    (money,) = books.all_of(MoneyIn, ORG, "D1")
    exchange = NewExchange("S1", eur("50.00"), Money(8_000, "USD"), "1.60")
    use(books, handling.exchanged, money.id, exchange)
    assert one(books, "S1").state is InvoiceState.PAID
    books.events.clear()
    reopened(books)
    assert one(books, "S1").open == Money(8_000, "USD")
    account = books.get(CreditAccount, ORG, "D1")
    assert (account.unallocated, account.other_open) == ({}, {"USD": 8_000})
    news = [(e.TYPE, e.subject, e.reason) for e in books.events if e.TYPE == "invoice.reopened"]
    assert news == [("invoice.reopened", "S1", "bank_line_reopened")]


def test_what_other_money_paid_meanwhile_is_not_given_up_below_zero():
    """It brought back what was written off, was moved, and another payment came for that."""
    books = opened(MemoryBooks())
    use(books, give_up, F1, NewAdjustment("bankrupt"))
    received(books, "", "250.00")
    confirmed(books, says(("D1", (F1,))))
    (money,) = books.all_of(MoneyIn, ORG, "D1")
    wanted = NewAllocations((Wanted(F2, eur("100.00")),), "it was for this one")
    use(books, handling.reallocate, money.id, wanted)
    paid(books, "250.00", F1)
    reopened(books)
    assert (one(books, F1).open, one(books, F2).open) == (eur("0.00"), eur("100.00"))
    assert one(books, F1).state is InvoiceState.PAID
    check_balances(books)
