"""Related debtors under one limit: a parent and its companies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kasstroom.changes import Versioned
from kasstroom.money import Money

MOST_MEMBERS = 20
"""A decision for a member reads every member, so that the group's limit is never overshot."""


@dataclass(frozen=True, slots=True)
class GroupState:
    """What a group is at one moment. `members` are debtor numbers, the parent among them; none at
    all: it has ended, and limits nobody."""

    name: str
    parent: str
    limit: Money
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CreditGroup(Versioned):
    """`members` are debtor numbers, the parent among them; all accounts in the limit's currency.
    `proposal` names the change that waits for a second person."""

    org: str
    id: str
    name: str
    parent: str
    limit: Money
    members: tuple[str, ...] = ()
    proposal: str = ""

    @property
    def state(self) -> GroupState:
        return GroupState(self.name, self.parent, self.limit, self.members)


@dataclass(frozen=True, slots=True)
class GroupChange:
    """One line of the group's ledger: append-only. `before` is None when the group began;
    `asked_by` is the first of two people (four eyes), empty when one was enough."""

    org: str
    group: str
    id: str
    before: GroupState | None
    after: GroupState
    by: str
    reason: str
    changed_at: datetime
    asked_by: str = ""
