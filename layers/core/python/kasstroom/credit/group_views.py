"""What the API shows of groups: who is in them, what they use, and how that came about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kasstroom.credit.group_proposals import GroupProposal
from kasstroom.credit.groups import CreditGroup, GroupChange
from kasstroom.credit.limit_rules import used_minor
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.warning import Grounds
from kasstroom.money import Money
from kasstroom.ports import Books


@dataclass(frozen=True, slots=True)
class MemberUse:
    debtor: str
    used: Money


@dataclass(frozen=True, slots=True)
class GroupView:
    """`used`: open and reserved of all members together."""

    id: str
    name: str
    parent: str
    limit: Money
    used: Money
    available: Money
    members: tuple[MemberUse, ...]


@dataclass(frozen=True, slots=True)
class GroupDetail:
    """`proposal` waits for a second person. `ledger` is newest first; `next_cursor` null: this was
    its last page."""

    id: str
    name: str
    parent: str
    limit: Money
    used: Money
    available: Money
    members: tuple[MemberUse, ...]
    proposal: GroupProposal | None
    ledger: tuple[GroupChange, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class GroupLine:
    """`members` are debtor numbers; none: the group has ended. `proposal`: the id of the change
    that waits for a second person, empty when none does."""

    id: str
    name: str
    parent: str
    limit: Money
    members: tuple[str, ...]
    proposal: str


@dataclass(frozen=True, slots=True)
class GroupPage:
    """`next_cursor` null: this was the last page."""

    items: tuple[GroupLine, ...]
    next_cursor: str | None


def groups(books: Books, org: str, *, cursor: str, limit: int) -> GroupPage:
    """In the order of their ids; how much each uses is read one by one."""
    found = books.listing(CreditGroup, org, after=cursor, limit=limit)
    lines = (GroupLine(g.id, g.name, g.parent, g.limit, g.members, g.proposal) for g in found)
    return GroupPage(tuple(lines), found[-1].id if len(found) == limit else None)


def group_of(books: Books, org: str, id: str, grounds: Grounds, now: datetime) -> GroupView:
    """NotFound when there is no such group."""
    return _seen(books, books.get(CreditGroup, org, id=id), grounds, now)


def group_detail(
    books: Books, org: str, id: str, grounds: Grounds, now: datetime, *, cursor: str, limit: int
) -> GroupDetail:
    """NotFound when there is no such group. `cursor` is the id of the last ledger line shown."""
    group = books.get(CreditGroup, org, id=id)
    view = _seen(books, group, grounds, now)
    lines = sorted(books.all_of(GroupChange, org, id), key=lambda line: line.id, reverse=True)
    older = [line for line in lines if not cursor or line.id < cursor]
    shown = tuple(older[:limit])
    waits = books.get(GroupProposal, org, id=group.proposal) if group.proposal else None
    return GroupDetail(
        **{name: getattr(view, name) for name in GroupView.__dataclass_fields__},
        proposal=waits,
        ledger=shown,
        next_cursor=shown[-1].id if len(older) > limit else None,
    )


def _seen(books: Books, group: CreditGroup, grounds: Grounds, now: datetime) -> GroupView:
    members = [books.get(CreditAccount, group.org, number) for number in group.members]
    return group_view(group, members, grounds, now)


def group_view(
    group: CreditGroup, members: list[CreditAccount], grounds: Grounds, now: datetime
) -> GroupView:
    currency = group.limit.currency
    uses = tuple(
        MemberUse(a.debtor, Money(used_minor(a, grounds(a).policy, now), currency)) for a in members
    )
    used = sum(use.used.minor for use in uses)
    left = Money(max(0, group.limit.minor - used), currency)
    return GroupView(
        group.id, group.name, group.parent, group.limit, Money(used, currency), left, uses
    )


def status_of(found: GroupView | GroupProposal) -> int:
    """202: nothing changed yet, somebody else decides."""
    return 202 if isinstance(found, GroupProposal) else 200
