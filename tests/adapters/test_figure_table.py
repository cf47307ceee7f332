"""What a store of figures owes its callers: the table and its twin in memory alike."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from kasstroom.errors import Conflict, Unavailable
from kasstroom.reports.figure_store import Count, Seen
from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.sheet import sheet_of
from kasstroom.settings import FigureSettings
from kasstroom_aws import figure_table
from kasstroom_aws.clients import client
from kasstroom_aws.figure_table import FigureTable
from tests.memory_figures import MemoryFigures
from tests.tables import create_figure_table

ORG = "vandijk"
DAY = date(2026, 9, 1)
OPEN = Cell(Measure.OPEN, "EUR", None, ("invoice", "2026-09-30"))
MOVED = Cell(Measure.OPEN_MOVED, "EUR", DAY, ("invoice", "2026-09-30"))
BOOKED = Cell(Measure.BOOKED, "EUR", DAY, ("payment",))
ODD = Cell(Measure.DECISIONS, "", DAY, ("a|b#c=d é", "approved"))
WITHOUT_PARTS = Cell(Measure.UNALLOCATED, "JPY")
ALL = tuple(Measure)


def name(debtor="D1", id="ent_1", kind="Entry"):
    return f"{debtor}\x1f{kind}\x1f{id}"


@pytest.fixture
def table(aws):
    create_figure_table("figures")
    return FigureTable(FigureSettings("figures"))


@pytest.fixture(params=["table", "memory"])
def store(request):
    return request.getfixturevalue("table") if request.param == "table" else MemoryFigures()


def test_what_was_never_counted_is_nothing(store):
    assert store.seen(ORG, name()) == Seen()
    assert store.cells(ORG, ALL) == {} and store.sheets(ORG) == []
    assert list(store.counted(ORG)) == []


def test_sources_add_up(store):
    store.count(ORG, name(id="1"), Seen(), {OPEN: 100, MOVED: 100, ODD: 1})
    store.count(ORG, name(id="2"), Seen(), {OPEN: -40, BOOKED: -40, WITHOUT_PARTS: -3})
    assert store.cells(ORG, ALL) == {
        OPEN: 60, MOVED: 100, BOOKED: -40, ODD: 1, WITHOUT_PARTS: -3
    }  # fmt: skip
    assert store.cells(ORG, [Measure.BOOKED]) == {BOOKED: -40}
    assert store.cells("other", ALL) == {}


def test_counted_again_only_the_difference_moves(store):
    store.count(ORG, name(), Seen(), {OPEN: 100, ODD: 1})
    first = store.seen(ORG, name())
    assert first == Seen(1, {OPEN: 100, ODD: 1})
    store.count(ORG, name(), first, {OPEN: 70, BOOKED: -30})
    assert store.cells(ORG, ALL) == {OPEN: 70, BOOKED: -30}
    store.count(ORG, name(), store.seen(ORG, name()), {})
    assert store.cells(ORG, ALL) == {}
    assert store.seen(ORG, name()) == Seen(3, {})


def test_who_saw_an_older_count_is_refused_and_nothing_moves(store):
    store.count(ORG, name(), Seen(), {OPEN: 100})
    for _ in range(2):
        with pytest.raises(Conflict):
            store.count(ORG, name(), Seen(), {OPEN: 100})
    with pytest.raises(Conflict):
        store.count(ORG, name(), Seen(7, {OPEN: 100}), {OPEN: 50})
    assert store.cells(ORG, ALL) == {OPEN: 100}


def test_the_same_again_is_a_new_revision(store):
    """Or who still holds an older view of the entity could count it."""
    store.count(ORG, name(), Seen(), {OPEN: 100})
    store.count(ORG, name(), store.seen(ORG, name()), {OPEN: 100})
    assert store.seen(ORG, name()).revision == 2
    assert store.cells(ORG, ALL) == {OPEN: 100}


def test_daily_figures_are_read_from_a_day_on_and_stocks_whole(store):
    days = [date(2026, 8, 31), DAY, date(2026, 9, 2)]
    booked = {Cell(Measure.BOOKED, "EUR", day, ("payment",)): -1 for day in days}
    store.count(ORG, name(), Seen(), booked | {OPEN: 5})
    found = store.cells(ORG, [Measure.BOOKED, Measure.OPEN], since=DAY)
    assert {cell.on for cell in found} == {DAY, days[2], None}


def test_sources_are_found_by_debtor(store):
    for debtor, id in (("D1", "1"), ("D1", "2"), ("D10", "1"), ("", "1")):
        store.count(ORG, name(debtor, id), Seen(), {OPEN: 1})
    store.count("other", name("D1"), Seen(), {OPEN: 1})
    assert [n for n, _ in store.counted(ORG, "D1")] == [name("D1", "1"), name("D1", "2")]
    assert len(dict(store.counted(ORG))) == 4


def test_a_sheet_is_put_right_unless_it_moved(store):
    store.count(ORG, name(), Seen(), {OPEN: 100, BOOKED: 9})
    kept = next(one for one in store.sheets(ORG) if one.sheet == sheet_of(OPEN))
    store.put_right(ORG, kept, {OPEN: 90})
    assert store.cells(ORG, ALL) == {OPEN: 90, BOOKED: 9}
    with pytest.raises(Conflict):
        store.put_right(ORG, kept, {OPEN: 80})
    assert store.cells(ORG, ALL) == {OPEN: 90, BOOKED: 9}


def test_many_sources_are_counted_together_each_once(store):
    counts = [Count(name(id=str(n)), Seen(), {OPEN: n, BOOKED: 1}) for n in range(130)]
    assert store.count_all(ORG, counts) == []
    assert store.cells(ORG, ALL) == {OPEN: sum(range(130)), BOOKED: 130}
    seen = store.seen_all(ORG, [one.source for one in counts] + [name(id="unknown")])
    assert seen[name(id="7")] == Seen(1, {OPEN: 7, BOOKED: 1})
    assert seen[name(id="unknown")] == Seen() and len(seen) == 131
    again = [Count(one.source, seen[one.source], {OPEN: 1}) for one in counts]
    assert store.count_all(ORG, again) == []
    assert store.cells(ORG, ALL) == {OPEN: 130}


def test_of_many_sources_only_those_counted_meanwhile_are_refused(store):
    store.count(ORG, name(id="1"), Seen(), {OPEN: 5})
    counts = [Count(name(id=str(n)), Seen(), {OPEN: 100}) for n in range(3)]
    assert store.count_all(ORG, counts) == [name(id="1")]
    assert store.cells(ORG, ALL) == {OPEN: 205}


def test_sources_that_cancel_each_other_out_are_remembered(store):
    counts = [Count(name(id=str(n)), Seen(), {OPEN: n, ODD: 1}) for n in (-1, 1)]
    assert store.count_all(ORG, counts) == []
    assert store.cells(ORG, ALL) == {ODD: 2}
    assert store.seen(ORG, name(id="1")).cells == {OPEN: 1, ODD: 1}


def test_a_source_too_large_for_one_transaction_among_others(store):
    counts = [
        Count(name(id="1"), Seen(), {OPEN: 1}),
        Count(name(id="2"), Seen(), many(150)),
        Count(name(id="3"), Seen(), {OPEN: 1}),
    ]
    assert store.count_all(ORG, counts) == []
    assert store.cells(ORG, ALL) == {**many(150), OPEN: 2}


def many(days):
    first = date(2024, 1, 1).toordinal()
    on = [date.fromordinal(first + n) for n in range(days)]
    return {Cell(Measure.BOOKED, "EUR", day, ("payment",)): n + 1 for n, day in enumerate(on)}


@pytest.mark.parametrize("days", [99, 100, 250])
def test_what_moves_more_than_a_transaction_holds_is_counted_once(store, days):
    store.count(ORG, name(), Seen(), many(days))
    assert store.cells(ORG, ALL) == many(days)
    assert store.seen(ORG, name()).cells == many(days)


def test_a_crash_between_two_transactions_counts_nothing_twice(table, monkeypatch):
    writes, write = [], FigureTable._write

    def crashes(self, actions):
        if len(writes) == 2:
            raise Unavailable("figures_unavailable", "It went away.")
        writes.append(len(actions))
        write(self, actions)

    monkeypatch.setattr(FigureTable, "_write", crashes)
    with pytest.raises(Unavailable):
        table.count(ORG, name(), Seen(), many(250))
    monkeypatch.setattr(FigureTable, "_write", write)
    half = table.seen(ORG, name())
    assert writes == [100, 100] and half.revision == 2
    assert table.cells(ORG, ALL) == half.cells and len(half.cells) == 198
    table.count(ORG, name(), half, many(250))
    assert table.cells(ORG, ALL) == many(250)


def test_sheets_that_others_write_are_tried_again(table, monkeypatch):
    from botocore.exceptions import ClientError

    calls, real = [], client("dynamodb").transact_write_items

    def busy(**request):
        calls.append(1)
        if len(calls) < 3:
            told = {"CancellationReasons": [{"Code": "None"}, {"Code": "TransactionConflict"}]}
            raise ClientError(told, "TransactWriteItems")
        return real(**request)

    monkeypatch.setattr(figure_table.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(client("dynamodb"), "transact_write_items", busy, raising=False)
    table.count(ORG, name(), Seen(), {OPEN: 100})
    assert len(calls) == 3 and table.cells(ORG, ALL) == {OPEN: 100}


def test_of_many_who_count_at_once_each_counts_once(atomic, table):
    def add(worker):
        for nth in range(5):
            table.count(ORG, name(id=f"{worker}.{nth}"), Seen(), {OPEN: 1, BOOKED: 2})

    workers = [threading.Thread(target=add, args=(n,)) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert table.cells(ORG, ALL) == {OPEN: 20, BOOKED: 40}


def test_a_table_that_is_not_there_is_unavailable(aws):
    missing = FigureTable(FigureSettings("nowhere"))
    with pytest.raises(Unavailable):
        missing.seen(ORG, name())
    with pytest.raises(Unavailable):
        missing.count(ORG, name(), Seen(), {OPEN: 1})
