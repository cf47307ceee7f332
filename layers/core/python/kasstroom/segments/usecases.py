"""Looking at a debtor again: load, decide, commit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from kasstroom.changes import Changes
from kasstroom.ports import Books
from kasstroom.segments.assigning import Assigned, decide
from kasstroom.segments.defaults import built_in
from kasstroom.segments.facts import Known, known
from kasstroom.segments.model import DebtorSegments, LiveSegments, SegmentMember, SegmentSet
from kasstroom.segments.reading import read


def segments_of(books: Books, org: str, debtor: str) -> DebtorSegments | None:
    """One read. None: nobody looked at this debtor yet, which takes seconds after registering."""
    return books.find(DebtorSegments, org, debtor)


def live_set(books: Books, org: str) -> SegmentSet:
    """The set that counts now. SegmentsRefused when this release cannot read it any more."""
    live = books.find(LiveSegments, org)
    return read(live.number, live.document) if live else built_in()


def assign(
    books: Books, chosen: SegmentSet, org: str, debtor: str, cause: str, now: datetime
) -> tuple[Changes, Assigned]:
    """Looks at one debtor; the same news twice writes once. Who is not in the books is left."""
    of = known(books, org, debtor)
    if of is None:
        return Changes(), Assigned.UNKNOWN
    changes, before, after = planned(books, chosen, of, cause, now)
    if not changes:
        return changes, Assigned.KEPT
    moved = before is None or before.segments != after.segments
    return changes, Assigned.CHANGED if moved else Assigned.RENEWED


def planned(
    books: Books, chosen: SegmentSet, of: Known, cause: str, now: datetime
) -> tuple[Changes, DebtorSegments | None, DebtorSegments]:
    """What changes with this debtor's segments and with the lists of those."""
    before = segments_of(books, of.debtor.org, of.debtor.number)
    if before and before.set_number > chosen.number:
        # Another set came while this one was in hand; it must not be undone.
        chosen = live_set(books, of.debtor.org)
    changes, after = decide(chosen, of, before, cause, now)
    was = set(before.segments) if before else set()
    lists = _lists(books, after, was, now) if changes else ()
    return changes + Changes(update=tuple(lists)), before, after


def _lists(
    books: Books, after: DebtorSegments, was: set[str], now: datetime
) -> Iterable[SegmentMember]:
    is_in = set(after.segments)
    for name in sorted(was ^ is_in):
        found = books.find(SegmentMember, after.org, name, after.debtor)
        member = found or SegmentMember(after.org, name, after.debtor, now)
        if name in is_in:
            yield replace(member, since=now, gone_at=None)
        else:
            yield replace(member, gone_at=now)
