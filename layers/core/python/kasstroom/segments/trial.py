"""A set tried on the real portfolio, a page of debtors at a time; nothing is kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes
from kasstroom.debtors.model import Listed
from kasstroom.ports import Books
from kasstroom.segments.assigning import first, matching
from kasstroom.segments.facts import Known, facts_of, known
from kasstroom.segments.model import SegmentSet
from kasstroom.segments.reading import read
from kasstroom.segments.sets import BASED_ON, WHY
from kasstroom.segments.usecases import live_set

SAMPLES = 10
MOST_DEBTORS = 500
"""In one call: about ten seconds of reading."""


@dataclass(frozen=True, slots=True)
class SegmentCount:
    """`debtors` are in it; for `primary` of them it is the first. `now`: by the set that counts."""

    name: str
    debtors: int
    primary: int
    now: int
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """Debtors whose first segment would be another; empty: none at all."""

    origin: str
    to: str
    debtors: int
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """Over `debtors` of one page; add the pages up. `next_cursor` null: this was the last."""

    debtors: int
    moved: int
    in_none: int
    segments: tuple[SegmentCount, ...]
    moves: tuple[Move, ...]
    next_cursor: str | None


Verdict = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A debtor, the segments it would be in, and those it is in by the set that counts."""


def try_out(
    books: Books,
    org: str,
    body: dict[str, Any],
    after: str,
    limit: int,
    actor: Actor,
    now: datetime,
) -> tuple[Changes, Trial]:
    """Both sets on the same facts. Only for a credit manager, who may see who needs care."""
    actor.must_be(Role.CREDIT_MANAGER)
    live = live_set(books, org)
    document = {key: value for key, value in body.items() if key not in (WHY, BASED_ON)}
    tried = read(live.number + 1, document)
    page = books.listing(Listed, org, after=after, limit=limit)
    verdicts = tuple(_verdicts(books, org, page, tried, live, now))
    more = page[-1].number if len(page) == limit else None
    return Changes(), _counted(tried, verdicts, more)


def _verdicts(
    books: Books, org: str, page: list[Listed], tried: SegmentSet, live: SegmentSet, now: datetime
) -> Iterator[Verdict]:
    for listed in page:
        if of := known(books, org, listed.number):
            yield listed.number, _names(tried, of, now), _names(live, of, now)


def _names(chosen: SegmentSet, of: Known, now: datetime) -> tuple[str, ...]:
    return tuple(one.name for one in matching(chosen, facts_of(of, chosen.currency, now)))


def _counted(tried: SegmentSet, verdicts: tuple[Verdict, ...], more: str | None) -> Trial:
    members: dict[str, list[str]] = defaultdict(list)
    moves: dict[tuple[str, str], list[str]] = defaultdict(list)
    primary: Counter[str] = Counter()
    now: Counter[str] = Counter()
    for number, after, before in verdicts:
        primary[first(after)] += 1
        now.update(before)
        for name in after:
            members[name].append(number)
        if first(after) != first(before):
            moves[first(before), first(after)].append(number)
    counts = tuple(
        SegmentCount(
            one.name, len(members[one.name]), primary[one.name], now[one.name],
            tuple(members[one.name][:SAMPLES]),
        )
        for one in tried.segments
    )  # fmt: skip
    moved = tuple(
        Move(origin, to, len(numbers), tuple(numbers[:SAMPLES]))
        for (origin, to), numbers in sorted(moves.items(), key=lambda move: -len(move[1]))
    )
    return Trial(
        len(verdicts), sum(move.debtors for move in moved), primary[""], counts, moved, more
    )
