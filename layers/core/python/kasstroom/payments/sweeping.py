"""Attempts whose webhook should have come by now are looked at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes, Work
from kasstroom.payments.model import FINAL_ATTEMPTS, AttemptState, PaymentAttempt
from kasstroom.payments.ports import PaymentQueue
from kasstroom.ports import Books
from kasstroom.settle import settle

SWEEP_AGAIN_HOURS = (1, 26, 72)


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
    """Looks again later, less and less often; an attempt that never reached the provider ends."""
    current = books.get(PaymentAttempt, attempt.org, attempt.debtor, attempt.id)
    if current.state in FINAL_ATTEMPTS:
        return Changes(), None
    later = (current.created_at + timedelta(hours=hours) for hours in SWEEP_AGAIN_HOURS)
    again = next((moment for moment in later if moment > now), None)
    if again is None:
        ended = replace(current, state=AttemptState.EXPIRED)
        return Changes(update=(ended,)), None
    return Changes(update=(replace(current, sweep_at=again),)), None
