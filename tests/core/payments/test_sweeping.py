"""Attempts whose webhook did not come are asked after: past expiry, at 1, 26 and 72 hours, and
daily as long as somebody can still pay."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kasstroom.changes import Changes, Reference
from kasstroom.payments.model import AttemptState, PaymentAttempt
from kasstroom.payments.sweeping import sweep
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, eur

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Asked(list):
    """`PaymentQueue` that remembers when; `now` moves by hand."""

    now = NOW

    def put(self, org, attempt_id, provider_id, provider="mollie"):
        assert (org, attempt_id, provider_id, provider) == (ORG, "att_1", "tr_1", "mollie")
        self.append(self.now - NOW)


def played(methods, expires_at, *, provider_id="tr_1", days=40):
    """When an attempt that nobody pays is asked after, and how it ends."""
    books, asked = MemoryBooks(), Asked()
    attempt = PaymentAttempt(
        ORG, "D1", "att_1", "lnk", "mollie", "k", eur("1.00"), AttemptState.OPEN, NOW,
        NOW + 20 * MINUTE, provider_id, expires_at=expires_at, methods=methods,
    )  # fmt: skip
    books.commit(Changes(create=(attempt, Reference(ORG, "attempt", "att_1", "D1", "att_1"))))
    while asked.now < NOW + days * DAY:
        found = books.get(PaymentAttempt, ORG, "D1", "att_1")
        if found.due is None:
            break
        asked.now = max(found.sweep_at, asked.now)
        sweep(books, asked, asked.now)
    return list(asked), books.get(PaymentAttempt, ORG, "D1", "att_1").state


def test_ideal_is_asked_after_past_its_expiry_and_at_1_26_and_72_hours():
    asked, state = played(("ideal",), NOW + 15 * MINUTE)
    assert asked == [20 * MINUTE, HOUR, 26 * HOUR, 72 * HOUR]
    assert state is AttemptState.EXPIRED


def test_a_session_that_outlasts_a_look_is_asked_after_past_its_end_too():
    asked, _ = played(("ideal",), NOW + HOUR)
    assert asked == [20 * MINUTE, HOUR, HOUR + 5 * MINUTE, 26 * HOUR, 72 * HOUR]


@pytest.mark.parametrize("expires_at", [None, NOW + 15 * MINUTE, NOW + 14 * DAY])
def test_a_bank_transfer_is_asked_after_daily_until_it_can_come_no_more(expires_at):
    asked, state = played(("ideal", "banktransfer"), expires_at)
    days = [look for look in asked if look >= 3 * DAY]
    assert days == [*(n * DAY for n in range(3, 14)), 14 * DAY + 5 * MINUTE]
    assert state is AttemptState.EXPIRED


def test_a_provider_that_says_never_is_not_asked_for_ever():
    asked, state = played((), NOW + 3650 * DAY)
    assert (len(asked) < 40, max(asked) < 40 * DAY) == (True, True)


def test_what_never_reached_its_provider_ends_without_a_question():
    asked, state = played(("ideal", "banktransfer"), None, provider_id="")
    assert (asked, state) == ([], AttemptState.EXPIRED)
