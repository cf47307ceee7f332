"""The worklist of money: what is due first comes first, sums per currency, and both sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kasstroom.bank.model import LineKind
from kasstroom.bank.usecases import Ways
from kasstroom.changes import Changes
from kasstroom.money import Money
from kasstroom.payments.differences import Difference, DifferenceKind, differs
from kasstroom.payments.model import UnmatchedMoney, WorkState
from kasstroom.payments.reported import NewsKind, ProviderNews
from kasstroom.work import money_list as listing
from kasstroom.work.money_line import line_case
from kasstroom.work.money_list import MoneyKind, money_list, next_one
from kasstroom.work.money_sides import gap, ours, theirs
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, eur
from tests.received import confirmed, opened, received, reopened, run, says

LATER = NOW + timedelta(days=9)


@pytest.fixture
def books():
    """Two lines that wait, one of another currency; money left of D1, and a difference."""
    found = opened(MemoryBooks())
    received(found, "", "10.00", id="2026-08-31_A")
    received(found, "", "-3.00", id="2026-08-31_B", kind=LineKind.RETURN)
    run(found, "2026-08-31_A")
    run(found, "2026-08-31_B", now=NOW + timedelta(days=3))
    dollars = replace(found.find(listing.QueuedLine, ORG, id="2026-08-31_A"), id="2026-08-31_C")
    left = UnmatchedMoney(
        ORG, "D1", "unm_1", eur("7.00"), "ent_1", "overpaid", NOW, "credit_management",
        (NOW + timedelta(days=1)).date(),
    )  # fmt: skip
    more = replace(dollars, version=0, amount=Money(500, "USD"))
    found.commit(Changes(create=(more, left)))
    told = ProviderNews(NewsKind.PAYMENT, "tr_1", "tr_1", eur("9.00"), NOW, True)
    differs(found, ORG, "mollie", told, DifferenceKind.AMOUNT, eur("4.50"), NOW)
    return found


def test_sums_are_per_currency_and_per_direction(books):
    sums = money_list(books, ORG, NOW).sums
    lines = sums[MoneyKind.LINE]
    assert (lines.count, lines.late) == (3, 0)
    assert lines.came == (eur("10.00"), Money(500, "USD")) and lines.went == (eur("3.00"),)
    assert sums[MoneyKind.PAYMENT].came == (eur("7.00"),)
    assert sums[MoneyKind.DIFFERENCE].came == (eur("4.50"),)


def test_what_is_due_first_comes_first_and_what_is_late_is_told(books):
    found = money_list(books, ORG, LATER)
    places = [row.piece.place for row in found.items]
    assert places == sorted(places) and [row.piece.id for row in found.items][0] == "ent_1"
    assert sum(row.late for row in found.items) >= 3 and found.sums[MoneyKind.PAYMENT].late == 1
    assert next_one(books, ORG, LATER) == found.items[0]


def test_a_page_goes_on_where_the_one_before_ended(books):
    seen, after = [], ""
    while True:
        found = money_list(books, ORG, NOW, after=after, limit=1)
        seen += [row.piece.id for row in found.items]
        if found.next_cursor is None:
            break
        after = found.next_cursor
    # The third line has no line behind it: like one of a statement that was never accepted.
    whole = [row.piece.id for row in money_list(books, ORG, NOW).items]
    assert seen == whole and len(set(whole)) == 4
    only = money_list(books, ORG, NOW, kind=MoneyKind.DIFFERENCE).items
    assert [row.piece.kind for row in only] == [MoneyKind.DIFFERENCE]


def test_what_is_settled_and_other_organisations_are_not_on_it(books):
    item = books.get(UnmatchedMoney, ORG, id="unm_1")
    books.commit(Changes(update=(replace(item, state=WorkState.RESOLVED),)))
    assert money_list(books, ORG, NOW).sums[MoneyKind.PAYMENT].count == 0
    assert money_list(books, "other", NOW).items == () and next_one(books, "other", NOW) is None


def test_more_than_a_page_looks_at_is_told(books, monkeypatch):
    monkeypatch.setattr(listing, "MOST_LOOKED_AT", 2)
    found = money_list(books, ORG, NOW)
    assert found.cut and found.sums[MoneyKind.LINE].count == 2


@pytest.mark.parametrize(
    ("kind", "mine", "sides", "differ"),
    [
        (DifferenceKind.AMOUNT, "4.00", ("9.00", "4.00"), "5.00"),
        (DifferenceKind.NOT_IN_LEDGER, None, ("9.00", None), "9.00"),
        (DifferenceKind.NOT_AT_PROVIDER, "9.00", (None, "9.00"), "9.00"),
        (DifferenceKind.NOT_AT_PROVIDER, None, (None, "9.00"), "9.00"),
    ],
)
def test_both_sides_of_a_difference(books, kind, mine, sides, differ):
    (d,) = books.listing(Difference, ORG, after="", limit=9)
    d = replace(d, kind=kind, ours=eur(mine) if mine else None)
    assert tuple(m.value if m else None for m in (theirs(d), ours(d))) == sides
    assert gap(d).value == differ


def test_a_line_tells_what_was_booked_and_taken_back_before():
    books = opened(MemoryBooks())
    received(books, "", "250.00")
    run(books)
    confirmed(books, says(("D1", ("F-2026-0001",), eur("150.00")), ("D2", (), eur("100.00"))))
    reopened(books)
    confirmed(books, says(("D1", ("F-2026-0001",))))
    case = line_case(books, ORG, "2026-08-31_A", Ways())
    told = [(s.kind.value, s.debtor, s.amount.value) for s in case.history]
    assert sorted(told) == [
        ("payment", "D1", "150.00"), ("payment", "D1", "250.00"), ("payment", "D2", "100.00"),
        ("transfer", "D1", "150.00"), ("transfer", "D2", "100.00"),
    ]  # fmt: skip
    assert [(s.debtor, s.invoices) for s in case.now_booked] == [("D1", ("F-2026-0001",))]
    assert {s.reason for s in case.history if s.by} == {"verkeerd"}
