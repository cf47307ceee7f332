"""A line that a person has to look at: who, until when, and with which proposals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from kasstroom.bank.lines import OWNER, line_moved
from kasstroom.bank.model import BankLine, LineState, Proposal, QueuedLine
from kasstroom.bank.next_try import next_try
from kasstroom.changes import Changes
from kasstroom.compliance.holidays import working_day_from
from kasstroom.events.bank import BankLineWaiting
from kasstroom.ports import Books
from kasstroom.time import day_of

RESOLVE_WORKING_DAYS = 5


def waits(
    books: Books,
    line: BankLine,
    proposals: tuple[Proposal, ...],
    why: str,
    now: datetime,
) -> tuple[Changes, LineState]:
    """Nothing when it waits so already; a deadline is not moved by matching again."""
    after = replace(
        line,
        state=LineState.PROPOSED if proposals else LineState.OPEN,
        proposals=proposals,
        owner=line.owner or OWNER,
        resolve_by=line.resolve_by or deadline(day_of(now)),
        note=why,
    )
    if after == line:
        return Changes(), line.state
    if line.owner:
        return moved(books, after, now), after.state
    changes = moved(books, after, now, try_at=next_try(0, after.booked_on, now))
    return changes + Changes(events=(_told(after, now),)), after.state


def resolved(
    line: BankLine, state: LineState, note: str, entries: tuple[str, ...] = ()
) -> BankLine:
    """Nobody has to look at it any more."""
    return replace(line, state=state, note=note, entries=entries, owner="", resolve_by=None)


def moved(
    books: Books, after: BankLine, now: datetime, *, try_at: datetime | None = None
) -> Changes:
    """The line with its place in the queue."""
    known = books.find(QueuedLine, after.org, id=after.id)
    return line_moved(after, known, now, try_at=try_at)


def deadline(day: date) -> date:
    """Five working days later."""
    for _ in range(RESOLVE_WORKING_DAYS):
        day = working_day_from(day + timedelta(days=1))
    return day


def _told(after: BankLine, now: datetime) -> BankLineWaiting:
    return BankLineWaiting(
        org=after.org, debtor="", subject=after.id, at=now, amount=after.amount,
        booked_on=after.booked_on, owner=after.owner, resolve_by=after.resolve_by or day_of(now),
        proposals=len(after.proposals),
    )  # fmt: skip
