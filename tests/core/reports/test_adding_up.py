"""News of a change comes twice, late, at the same time as other news, or its reader dies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kasstroom.changes import Changes
from kasstroom.errors import Conflict, Unavailable
from kasstroom.invoices.model import Invoice
from kasstroom.payments.model import UnmatchedMoney
from kasstroom.reports import adding_up
from kasstroom.reports.contributions import COUNTED
from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.sources import News, source_named, source_of
from tests.core.reports.reminded import (
    INVOICE,
    MESSAGE,
    PAID,
    TODAY,
    UNPAID,
    books_with_a_reminder,
    count_all,
    counted,
    differences,
    refresh,
)  # fmt: skip
from tests.memory_figures import MemoryFigures
from tests.people import ORG, received


@pytest.fixture
def books():
    return books_with_a_reminder()


@pytest.fixture
def figures(books):
    return counted(books)


def test_counted_twice_is_counted_once(books, figures):
    before = dict(figures.cells(ORG, Measure))
    assert not refresh(books, figures, INVOICE)
    count_all(books, figures)
    assert figures.cells(ORG, Measure) == before
    assert differences(books, figures) == []


def test_a_name_says_where_its_entity_is(books):
    for entity in books.every(*COUNTED):
        source = source_of(entity)
        assert source_named(ORG, source.name, COUNTED) == source
        assert books.find(source.kind, ORG, source.debtor, source.id) == entity


def test_late_news_counts_what_is_true_now(books, figures):
    """The news of the invoice comes after it was paid, and that of its payment never."""
    received(books, "100.00", "F1")
    assert refresh(books, figures, INVOICE)
    settled = Cell(Measure.SETTLED, "EUR", TODAY, ("12",))
    assert figures.cells(ORG, [Measure.SETTLED]) == {settled: 10_000}
    count_all(books, figures)
    assert differences(books, figures) == []


def test_a_reminder_is_counted_again_when_its_invoice_is_paid(books, figures):
    assert figures.cells(ORG, [Measure.REMINDED]) == {UNPAID: 1}
    received(books, "100.00", "F1")
    refresh(books, figures, INVOICE)
    assert figures.cells(ORG, [Measure.REMINDED]) == {PAID: 1}


def test_a_reminder_that_was_counted_while_its_invoice_was_paid_for_a_moment(books, figures):
    """Paid and paid back before the news of either came in; news of the message came in between."""
    received(books, "100.00", "F1")
    refresh(books, figures, MESSAGE)
    paid = books.find(Invoice, ORG, "D1", "F1")
    books.commit(Changes(update=(replace(paid, open=paid.amount, settled_on=None),)))
    assert figures.cells(ORG, [Measure.REMINDED]) == {PAID: 1}
    adding_up.refresh_all(books, figures, [News(INVOICE, was_settled=True), News(INVOICE)])
    assert figures.cells(ORG, [Measure.REMINDED]) == {UNPAID: 1}


def test_who_dies_between_the_reminder_and_the_invoice_is_made_good(books, figures, monkeypatch):
    received(books, "100.00", "F1")
    count = figures.count

    def dies(org, source, before, after):
        if source == INVOICE.name:
            raise Unavailable("figures_unavailable", "It went away.")
        count(org, source, before, after)

    monkeypatch.setattr(figures, "count", dies)
    with pytest.raises(Unavailable):
        refresh(books, figures, INVOICE)
    monkeypatch.setattr(figures, "count", count)
    assert refresh(books, figures, INVOICE)
    count_all(books, figures)
    assert differences(books, figures) == []


def test_of_two_who_count_the_one_that_saw_older_books_counts_again(books, figures, monkeypatch):
    count, raced = figures.count, []

    def somebody_is_first(org, source, before, after):
        if not raced:
            raced.append(source)
            received(books, "100.00", "F1")
            refresh(books, figures, INVOICE)
        count(org, source, before, after)

    monkeypatch.setattr(figures, "count", somebody_is_first)
    refresh(books, figures, INVOICE)
    count_all(books, figures)
    assert raced and differences(books, figures) == []


def test_an_older_view_never_wins_when_all_is_as_before(books, figures):
    """Settled and open again: nothing differs for the second, who still says so."""
    older = figures.seen(ORG, INVOICE.name)
    refresh(books, figures, INVOICE)
    with pytest.raises(Conflict):
        figures.count(ORG, INVOICE.name, older, {})


def test_many_at_once_count_as_each_by_itself(books, figures):
    received(books, "100.00", "F1")
    sources = [News(source_of(entity)) for entity in books.every(*COUNTED)]
    alone = MemoryFigures()
    count_all(books, alone)
    assert adding_up.refresh_all(books, figures, [*sources, *reversed(sources)]) >= 4
    assert figures.cells(ORG, Measure) == alone.cells(ORG, Measure)
    assert figures.cells(ORG, [Measure.REMINDED]) == {PAID: 1}
    assert adding_up.refresh_all(books, figures, sources) == 0


def test_of_many_the_one_somebody_else_counted_is_counted_again(books, figures, monkeypatch):
    received(books, "100.00", "F1")
    count_many = figures.count_all

    def somebody_is_first(org, counts):
        refresh(books, figures, INVOICE)
        return count_many(org, counts)

    monkeypatch.setattr(figures, "count_all", somebody_is_first)
    adding_up.refresh_all(books, figures, [News(source_of(e)) for e in books.every(*COUNTED)])
    assert differences(books, figures) == []


def test_who_never_comes_first_says_so(books, figures, monkeypatch):
    def always(*_):
        raise Conflict("counted_meanwhile", "Somebody else counted this.")

    monkeypatch.setattr(figures, "count", always)
    with pytest.raises(Conflict):
        refresh(books, figures, INVOICE)


def test_what_is_not_in_the_books_any_more_counts_nothing(books, figures):
    received(books, "130.00", "F1")
    count_all(books, figures)
    money = next(iter(books.every(UnmatchedMoney)))
    assert figures.cells(ORG, [Measure.UNMATCHED])
    del books._items[(f"UNMATCHED#{ORG}", f"UNM#{money.id}")]
    assert refresh(books, figures, source_of(money))
    assert figures.cells(ORG, [Measure.UNMATCHED]) == {}
