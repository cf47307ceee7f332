"""Limits of several sources side by side: what counts, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from kasstroom.changes import Changes
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource, Warned
from kasstroom.events import Event
from kasstroom.events.credit import CreditLimitApproaching, CreditLimitChanged, CreditLimitExceeded
from kasstroom.ids import new_id
from kasstroom.money import Money


class Take(StrEnum):
    HIGHEST = "highest"
    LOWEST = "lowest"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class LimitBasis:
    """Which sources make the limit. A temporary limit that is valid counts when it is higher."""

    take: Take = Take.HIGHEST
    of: tuple[LimitSource, ...] = (
        LimitSource.OWN,
        LimitSource.INSURED,
        LimitSource.DISCRETIONARY,
        LimitSource.BUREAU,
        LimitSource.AUTOMATIC,
    )


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


def effective(account: CreditAccount, basis: LimitBasis, today: date) -> Money | None:
    """The limit that counts today; None when no source grants one."""
    counting = [limit for limit in account.limits if limit.counts_on(today)]
    minors = [limit.amount.minor for limit in counting if limit.source in basis.of]
    temporary = [li.amount.minor for li in counting if li.source is LimitSource.TEMPORARY]
    if not minors and not temporary:
        return None
    combine = {Take.HIGHEST: max, Take.LOWEST: min, Take.SUM: sum}[basis.take]
    standing = combine(minors) if minors else 0
    return Money(max([standing, *temporary]), account.currency)


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
    used = max(0, account.open_minor) + account.reserved_minor(now)
    state = Warned.NOTHING
    if limit is not None and used > limit.minor:
        state = Warned.EXCEEDED
    elif limit is not None and limit.minor and used * 100 >= limit.minor * warn_percent:
        state = Warned.APPROACHING
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
        used_now = Money(used, account.currency)
        events = (kinds[state](**facts, limit=limit, used=used_now),)  # type: ignore[arg-type]
    return replace(account, warned=state), events
