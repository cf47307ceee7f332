"""Limits of several sources side by side: what counts, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from kasstroom.changes import Changes
from kasstroom.credit.basis import use_of, used_minor
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource, Warned
from kasstroom.events import Event
from kasstroom.events.credit import (
    CreditLimitApproaching,
    CreditLimitChanged,
    CreditLimitExceeded,
)
from kasstroom.ids import new_id
from kasstroom.money import Money


@dataclass(frozen=True, slots=True)
class LimitChange:
    """One line of the limit ledger: append-only, in the debtor's partition."""

    org: str
    debtor: str
    id: str
    source: LimitSource
    before: Money | None
    after: Money | None
    by: str
    reason: str
    changed_at: datetime
    valid_to: date | None = None
    reference: str = ""


def granted(
    account: CreditAccount, limit: CreditLimit, *, reason: str, now: datetime
) -> tuple[CreditAccount, Changes]:
    """The account with this source's limit set, the line in the ledger and the event; the account
    itself is not among the changes. Setting what is there already changes nothing."""
    before = account.limit_of(limit.source)
    if before and replace(before, granted_at=limit.granted_at) == limit:
        return account, Changes()
    others = tuple(li for li in account.limits if li.source is not limit.source)
    after = replace(account, limits=(*others, limit))
    return after, _told(account, limit.source, before, limit, limit.granted_by, reason, now)


def withdrawn(
    account: CreditAccount, source: LimitSource, *, by: str, reason: str, now: datetime
) -> tuple[CreditAccount, Changes]:
    """As `granted`, with the source's limit gone."""
    before = account.limit_of(source)
    if before is None:
        return account, Changes()
    others = tuple(li for li in account.limits if li.source is not source)
    return replace(account, limits=others), _told(account, source, before, None, by, reason, now)


def _told(
    account: CreditAccount,
    source: LimitSource,
    before: CreditLimit | None,
    after: CreditLimit | None,
    by: str,
    reason: str,
    now: datetime,
) -> Changes:
    line = LimitChange(
        account.org, account.debtor, new_id("lim", now), source,
        before.amount if before else None, after.amount if after else None, by, reason, now,
        after.valid_to if after else None, after.reference if after else "",
    )  # fmt: skip
    event = CreditLimitChanged(
        org=account.org, debtor=account.debtor, subject=account.debtor, at=now,
        limit=after.amount if after else Money.zero(account.currency),
        previous=before.amount if before else Money.zero(account.currency),
        source=source, reason=reason,
    )  # fmt: skip
    return Changes(create=(line,), events=(event,))


def warned(
    account: CreditAccount, limit: Money | None, warn_percent: int, now: datetime
) -> tuple[CreditAccount, Sequence[Event]]:
    """The account with its last warning kept, and the warning when there is a new one: once on the
    way up, and again only after the use fell below."""
    state = use_of(account, limit, warn_percent, now)
    if state is account.warned:
        return account, ()
    fell = account.warned is Warned.EXCEEDED and state is Warned.APPROACHING
    kinds: dict[Warned, type[Event]] = {
        Warned.APPROACHING: CreditLimitApproaching,
        Warned.EXCEEDED: CreditLimitExceeded,
    }
    events: tuple[Event, ...] = ()
    if state in kinds and not fell and limit is not None:
        facts = {"org": account.org, "debtor": account.debtor, "subject": account.debtor, "at": now}
        used_now = Money(used_minor(account, now), account.currency)
        events = (kinds[state](**facts, limit=limit, used=used_now),)  # type: ignore[arg-type]
    return replace(account, warned=state), events
