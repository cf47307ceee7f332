"""Which sources make the limit that counts today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kasstroom.credit.model import CreditAccount, LimitSource, Warned
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


def used_minor(account: CreditAccount, now: datetime) -> int:
    """Open invoices and live reservations together, in minor units of the account."""
    return max(0, account.open_minor) + account.reserved_minor(now)


def use_of(account: CreditAccount, limit: Money | None, warn_percent: int, now: datetime) -> Warned:
    """How near the limit the account is."""
    used = used_minor(account, now)
    if limit is not None and used > limit.minor:
        return Warned.EXCEEDED
    if limit is not None and limit.minor and used * 100 >= limit.minor * warn_percent:
        return Warned.APPROACHING
    return Warned.NOTHING
