"""Related debtors under one limit: which they are, and how much of it is used."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Command
from kasstroom.credit.groups import MOST_MEMBERS, CreditGroup
from kasstroom.credit.limit_rules import LARGEST_MINOR, used_minor
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.warning import Grounds
from kasstroom.errors import NotFound, Refused
from kasstroom.events.credit import CreditGroupChanged
from kasstroom.money import Money, minor_digits
from kasstroom.ports import Books

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")


@dataclass(frozen=True, slots=True)
class GroupData(Command):
    """`members` are debtor numbers, the parent among them, at most twenty; none at all ends the
    group. `force`: also when more than the limit is used already."""

    name: str
    parent: str
    members: tuple[str, ...]
    limit: Money
    force: bool = False


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


def put_group(
    books: Books, org: str, id: str, data: GroupData, actor: Actor, now: datetime, grounds: Grounds
) -> tuple[Changes, GroupView]:
    """Makes the group look like `data`, with every member's account in one transaction. Refused
    with the place of the member that does not fit."""
    _check(id, data)
    known = books.find(CreditGroup, org, id=id)
    if known is None and not data.members:
        raise Refused("no_members", "Say which debtors belong together.", "/body/members")
    members = [_member(books, org, id, n, data) for n in range(len(data.members))]
    gone = [books.get(CreditAccount, org, number) for number in (known.members if known else ())
            if number not in data.members]  # fmt: skip
    facts = (org, id, data.name, data.parent, data.limit, data.members)
    group = CreditGroup(*facts, version=known.version if known else 0)
    view = group_view(group, members, grounds, now)
    if not data.force and view.limit < view.used and not (known and known.limit <= view.limit):
        detail = (
            f"{view.used} is open or reserved in this group already, which is more than"
            f' {view.limit}. Send "force": true when that is what you want.'
        )
        raise Refused("limit_below_reserved", detail, "/body/limit/value")
    moved = [replace(a, group=id) for a in members if a.group != id]
    moved += [replace(a, group="") for a in gone if a.group == id]
    if group == known and not moved:
        return Changes(), view
    event = CreditGroupChanged(
        org=org, debtor=data.parent or (known.parent if known else id), subject=id, at=now,
        limit=data.limit, members=data.members, by=actor.name,
    )  # fmt: skip
    create, update = ((), (group,)) if known else ((group,), ())
    return Changes(create=create, update=(*update, *moved), events=(event,)), view


def _check(id: str, data: GroupData) -> None:
    if not ID.match(id):
        detail = "A group's id has 1 to 64 letters, digits, dots, dashes or underscores."
        raise Refused("invalid_id", detail, "/path/id")
    if not 1 <= len(data.name) <= 200:
        raise Refused("invalid_name", "A name has 1 to 200 characters.", "/body/name")
    minor_digits(data.limit.currency)
    if not 0 <= data.limit.minor <= LARGEST_MINOR:
        detail = "A group's limit is not negative, and not so large that it cannot be meant."
        raise Refused("invalid_amount", detail, "/body/limit/value")
    if len(data.members) > MOST_MEMBERS:
        detail = f"A group has at most {MOST_MEMBERS} members."
        raise Refused("too_many_members", detail, "/body/members")
    for n, number in enumerate(data.members):
        if number in data.members[:n]:
            detail = f"{number} stands here twice."
            raise Refused("duplicate_member", detail, f"/body/members/{n}")
    if data.members and data.parent not in data.members:
        detail = "The parent is one of the members."
        raise Refused("parent_not_member", detail, "/body/parent")


def _member(books: Books, org: str, id: str, n: int, data: GroupData) -> CreditAccount:
    number, at = data.members[n], f"/body/members/{n}"
    account = books.find(CreditAccount, org, number) if ID.match(number) else None
    if account is None:
        raise NotFound("debtor_not_found", f"There is no debtor {number}.", at)
    if account.group not in ("", id):
        detail = f"{number} belongs to the group {account.group}; take it out there first."
        raise Refused("in_another_group", detail, at)
    if account.currency != data.limit.currency:
        detail = f"{number} runs in {account.currency}, the group's limit in {data.limit.currency}."
        raise Refused("wrong_currency", detail, at)
    return account


def group_of(books: Books, org: str, id: str, grounds: Grounds, now: datetime) -> GroupView:
    """NotFound when there is no such group."""
    group = books.get(CreditGroup, org, id=id)
    members = [books.get(CreditAccount, org, number) for number in group.members]
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
