"""Pure: what a group must look like, and which change of it takes a second person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.changes import Changes, Command
from kasstroom.credit.groups import MOST_MEMBERS, CreditGroup, GroupChange, GroupState
from kasstroom.credit.limit_rules import LARGEST_MINOR, by_policy
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.policy import CreditPolicy
from kasstroom.errors import Refused
from kasstroom.events.credit import CreditGroupChanged
from kasstroom.ids import new_id
from kasstroom.money import Money, minor_digits

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")


@dataclass(frozen=True, slots=True)
class GroupData(Command):
    """`members` are debtor numbers, the parent among them, at most twenty; none at all ends the
    group. `reason` says why, for the ledger; what waits for a second person needs one. `force`:
    also when more than the limit is used already."""

    name: str
    parent: str
    members: tuple[str, ...]
    limit: Money
    force: bool = False
    reason: str = ""


def check(id: str, data: GroupData) -> None:
    """Refused with the place of what does not fit."""
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


def frees_room(
    before: GroupState | None, after: GroupState, policies: Iterable[CreditPolicy]
) -> bool:
    """Whether a second person decides: somebody leaves, or the limit is raised above the four-eyes
    amount of any member's policy. What only takes room away goes at once: a group that begins, a
    debtor that joins, a lower limit; and so does a raise that one person may grant."""
    if before is None or not before.members:
        return False
    if set(before.members) - set(after.members):
        return True
    if after.limit <= before.limit:
        return False
    bounds = ((by_policy(after.limit, policy), policy.terms.four_eyes_above) for policy in policies)
    return any(worth > most.minor for worth, most in bounds)


def changed(
    known: CreditGroup | None,
    after: CreditGroup,
    members: Sequence[CreditAccount],
    gone: Sequence[CreditAccount],
    now: datetime,
    *,
    by: str,
    reason: str,
    asked_by: str = "",
) -> Changes:
    """The group with every account that joins or leaves, its line in the ledger and the event;
    nothing when nothing changes."""
    moved = [replace(a, group=after.id) for a in members if a.group != after.id]
    moved += [replace(a, group="") for a in gone if a.group == after.id]
    if after == known and not moved:
        return Changes()
    before = known.state if known else None
    line = GroupChange(
        after.org, after.id, new_id("grl", now), before, after.state, by, reason, now, asked_by
    )
    event = CreditGroupChanged(
        org=after.org, debtor=after.parent or (known.parent if known else after.id),
        subject=after.id, at=now, limit=after.limit, members=after.members, by=by,
    )  # fmt: skip
    create, update = ((line,), (after,)) if known else ((after, line), ())
    return Changes(create=create, update=(*update, *moved), events=(event,))
