"""The statement of account adds up, whatever is in the books."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.debtors.statements import Age, account, account_of
from kasstroom.debtors.views import statement as recounted
from kasstroom.errors import NotFound
from kasstroom.invoices.model import DocumentKind
from kasstroom.money import Money
from kasstroom.payments.model import EntryKind
from kasstroom.time import day_of
from tests.memory_books import MemoryBooks
from tests.pages.statements import CREDITOR, DEBTOR, TODAY, an_account, entry, invoice
from tests.people import NOW, ORG, debtor, organisation, received
from tests.people import invoice as booked

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
INVOICES = st.builds(
    lambda at, minor, share, due_on, costs, disputed, currency: invoice(
        f"F{at}", minor, due_on, still_open=minor * share // 10, currency=currency,
        costs_minor=costs if minor > 0 else 0, disputed_minor=disputed,
    ),
    st.integers(0, 999), st.integers(-90_000, 90_000).filter(bool), st.integers(0, 10), DAYS,
    st.integers(0, 4000), st.integers(0, 5000), st.sampled_from(["EUR", "USD"]),
)  # fmt: skip
ENTRIES = st.builds(
    lambda at, minor, day, kind, currency: entry(
        f"e{at}", minor, day, kind=kind, currency=currency
    ),
    st.integers(0, 999), st.integers(-90_000, 0), DAYS, st.sampled_from(EntryKind),
    st.sampled_from(["EUR", "USD"]),
)  # fmt: skip


@given(st.lists(INVOICES, max_size=12), st.lists(ENTRIES, max_size=8))
def test_the_ages_and_the_sums_are_the_balance(invoices, entries):
    shown = account(CREDITOR, DEBTOR, invoices, entries, TODAY)
    assert shown.parts
    for part in shown.parts:
        assert sum(amount.minor for _, amount in part.ages) == part.balance.minor
        made_of = (part.principal, part.costs, part.interest, part.unallocated)
        assert sum(amount.minor for amount in made_of) == part.balance.minor
        assert [age for age, _ in part.ages] == list(Age)
        assert all(line.payable for line in part.lines)
        assert part.overdue.minor <= sum(max(0, line.payable.minor) for line in part.lines)
        assert all(shown.since < line.booked_on <= TODAY for line in part.moved)


def test_it_is_the_balance_of_the_ledger():
    books = MemoryBooks()
    organisation(books)
    debtor(books)
    booked(books, "F1", "250.00")
    booked(books, "F2", "100.00", due_on=date(2026, 10, 1))
    booked(books, "C1", "40.00", kind=DocumentKind.CREDIT_NOTE)
    received(books, "300.00", "F1")
    shown = account_of(books, ORG, "D1", day_of(NOW))
    (part,) = shown.parts
    (balance,) = recounted(ORG, "D1", list(books._items.values())).balances
    assert part.balance == balance.balance and balance.balanced
    assert part.unallocated == balance.unallocated
    assert [line.amount for line in part.moved] == [Money(30000)]
    with pytest.raises(NotFound):
        account_of(books, ORG, "D9", day_of(NOW))


@pytest.mark.parametrize(
    ("late", "age"),
    [
        (-5, Age.NOT_DUE), (0, Age.NOT_DUE), (1, Age.DAYS_1_30), (30, Age.DAYS_1_30),
        (31, Age.DAYS_31_60), (60, Age.DAYS_31_60), (61, Age.DAYS_61_90), (90, Age.DAYS_61_90),
        (91, Age.DAYS_OVER_90), (900, Age.DAYS_OVER_90),
    ],
)  # fmt: skip
def test_the_due_date_itself_is_not_late(late, age):
    shown = an_account((invoice("F1", 100, TODAY - timedelta(days=late)),), ())
    (part,) = shown.parts
    assert dict(part.ages)[age] == Money(100)
    assert part.lines[0].days_overdue == max(0, late)


def test_what_is_settled_is_left_out_and_a_year_is_a_year():
    shown = an_account()
    (part,) = shown.parts
    assert [line.number for line in part.lines][0] == "2026-0031" and len(part.lines) == 5
    assert shown.since == date(2025, 11, 21)
    assert [line.amount.minor for line in part.moved] == [2500, -20000, 20000, 50000, 9900]
    leap = account(CREDITOR, DEBTOR, (), (), date(2028, 2, 29))
    assert leap.since == date(2027, 2, 28)
    assert leap.parts[0].balance == Money(0)


def test_our_own_bookkeeping_is_no_payment():
    moved = an_account((), [entry("e1", -500, TODAY, kind=EntryKind.WRITE_OFF)]).parts[0].moved
    assert moved == ()


def test_an_invoice_whose_currency_is_another_has_a_part_of_its_own():
    shown = an_account((invoice("F1", 100, TODAY), invoice("F2", 200, TODAY, currency="USD")), ())
    assert [part.balance for part in shown.parts] == [Money(100), Money(200, "USD")]
