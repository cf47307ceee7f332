"""The warning that a limit is nearly or more than used up, kept by every booking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from kasstroom.changes import Changes
from kasstroom.credit.basis import effective
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.limits import warned
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.policy import CreditPolicy
from kasstroom.credit.room import Ground
from kasstroom.time import day_of

Grounds = Callable[[CreditAccount], Ground]


def default_ground(account: CreditAccount) -> Ground:
    """For who was not told which policy is live."""
    return Ground(default_policy())


def looked_at(
    account: CreditAccount, policy: CreditPolicy, now: datetime
) -> tuple[CreditAccount, Changes]:
    """The account with its last warning kept, and `credit.limit.approaching` or `.exceeded` when
    there is something new to say; the account itself is not among the changes."""
    limit = effective(account, policy.terms.basis, day_of(now))
    after, events = warned(account, limit, policy.terms.warn_percent, now)
    return after, Changes(events=tuple(events))


def with_warning(changes: Changes, grounds: Grounds, now: datetime) -> Changes:
    """The same booking, with the warning that follows from the account it leaves behind."""
    account = next((e for e in changes.update if isinstance(e, CreditAccount)), None)
    if account is None:
        return changes
    after, told = looked_at(account, grounds(account).policy, now)
    update = tuple(after if entity is account else entity for entity in changes.update)
    return replace(changes, update=update) + told
