"""The list behind a figure adds up to it, whatever page one is on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kasstroom.changes import Changes
from kasstroom.credit.decision import Decision, Outcome
from kasstroom.credit.model import CreditAccount
from kasstroom.debtors.model import Channel
from kasstroom.errors import NotFound
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.messages.model import Message, MessageState
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.reports import behind as window
from kasstroom.reports.behind import Reading, behind, first_lines
from kasstroom.reports.behind_figures import figure_of, is_counted
from kasstroom.reports.behind_lists import LISTS, RISKS, listing
from kasstroom.reports.contributions import contributions
from kasstroom.reports.reading_dashboard import Boards
from kasstroom.reports.sources import KnownFromBooks, source_of
from kasstroom.resolution.model import Dispute, DisputeReason
from tests.memory_books import MemoryBooks
from tests.memory_figures import MemoryFigures
from tests.people import NOW, ORG, debtor, invoice, organisation, received

TODAY = NOW.date()
COUNTED = (Invoice, CreditAccount, Message, Decision, Dispute)


@pytest.fixture(scope="module")
def world():
    """Four debtors: late, on time, with a credit note, with money too much."""
    books = MemoryBooks()
    organisation(books)
    for n in range(1, 5):
        debtor(books, f"D{n}", limit="1000.00")
    invoice(books, "F1", "2500.00", debtor="D1", due_on=date(2026, 3, 1))
    invoice(books, "F2", "400.00", debtor="D1", due_on=date(2026, 8, 20))
    invoice(books, "F3", "300.00", debtor="D2", due_on=date(2026, 9, 10))
    invoice(books, "F4", "90.00", debtor="D3", due_on=date(2026, 7, 1))
    invoice(books, "C1", "50.00", debtor="D3", kind=DocumentKind.CREDIT_NOTE)
    invoice(books, "F5", "80.00", debtor="D4", due_on=date(2026, 9, 1))
    received(books, "100.00", "F5", id="tr_1", debtor="D4", now=NOW - timedelta(days=2))
    received(books, "10.00", "F1", id="tr_2", debtor="D1", now=NOW - timedelta(days=30))
    held = replace(books.get(Invoice, ORG, "D1", "F2"), disputed_minor=15_000)
    dispute = Dispute(
        ORG, "D1", "dsp_1", "F2", Money(15_000), DisputeReason.DAMAGED, "", NOW, "debtor"
    )  # fmt: skip
    books.commit(Changes(create=(dispute, _message(), _decision()), update=(held,)))
    return books, _figures(books)


def _message() -> Message:
    return Message(
        ORG, "D1", "msg_1", "reminder", Channel.EMAIL, Language.NL, "a@b.example", ("F2",),
        Money(40_000), MessageState.READ, NOW, NOW, sent_at=NOW - timedelta(days=3),
    )  # fmt: skip


def _decision() -> Decision:
    zero = Money(0)
    return Decision(
        ORG, "D2", "dec_1", "r", "f", "WEB-1", Money(50_000), Outcome.REFER, (), (), "standard.1",
        None, zero, zero, zero, zero, NOW,
    )  # fmt: skip


def _figures(books: MemoryBooks) -> MemoryFigures:
    figures, known = MemoryFigures(), KnownFromBooks(books)
    for one in books.every(object):
        if type(one).__name__ in {*(k.__name__ for k in COUNTED), "Entry", "UnmatchedMoney"}:
            source = source_of(one).name
            figures.count(ORG, source, figures.seen(ORG, source), contributions(one, known))
    return figures


def reading(books) -> Reading:
    return Reading(books, ORG, "EUR", TODAY)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_adds_up_to_its_figure(world, name):
    books, figures = world
    board = Boards(figures, books).board(ORG, "EUR", TODAY)
    found, figure = behind(reading(books), listing(name)), figure_of(board, name)
    if figure is not None:
        own = found.count if is_counted(name) else found.total.minor if found.total else 0
        assert own == figure
    assert (found.cut, found.further) == (False, None)


def test_every_figure_of_the_first_view_is_more_than_nothing(world):
    """So that adding up to nothing proves nothing."""
    books, figures = world
    board = Boards(figures, books).board(ORG, "EUR", TODAY)
    named = ("open", "late", "due-soon", "received", "disputes", "reminders", "unmatched",
             "over-limit", "uncovered", "decisions-refer", "bucket-unallocated")  # fmt: skip
    assert all(figure_of(board, name) for name in named)


def test_the_oldest_first_with_what_is_to_know(world):
    late = behind(reading(world[0]), listing("late")).lines
    assert [(line.what, line.name) for line in late] == [
        ("F1", "Klant D1"), ("F4", "Klant D3"), ("F2", "Klant D1"),
    ]  # fmt: skip
    assert late[2].why == (("late", 12), ("disputed", 15_000))


def test_the_largest_risk_first_and_why(world):
    found = first_lines(reading(world[0]), RISKS, 1)
    (first,) = found.lines
    assert first.debtor == "D1" and found.count == 3
    codes = dict(first.why)
    assert codes["above_limit"] > 0 and codes["late"] == 184 and codes["uncovered"] > 0


def test_pages_and_windows_leave_nobody_out(world, monkeypatch):
    books, _ = world
    monkeypatch.setattr(window, "MOST_DEBTORS", 2)
    monkeypatch.setattr(window, "AT_ONCE", 2)
    monkeypatch.setattr(window, "PAGE", 1)
    whole = {line.what for line in behind(reading(books), listing("open")).lines}
    seen, cursor = [], ""
    for _ in range(20):
        page = behind(reading(books), listing("open"), cursor)
        seen += [line.what for line in page.lines]
        assert page.cut and page.looked_at == 2
        if page.further is None:
            break
        cursor = page.further
    assert page.further is None and sorted(seen) == ["", "C1", "F1", "F2", "F3", "F4"]
    assert whole <= set(seen)


@pytest.mark.parametrize("cursor", ["x", "1", "-1.D1", "1234567.D1", "1." + "D" * 81])
def test_a_cursor_of_somebody_else_s_is_no_page(world, cursor):
    with pytest.raises(NotFound):
        behind(reading(world[0]), listing("open"), cursor)


def test_an_unknown_list_is_not_found():
    with pytest.raises(NotFound):
        listing("bucket-nothing")


def test_another_currency_has_lists_of_its_own(world):
    books, _ = world
    dollars = Reading(books, ORG, "USD", TODAY)
    names = ("open", "received", "risks", "unmatched")
    assert [behind(dollars, listing(name)).count for name in names] == [0] * 4
