"""A line and its place in the queue, which always move together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kasstroom.bank.model import BankLine, LineState, QueuedLine
from kasstroom.changes import Changes
from kasstroom.time import AMSTERDAM

OWNER = "credit_management"
"""Who has to look at a line that no person took over."""
WAITING = frozenset({LineState.OPEN, LineState.PROPOSED})
KEPT_RESOLVED_DAYS = 30


def queued(line: BankLine) -> QueuedLine:
    return QueuedLine(
        line.org, line.id, line.account, line.kind, line.amount, line.booked_on, line.state,
        line.owner, line.resolve_by,
    )  # fmt: skip


def line_stored(line: BankLine) -> Changes:
    """A new line; in the queue when somebody has to look at it."""
    return Changes(create=(line, queued(line)) if line.state in WAITING else (line,))


def is_taken(line: BankLine) -> bool:
    """Whether a person took it over, by opening it again: what they do with it is theirs."""
    return line.owner not in ("", OWNER)


def _late_at(line: BankLine) -> datetime | None:
    """The first instant after its owner's last day."""
    if line.resolve_by is None:
        return None
    day = line.resolve_by + timedelta(days=1)
    return datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM).astimezone(UTC)


def line_moved(
    after: BankLine, known: QueuedLine | None, now: datetime, *, try_at: datetime | None = None
) -> Changes:
    """`after` is the line as it is read, with what changed; `known` its place in the queue as it
    was read, None when it never had one. A resolved line leaves the queue some weeks later, and
    one that opens again is back in it, for a person. One that begins to wait is matched again at
    `try_at`; while it waits, its place keeps count."""
    if after.state in WAITING:
        place = replace(queued(after), next_try_at=try_at, late_at=_late_at(after))
        if known:
            place = replace(place, version=known.version)
        if known and known.state in WAITING:
            place = replace(place, next_try_at=known.next_try_at or try_at, tries=known.tries)
            told = known.resolve_by == after.resolve_by
            place = replace(place, late_at=known.late_at) if told else place
    elif known:
        gone_at = now + timedelta(days=KEPT_RESOLVED_DAYS)
        place = replace(queued(after), version=known.version, gone_at=known.gone_at or gone_at)
    else:
        return Changes(update=(after,))
    if known:
        return Changes(update=(after, place))
    return Changes(create=(place,), update=(after,))
