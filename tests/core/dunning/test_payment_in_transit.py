"""Somebody who is paying at this moment is not written to, and everybody who looks is told why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kasstroom.changes import Changes
from kasstroom.dunning.outlook import WAIT, outlook
from kasstroom.dunning.reasons import Why
from kasstroom.dunning.standing import PAYING_MINUTES, standing_of
from kasstroom.payments.model import AttemptState, PaymentAttempt
from tests.core.dunning.reminding import at, case_of, claimed
from tests.memory_books import MemoryBooks
from tests.people import ORG, debtor, eur, invoice, organisation

BEGUN = at("2026-09-22T10:00")
UNTIL = BEGUN + timedelta(minutes=PAYING_MINUTES)


@pytest.fixture
def books() -> MemoryBooks:
    books = MemoryBooks()
    organisation(books)
    debtor(books, "D1")
    invoice(books, "F1", "250.00", due_on=date(2026, 9, 10), now=at("2026-09-01T10:00"))
    attempt = PaymentAttempt(
        ORG, "D1", "pay_1", "lnk_1", "mollie", "key", eur("250.00"), AttemptState.OPEN, BEGUN,
        UNTIL,
    )  # fmt: skip
    books.commit(Changes(create=(attempt,)))
    return books


def told(books, now):
    standing = standing_of(books, ORG, "D1", now)
    return outlook(standing.case, standing.facts, now)


def test_the_reminder_waits_and_the_reason_stays_true_while_it_waits(books):
    assert claimed(books, BEGUN) is None
    assert case_of(books).next_action_at == UNTIL
    for minutes in (0, 14, PAYING_MINUTES - 1):
        seen = told(books, BEGUN + timedelta(minutes=minutes))
        assert (seen.does, seen.code, seen.at) == (WAIT, Why.PAYMENT_IN_TRANSIT, UNTIL)
    assert claimed(books, UNTIL) is not None
