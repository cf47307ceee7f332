"""Lines that wait are matched again: their invoice or settlement may be in the books by now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from kasstroom.bank.lines import OWNER, WAITING
from kasstroom.bank.model import LineKind, QueuedLine
from kasstroom.bank.next_try import UNTIL_DAYS, next_try
from kasstroom.bank.ports import LINES_PER_JOB, LineQueue
from kasstroom.changes import Changes, Work
from kasstroom.events.bank import BankLineOverdue
from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom.time import day_of
from kasstroom.whole_list import whole_list

MOST_PER_ROUND = 5_000
"""What is left is due in the next round, some minutes later."""
MOST_TAKEN_IN = 500


def queue_due(books: Books, queue: LineQueue, now: datetime) -> int:
    """Queues the lines whose next try has come, and tells of those that wait too long; returns how
    many were queued. Nothing of the line itself is written, so neither its deadline nor what a
    person does with it is touched."""
    of_org: dict[str, list[str]] = {}
    for due in islice(books.due(Work.BANK_LINE, now), MOST_PER_ROUND):
        of_org.setdefault(due.org, []).append(due.id)
    queued = 0
    for org, ids in of_org.items():
        for at in range(0, len(ids), LINES_PER_JOB):
            queued += _queue(books, queue, org, ids[at : at + LINES_PER_JOB], now)
    return queued


def _queue(books: Books, queue: LineQueue, org: str, ids: Sequence[str], now: datetime) -> int:
    """The next try is set before this one is made: a line that cannot be matched, for whatever
    reason, is not queued in every round. A round that stops in between costs one try."""
    taken = settle(books, lambda: _taken(books, org, ids, now))
    if taken:
        queue.put(org, taken)
    return len(taken)


def _taken(
    books: Books, org: str, ids: Sequence[str], now: datetime
) -> tuple[Changes, tuple[str, ...]]:
    """Read anew: since the index told of it, a line may be resolved, or taken by another round.
    Also tells, once, of what waits longer than its owner had."""
    tried, after, events = [], [], []
    for id in ids:
        place = known = books.find(QueuedLine, org, id=id)
        if place and place.next_try_at and place.next_try_at <= now:
            at = next_try(place.tries + 1, place.booked_on, now)
            place = replace(place, next_try_at=at, tries=place.tries + 1)
            tried.append(place.id)
        if place and place.late_at and place.late_at <= now:
            place = replace(place, late_at=None)
            events.append(_overdue(place, now))
        if place and place is not known:
            after.append(place)
    return Changes(update=tuple(after), events=tuple(events)), tuple(tried)


def _overdue(place: QueuedLine, now: datetime) -> BankLineOverdue:
    return BankLineOverdue(
        org=place.org, debtor="", subject=place.id, at=now, amount=place.amount,
        booked_on=place.booked_on, owner=place.owner, resolve_by=place.resolve_by or day_of(now),
    )  # fmt: skip


def due_now(books: Books, org: str, amount: Money, now: datetime) -> Changes:
    """A provider told of a payout of this amount: the lines that wait for it are due at once, also
    those that are not tried any more."""
    waiting = (
        place
        for place in whole_list(books, QueuedLine, org)
        if place.kind is LineKind.PAYOUT and place.amount == amount and place.state in WAITING
    )
    later = (p for p in waiting if p.owner == OWNER and not (p.next_try_at and p.next_try_at < now))
    return Changes(update=tuple(replace(p, next_try_at=now) for p in islice(later, LINES_PER_JOB)))


def take_in(books: Books, org: str, now: datetime) -> int:
    """Lines that began to wait before lines were tried again have no next try: they get one now, as
    long as it can help. Returns how many. Needless in books that are younger than this, and in all
    others five weeks after."""
    since = (day_of(now) - timedelta(days=UNTIL_DAYS)).isoformat()
    found = books.listing(QueuedLine, org, after=since, limit=MOST_TAKEN_IN)
    ids = [place.id for place in found if _never_tried(place)]
    for at in range(0, len(ids), LINES_PER_JOB):
        settle(books, lambda at=at: _begun(books, org, ids[at : at + LINES_PER_JOB], now))
    return len(ids)


def _begun(books: Books, org: str, ids: Sequence[str], now: datetime) -> tuple[Changes, None]:
    places = [books.get(QueuedLine, org, id=id) for id in ids]
    begun = (replace(place, next_try_at=now) for place in places if _never_tried(place))
    return Changes(update=tuple(begun)), None


def _never_tried(place: QueuedLine) -> bool:
    """Matched once in vain, and no person has taken it over."""
    untried = place.next_try_at is None and place.tries == 0
    return untried and place.state in WAITING and place.owner == OWNER
