"""Related debtors under one limit: a parent and its companies."""

from __future__ import annotations

from dataclasses import dataclass

from kasstroom.changes import Versioned
from kasstroom.money import Money

MOST_MEMBERS = 20
"""A decision for a member reads every member, so that the group's limit is never overshot."""


@dataclass(frozen=True, slots=True)
class CreditGroup(Versioned):
    """`members` are debtor numbers, the parent among them; all accounts in the limit's currency."""

    org: str
    id: str
    name: str
    parent: str
    limit: Money
    members: tuple[str, ...] = ()
