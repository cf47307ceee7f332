"""A line that waits is matched again by itself, as long as that can help."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.bank.model import LineKind, LineState, QueuedLine
from kasstroom.bank.next_try import UNTIL_DAYS, next_try
from kasstroom.bank.people import Why, set_aside
from kasstroom.bank.ports import LINES_PER_JOB
from kasstroom.bank.retrying import queue_due, take_in
from kasstroom.bank.usecases import Ways, match_whole
from kasstroom.changes import Changes, Reference
from kasstroom.errors import Conflict
from kasstroom.events.bank import BankLineWaiting
from kasstroom.invoices.model import InvoiceState
from kasstroom.payments.model import EntryKind
from kasstroom.payments.payouts import Settlement
from kasstroom.settle import settle
from kasstroom.time import day_of
from tests.bank_files import Jobs
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, eur, invoice
from tests.received import (
    ANNA,
    DAY,
    ID,
    check_balances,
    confirmed,
    entries,
    opened,
    received,
    reopened,
    run,
    says,
    state_of,
    stored,
)

HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
LATE = "F-2026-0003"


@pytest.fixture
def memory():
    return opened(MemoryBooks())


def place(memory, id=ID):
    return memory.get(QueuedLine, ORG, id=id)


def retried(memory, now, ways=Ways()):
    """One round of the schedule, and the worker on what it queued."""
    jobs = Jobs()
    assert queue_due(memory, jobs, now) == len(jobs.ids)
    for id in jobs.ids:
        match_whole(memory, ORG, id, now, ways)
    return jobs.ids


def test_the_invoice_comes_after_the_money_and_nobody_has_to_look(memory):
    received(memory, f"nota {LATE}", "75.00")
    run(memory)
    before = stored(memory)
    invoice(memory, LATE, "75.00")
    assert retried(memory, NOW + HOUR - timedelta(seconds=1)) == []
    assert stored(memory) == before and before.resolve_by
    assert retried(memory, NOW + HOUR) == [ID]
    assert stored(memory).state is LineState.MATCHED
    assert state_of(memory, LATE) is InvoiceState.PAID
    assert place(memory).due is None and retried(memory, NOW + 9 * A_DAY) == []
    check_balances(memory)


def test_a_try_in_vain_moves_neither_deadline_nor_line_and_tells_nobody_again(memory):
    received(memory, f"nota {LATE}", "75.00")
    run(memory)
    before, told = stored(memory), len(memory.events)
    for later in (HOUR, 7 * HOUR, 31 * HOUR):
        assert retried(memory, NOW + later) == [ID]
        assert retried(memory, NOW + later) == [], "one try, however often the round comes"
    assert stored(memory) == before and len(memory.events) == told
    assert place(memory).tries == 3
    assert len([e for e in memory.events if isinstance(e, BankLineWaiting)]) == 1


def test_other_proposals_leave_the_deadline_and_the_count(memory):
    received(memory, "", "75.00")
    run(memory)
    assert stored(memory).proposals[0].invoices == ()
    invoice(memory, LATE, "75.00")
    retried(memory, NOW + HOUR)
    line = stored(memory)
    assert line.proposals[0].invoices == (LATE,)
    assert line.state is LineState.PROPOSED and line.resolve_by == date(2026, 9, 8)
    assert (place(memory).tries, place(memory).next_try_at) == (1, NOW + 7 * HOUR)


def test_it_ends_five_weeks_after_the_booking(memory):
    received(memory, f"nota {LATE}", "75.00")
    run(memory)
    now, tried = NOW, []
    for _ in range(24 * (UNTIL_DAYS + 10)):
        now += HOUR
        if retried(memory, now):
            tried.append(now)
    assert 30 <= len(tried) <= 2 + UNTIL_DAYS
    last = DAY + timedelta(days=UNTIL_DAYS)
    assert last - A_DAY <= day_of(tried[-1]) <= last
    assert place(memory).next_try_at is None
    assert stored(memory).state in (LineState.OPEN, LineState.PROPOSED) and stored(memory).owner


def test_a_payout_before_its_settlement(memory):
    received(
        memory, "1234567.2608.03", "300.00", kind=LineKind.PAYOUT,
        counterparty_name="Stichting Mollie Payments",
    )  # fmt: skip
    run(memory)
    assert stored(memory).note == "settlement_not_found"
    known = Settlement(
        ORG, "2026-08-31_stl_1", "mollie", "1234567.2608.03", eur("300.00"), eur("301.00"),
        eur("1.00"), DAY, 2, 0,
    )  # fmt: skip
    name = Reference(ORG, "settlement", known.reference, "", known.id)
    memory.commit(Changes(create=(known, name)))
    assert retried(memory, NOW + HOUR) == [ID]
    assert stored(memory).state is LineState.CLEARED
    assert memory.get(Settlement, ORG, id=known.id).line_id == ID


def test_a_person_who_is_first_wins(memory):
    received(memory, f"nota {LATE}", "75.00")
    run(memory)
    invoice(memory, LATE, "75.00")
    jobs = Jobs()
    queue_due(memory, jobs, NOW + HOUR)
    confirmed(memory, says(("D2",)))
    assert match_whole(memory, ORG, ID, NOW + HOUR, Ways()) is LineState.MATCHED
    assert state_of(memory, LATE) is InvoiceState.OPEN
    assert len(entries(memory, EntryKind.PAYMENT, "D2")) == 1
    assert retried(memory, NOW + 9 * A_DAY) == []


def test_a_person_between_reading_and_writing_of_a_round(memory):
    """The round's write is refused, it looks again and leaves the line alone."""
    received(memory, f"nota {LATE}", "75.00")
    run(memory)
    commit, first = memory.commit, []

    def interrupted(changes):
        if not first:
            first.append(settle_aside())
        commit(changes)

    def settle_aside():
        first.append(True)
        return settle(memory, lambda: set_aside(memory, ORG, ID, Why("eigen"), ANNA, NOW))

    memory.commit = interrupted
    jobs = Jobs()
    assert queue_due(memory, jobs, NOW + HOUR) == 0 and jobs.ids == []
    assert stored(memory).state is LineState.SET_ASIDE


def test_what_a_person_opened_again_is_not_booked_again_by_itself(memory):
    received(memory, "F-2026-0001", "250.00")
    run(memory)
    reopened(memory)
    assert run(memory) is LineState.PROPOSED, "not even when its message comes again"
    assert match_whole(memory, ORG, ID, NOW, Ways()) is LineState.PROPOSED
    assert retried(memory, NOW + 9 * A_DAY) == [] and stored(memory).owner == "anna"
    assert take_in(memory, ORG, NOW) == 0


def test_a_round_in_the_middle_of_another_queues_nothing_twice(memory):
    received(memory, f"nota {LATE}", "75.00")
    run(memory)
    jobs, other = Jobs(), Jobs()
    stale = list(memory.due(place(memory).due.work, NOW + HOUR))
    queue_due(memory, jobs, NOW + HOUR)
    memory.due = lambda *_: iter(stale)
    assert queue_due(memory, other, NOW + HOUR) == 0 and jobs.ids == [ID]


def test_many_lines_go_in_messages_a_worker_can_take(memory):
    ids = [f"2026-08-31_{n:03d}" for n in range(2 * LINES_PER_JOB + 1)]
    for id in ids:
        received(memory, "", "1.23", id=id)
        run(memory, id)
    sizes = []

    class Sizes:
        def put(self, org, ids):
            sizes.append(len(ids))

    assert queue_due(memory, Sizes(), NOW + HOUR) == len(ids)
    assert sizes == [LINES_PER_JOB, LINES_PER_JOB, 1]


def test_a_queue_that_fails_loses_one_try_and_no_line(memory):
    received(memory, f"nota {LATE}", "75.00")
    run(memory)

    class Broken:
        def put(self, org, ids):
            raise ConnectionError

    with pytest.raises(ConnectionError):
        queue_due(memory, Broken(), NOW + HOUR)
    assert retried(memory, NOW + 7 * HOUR) == [ID]


def test_lines_that_wait_from_before_get_their_tries(memory):
    """As they were stored before lines were tried again; one is too old for it."""
    for id, on in ((ID, DAY), ("2026-07-20_B", date(2026, 7, 20))):
        line = received(memory, f"nota {LATE}", "75.00", id=id)
        run(memory, line.id)
        before = replace(place(memory, id), next_try_at=None, booked_on=on)
        memory.commit(Changes(update=(before,)))
    received(memory, "", "5.00", id="2026-08-31_C")
    assert take_in(memory, ORG, NOW + A_DAY) == 1
    assert take_in(memory, ORG, NOW + A_DAY) == 0
    invoice(memory, LATE, "75.00")
    assert retried(memory, NOW + A_DAY) == [ID]
    assert stored(memory).state is LineState.MATCHED


def test_two_workers_on_one_line_book_once(memory):
    from kasstroom.bank.usecases import match_line

    received(memory, f"nota {LATE}", "75.00")
    run(memory)
    invoice(memory, LATE, "75.00")
    first, _ = match_line(memory, ORG, ID, NOW, Ways())
    second, _ = match_line(memory, ORG, ID, NOW, Ways())
    memory.commit(first)
    with pytest.raises(Conflict):
        memory.commit(second)
    assert len(entries(memory, EntryKind.PAYMENT)) == 1


@given(st.integers(0, 200), st.integers(-5, 400))
def test_the_next_try_is_later_and_within_the_weeks(tries, age_days):
    at = next_try(tries, day_of(NOW) - timedelta(days=age_days), NOW)
    assert at is None or at >= NOW + HOUR
    if tries < 2:
        assert at is not None
    elif at:
        assert day_of(at) <= day_of(NOW) - timedelta(days=age_days - UNTIL_DAYS)
