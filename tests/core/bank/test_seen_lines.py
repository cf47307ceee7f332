"""How sure a match is and why, on every line; and what waits too long is seen and told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kasstroom.access.model import Actor, Role
from kasstroom.bank.accounts import NameAccount, put
from kasstroom.bank.matching import AUTOMATIC_FROM
from kasstroom.bank.model import AccountKind, LineKind, LineState, QueuedLine
from kasstroom.bank.people import Why, set_aside
from kasstroom.bank.retrying import queue_due
from kasstroom.bank.seen import Wanted, seen_line, seen_page
from kasstroom.events.bank import BankLineOverdue
from kasstroom.settle import settle
from tests.bank_files import Jobs
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG
from tests.received import (
    ANNA,
    ID,
    OURS,
    confirmed,
    opened,
    received,
    reopened,
    run,
    says,
    stored,
)

B = "2026-08-31_B"
MANAGER = Actor("bea", (Role.CREDIT_MANAGER,))
LAST_DAY = date(2026, 9, 8)
AFTER = NOW.replace(day=8, hour=22)  # Midnight in Amsterdam.


@pytest.fixture
def memory():
    return opened(MemoryBooks())


def seen(memory, id=ID, now=NOW):
    return seen_line(memory, ORG, id, now)


def page(memory, now=NOW, **wanted):
    return seen_page(memory, ORG, Wanted(**wanted), now)


def overdue(memory):
    return [e for e in memory.events if isinstance(e, BankLineOverdue)]


def test_what_was_booked_by_itself_says_why(memory):
    received(memory, "F-2026-0001", "250.00")
    run(memory)
    line = seen(memory)
    assert line.score >= AUTOMATIC_FROM and {"invoice_number", "amount_exact"} <= set(line.why)
    assert page(memory).items == (line,) and page(memory).automatic_from == AUTOMATIC_FROM


def test_what_waits_shows_the_best_that_is_proposed(memory):
    received(memory, "", "250.00")
    received(memory, "niets", "7.31", id=B, counterparty_name="", counterparty_iban="")
    run(memory), run(memory, B)
    line = seen(memory)
    assert (line.score, line.why) == (line.proposals[0].score, line.proposals[0].why)
    assert (seen(memory, B).score, seen(memory, B).why) == (None, ())


def test_what_a_person_said_is_theirs(memory):
    received(memory, "", "250.00")
    run(memory)
    proposed = stored(memory).proposals[0]
    confirmed(memory, says(("D1", ("F-2026-0001",))))
    assert (seen(memory).score, seen(memory).why) == (proposed.score, (*proposed.why, "by_person"))
    reopened(memory)
    confirmed(memory, says(("D2", ("F-2026-0009",))))
    line = seen(memory)
    assert line.score < proposed.score and line.why[-1] == "by_person"
    received(memory, "", "9.00", id=B)
    settle(memory, lambda: set_aside(memory, ORG, B, Why("eigen"), ANNA, NOW))
    assert seen(memory, B).score is None


def test_money_on_a_g_account_is_told_apart(memory):
    kind = NameAccount("G", AccountKind.G_ACCOUNT)
    settle(memory, lambda: put(memory, ORG, OURS, kind, MANAGER))
    received(memory, "", "250.00")
    assert page(memory).items[0].account_kind is AccountKind.G_ACCOUNT


def test_overdue_is_seen_from_the_day_after_the_deadline(memory):
    received(memory, "", "250.00")
    run(memory)
    received(memory, "F-2026-0002", "100.00", id=B)
    run(memory, B)
    assert stored(memory).resolve_by == LAST_DAY
    before, after = AFTER - timedelta(seconds=1), AFTER
    assert not seen(memory, now=before).overdue and page(memory, before, overdue=True).items == ()
    (late,) = page(memory, after, overdue=True).items
    assert late.id == ID and late.overdue
    assert [line.overdue for line in page(memory, after).items] == [True, False]


def retried(memory, now):
    jobs = Jobs()
    queue_due(memory, jobs, now)
    return jobs.ids


def test_a_deadline_that_passes_is_told_once_and_changes_no_try(memory):
    received(memory, "", "250.00")
    run(memory)
    while (due := memory.get(QueuedLine, ORG, id=ID).next_try_at) < AFTER:
        retried(memory, due)
    assert not overdue(memory)
    assert retried(memory, AFTER) == [], "telling is no try"
    (told,) = overdue(memory)
    assert (told.subject, told.owner, told.resolve_by) == (ID, "credit_management", LAST_DAY)
    assert memory.get(QueuedLine, ORG, id=ID).next_try_at == due
    for days in range(1, 40):
        retried(memory, AFTER + timedelta(days=days))
    assert len(overdue(memory)) == 1


def test_a_line_of_a_person_has_a_deadline_of_its_own(memory):
    received(memory, "F-2026-0002", "100.00")
    run(memory)
    reopened(memory)
    assert retried(memory, AFTER) == []
    assert [told.owner for told in overdue(memory)] == ["anna"]
    confirmed(memory, says(("D1", ("F-2026-0001",))))
    assert memory.get(QueuedLine, ORG, id=ID).due is None


def test_what_is_resolved_in_time_is_never_overdue(memory):
    received(memory, "", "250.00")
    received(memory, "", "5.00", id=B, kind=LineKind.RETURN)
    run(memory)
    confirmed(memory, says(("D1", ("F-2026-0001",))))
    retried(memory, AFTER + timedelta(days=30))
    assert not overdue(memory) and seen(memory, B).state is LineState.OPEN
