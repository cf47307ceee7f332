"""The overview counts by the rule of the detail: each invoice by the day it was delivered."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kasstroom.changes import Changes
from kasstroom.credit.model import CoverTerms, CreditAccount
from kasstroom.debtors.model import Listed
from kasstroom.insurance import portfolio
from kasstroom.insurance.model import Cover, CoverKind, CoverPeriod, CoverState, ListedCover
from kasstroom.insurance.reserve import Reserve
from kasstroom.insurance.views import cover_view
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.money import Money
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, eur

TODAY = NOW.date()
JUNE = date(2026, 6, 1)
PARTS = ("insured", "co_share", "uninsured")


class CountingBooks(MemoryBooks):
    """Counts what is read, by the kind of what is read."""

    def __init__(self) -> None:
        super().__init__()
        self.reads: Counter[str] = Counter()

    def find(self, kind, org, debtor="", id=""):
        self.reads[kind.__name__] += 1
        return super().find(kind, org, debtor, id)

    def all_of(self, kind, org, debtor):
        self.reads[f"all {kind.__name__}"] += 1
        return super().all_of(kind, org, debtor)

    def listing(self, kind, org, part="", *, after, limit):
        self.reads[f"list {kind.__name__}"] += 1
        return super().listing(kind, org, part, after=after, limit=limit)


def owing(books, number, invoices, periods=None, currency="EUR"):
    """A debtor with invoices (`issued_on`, minor); with `periods` also a cover of 90 percent."""
    opened: dict[date, int] = {}
    items = []
    for n, (issued_on, minor) in enumerate(invoices):
        due_on = issued_on + timedelta(days=30)
        kind = DocumentKind.INVOICE if minor > 0 else DocumentKind.CREDIT_NOTE
        money = Money(minor, currency)
        items.append(
            Invoice(ORG, number, f"{number}-{n}", kind, issued_on, due_on, money, money, NOW)
        )
        if currency == "EUR":
            opened[due_on] = opened.get(due_on, 0) + minor
    account = CreditAccount(ORG, number, open_by_due=opened)
    if periods is not None:
        last = periods[-1] if periods else None
        cover = Cover(
            ORG, number, f"cov_{number}", "pol", CoverKind.NAMED,
            CoverState.APPROVED if last else CoverState.REQUESTED, "i", 90, 60, 30,
            granted=last.limit if last else None, periods=tuple(periods),
        )  # fmt: skip
        terms = CoverTerms(cover.id, last.limit, 90, 60) if last else None
        account = replace(account, cover=terms)
        books.commit(Changes(create=(cover, ListedCover(ORG, number))))
    books.commit(Changes(create=(account, Listed(ORG, number, NOW), *items)))


def overview(books, **more):
    return portfolio.at_a_glance(books, ORG, TODAY, most=100, **more)


@pytest.mark.parametrize(
    ("issued_on", "insured"),
    [(JUNE - timedelta(1), "0.00"), (JUNE, "900.00"), (date(2026, 8, 1), "900.00")],
)
def test_what_was_delivered_before_the_first_day_is_not_insured(issued_on, insured):
    books = MemoryBooks()
    owing(books, "D1", [(issued_on, 100_000)], [CoverPeriod(eur("5000"), 90, JUNE)])
    (row,) = overview(books).rows
    assert (row.insured, row.exposure) == (eur(insured), eur("1000.00"))
    assert ("under_insured" in row.signals) is (insured == "0.00")
    view = cover_view(books, ORG, "D1", TODAY)
    assert (view.at_a_glance, view.invoices[0].insured) == (row, eur(insured))


def test_a_cover_that_was_only_asked_for_insures_nothing():
    books = MemoryBooks()
    owing(books, "D1", [(JUNE, 100_000)], [])
    (row,) = overview(books).rows
    assert (row.uninsured, row.cover_state) == (eur("1000.00"), "requested")
    assert row.signals == ("uninsured",)


DAYS = st.integers(-60, 60).map(lambda n: JUNE + timedelta(days=n))
LEDGERS = st.lists(
    st.tuples(DAYS, st.integers(-60_000, 90_000).filter(bool)), max_size=6
)  # fmt: skip


@st.composite
def covers(draw):
    """None: no cover; else up to two periods, one after the other."""
    if draw(st.booleans()):
        return None
    begins = draw(DAYS)
    ends = draw(st.none() | st.integers(0, 60).map(lambda n: begins + timedelta(days=n)))
    first = CoverPeriod(Money(draw(st.integers(0, 150_000))), 90, begins, ends)
    if ends is None or draw(st.booleans()):
        return [first]
    next_one = CoverPeriod(Money(draw(st.integers(0, 150_000))), 80, ends + timedelta(days=1))
    return [first, next_one]


@given(st.lists(st.tuples(LEDGERS, covers()), max_size=6))
@settings(max_examples=60, deadline=None)
def test_the_details_add_up_to_the_overview(debtors):
    books = MemoryBooks()
    for n, (ledger, periods) in enumerate(debtors):
        owing(books, f"D{n}", ledger, periods)
    totals = overview(books).totals
    added = Counter()
    for n, (ledger, periods) in enumerate(debtors):
        if periods is None:
            added["uninsured"] += max(0, sum(minor for _, minor in ledger))
            continue
        for line in cover_view(books, ORG, f"D{n}", TODAY).invoices:
            for part in PARTS:
                added[part] += getattr(line, part).minor
    assert {part: getattr(totals, part).minor for part in PARTS} == {
        part: added[part] for part in PARTS
    }
    assert totals.exposure == totals.insured + totals.at_risk


def test_pages_add_up_and_one_call_reads_a_bounded_number(monkeypatch):
    """The bounds are made small here; what is asked of the books follows from them alone."""
    monkeypatch.setattr(portfolio, "PAGE", 10)
    monkeypatch.setattr(portfolio, "MOST_DEBTORS", 20)
    monkeypatch.setattr(portfolio, "MOST_LEDGERS", 5)
    books = CountingBooks()
    for n in range(47):
        periods = [CoverPeriod(eur("500"), 90, JUNE)] if n % 3 else None
        owing(books, f"D{n:03}", [(JUNE + timedelta(days=n - 20), 100_000)], periods)
    pages, cursor = [], ""
    while cursor is not None:
        books.reads.clear()
        page = overview(books, after=cursor)
        assert books.reads["all Invoice"] <= 5
        assert books.reads["CreditAccount"] <= 20
        assert books.reads["Cover"] <= 20
        assert books.reads["list Listed"] + books.reads["list ListedCover"] <= 2 * 3
        pages.append(page)
        assert page.next_cursor is None or page.next_cursor > cursor
        cursor = page.next_cursor
    seen = [row.debtor for page in pages for row in page.rows]
    assert sorted(seen) == [f"D{n:03}" for n in range(47)]
    insured = sum(page.totals.insured.minor for page in pages)
    assert insured == sum(45_000 for n in range(47) if n % 3 and n >= 20)


def test_debtors_with_nothing_open_cost_no_query():
    books = CountingBooks()
    for n in range(3):
        owing(books, f"D{n}", [], [CoverPeriod(eur("500"), 90, JUNE)])
    assert len(overview(books).rows) == 3
    assert books.reads["all Invoice"] == 0


def test_the_reserve_counts_what_no_cover_insures():
    books = MemoryBooks()
    books.commit(Changes(create=(Reserve(ORG),)))
    owing(books, "D1", [(JUNE - timedelta(1), 100_000)], [CoverPeriod(eur("5000"), 90, JUNE)])
    owing(books, "D2", [(JUNE, 100_000)], [CoverPeriod(eur("5000"), 90, JUNE)])
    uninsured, insured = (
        portfolio.self_insurance(books, ORG, TODAY, after).adequacy.expected_loss
        for after in ("", "D1")
    )
    assert uninsured.minor - insured.minor == 10 * insured.minor
