"""Who is in a segment: the list that every change of a debtor's segments keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kasstroom.access.model import Actor
from kasstroom.debtors.vulnerability import must_see_vulnerability
from kasstroom.errors import NotFound
from kasstroom.ports import Books
from kasstroom.segments.model import SegmentMember
from kasstroom.segments.usecases import live_set


@dataclass(frozen=True, slots=True)
class MemberView:
    debtor: str
    since: datetime


@dataclass(frozen=True, slots=True)
class MembersPage:
    """In the order of their numbers; `next_cursor` null: this was the last page."""

    items: tuple[MemberView, ...]
    next_cursor: str | None


def members_page(
    books: Books, org: str, name: str, actor: Actor, *, after: str, limit: int
) -> MembersPage:
    """NotFound for a name the live set does not have; Forbidden for who may not know."""
    segment = live_set(books, org).named(name)
    if segment is None:
        raise NotFound("segment_not_found", f"The set that counts has no segment {name}.")
    if segment.restricted:
        must_see_vulnerability(actor)
    items: list[MemberView] = []
    while True:
        found = books.listing(SegmentMember, org, name, after=after, limit=limit)
        for member in (one for one in found if one.gone_at is None):
            if len(items) == limit:
                return MembersPage(tuple(items), items[-1].debtor)
            items.append(MemberView(member.debtor, member.since))
        if len(found) < limit:
            return MembersPage(tuple(items), None)
        after = found[-1].debtor
