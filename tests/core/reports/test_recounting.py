"""Counted again from nothing: what differs is found, told and put right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kasstroom.changes import Changes
from kasstroom.messages.model import Message
from kasstroom.payments.model import Entry
from kasstroom.reports.figure_store import Seen
from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.recounting import afresh, compare, recount
from kasstroom.reports.sheet import sheet_of
from kasstroom.reports.sources import Source
from tests.core.reports.reminded import (
    PAID,
    UNPAID,
    books_with_a_reminder,
    counted,
    differences,
)  # fmt: skip
from tests.memory_figures import MemoryFigures
from tests.people import ORG


@pytest.fixture
def books():
    return books_with_a_reminder()


@pytest.fixture
def figures(books):
    return counted(books)


def test_a_recount_of_figures_that_agree(books, figures):
    found = recount(books, figures)
    assert found.organisations == 1 and found.cells > 5
    assert (found.differing, found.late, found.faults, found.left) == ((), 0, 0, 0)


def test_a_recount_counts_what_was_never_told(books):
    figures = MemoryFigures()
    found = recount(books, figures)
    assert len(found.differing) == found.cells and found.late >= 3 and not found.faults
    assert differences(books, figures) == []


def test_a_recount_takes_out_what_is_gone(books, figures):
    figures.count(ORG, Source(Entry, ORG, "D1", "ent_gone").name, Seen(), {UNPAID: 5})
    assert [one.kept - one.counted for one in recount(books, figures).differing] == [5]
    assert differences(books, figures) == []


def test_a_cell_that_is_not_the_sum_of_its_sources_is_put_right(books, figures):
    cell = Cell(Measure.OPEN, "EUR", None, ("invoice", "2026-08-20"))
    figures.put(ORG, {cell: 7, UNPAID: -1})
    found = recount(books, figures)
    told = {one.cell: (one.kept, one.counted) for one in found.differing}
    assert told == {cell: (10_007, 10_000), UNPAID: (0, 1)}
    assert (found.late, found.faults, found.left) == (0, 2, 0)
    assert differences(books, figures) == []
    assert recount(books, figures).differing == ()


def test_a_sheet_that_moves_meanwhile_waits_for_the_next_recount(books, figures, monkeypatch):
    figures.put(ORG, {PAID: 3})
    put_right = figures.put_right

    def moves_first(org, kept, cells):
        if kept.sheet == sheet_of(PAID):
            figures.put(ORG, {PAID: 0})
        put_right(org, kept, cells)

    monkeypatch.setattr(figures, "put_right", moves_first)
    found = recount(books, figures)
    assert (found.faults, found.left) == (0, 1)
    monkeypatch.setattr(figures, "put_right", put_right)
    assert recount(books, figures).faults == 1
    assert differences(books, figures) == []


def test_organisations_are_counted_apart(books, figures):
    other = replace(next(iter(books.every(Message))), org="other")
    books.commit(Changes(create=(other,)))
    found = afresh(books)
    assert set(found) == {ORG, "other"}
    assert recount(books, figures).organisations == 2
    assert compare(figures, "other", found["other"]) == []
    assert found["other"][UNPAID] == 1
