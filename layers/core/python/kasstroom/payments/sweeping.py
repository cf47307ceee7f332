"""Attempts whose webhook should have come by now are looked at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes, Work
from kasstroom.payments.methods import longest_session
from kasstroom.payments.model import FINAL_ATTEMPTS, AttemptState, PaymentAttempt
from kasstroom.payments.ports import PaymentQueue
from kasstroom.ports import Books
from kasstroom.settle import settle

SWEEP_AGAIN_HOURS = (1, 26, 72)
PAST_EXPIRY = timedelta(minutes=5)
LONGEST = timedelta(days=30)


def sweep(books: Books, queue: PaymentQueue, now: datetime) -> int:
    """Queues every attempt whose webhook should have come by now; returns how many. One that never
    got an id at its provider has no page to be paid on: what it may have made there all the same
    is found by the comparison of lists."""
    queued = 0
    for due in books.due(Work.ATTEMPT_SWEEP, now):
        attempt = books.find(PaymentAttempt, due.org, due.debtor, due.id)
        if attempt is None or attempt.due is None or attempt.sweep_at > now:
            continue
        if attempt.provider_id:
            queue.put(due.org, due.id, attempt.provider_id, attempt.provider)
        settle(books, lambda found=attempt: _swept(books, found, now))  # type: ignore[misc]
        queued += bool(attempt.provider_id)
    return queued


def _swept(books: Books, attempt: PaymentAttempt, now: datetime) -> tuple[Changes, None]:
    """Looks again later, less and less often; at the end it has expired."""
    current = books.get(PaymentAttempt, attempt.org, attempt.debtor, attempt.id)
    if current.state in FINAL_ATTEMPTS:
        return Changes(), None
    again = next((moment for moment in _looks(current) if moment > now), None)
    if again is None:
        ended = replace(current, state=AttemptState.EXPIRED)
        return Changes(update=(ended,)), None
    return Changes(update=(replace(current, sweep_at=again),)), None


def _looks(attempt: PaymentAttempt) -> list[datetime]:
    """At 1, 26 and 72 hours and past its expiry, and daily as long as the slowest of its ways to
    pay can take: a bank transfer, two weeks."""
    made = attempt.created_at
    looks = [made + timedelta(hours=hours) for hours in SWEEP_AGAIN_HOURS]
    if not attempt.provider_id:
        return looks
    ends = {made + timedelta(minutes=longest_session(attempt.provider, attempt.methods))}
    ends |= {min(attempt.expires_at, made + LONGEST)} if attempt.expires_at else set()
    while looks[-1] + timedelta(days=1) < max(ends):
        looks.append(looks[-1] + timedelta(days=1))
    return sorted([*looks, *(end + PAST_EXPIRY for end in ends)])
