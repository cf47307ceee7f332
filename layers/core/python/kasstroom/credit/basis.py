"""Which sources make the limit that counts today.

Where the highest counts, the own limit is the ceiling of what a bureau advises and of what payment
behaviour earned: somebody chose it knowing the customer, and a report of next month does not undo
that. An insurer's or a discretionary limit does count above it, and where limits are added up the
policy chose to add. `own_is_ceiling: false` in the policy says that the highest of all counts.

A limit that ended on bad news stays as a limit of zero (`kasstroom.screening.bureau_limit`): where
the lowest counts, leaving it out would give more room to who just lost their rating.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource, Warned
from kasstroom.money import Money


class Take(StrEnum):
    HIGHEST = "highest"
    LOWEST = "lowest"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class LimitBasis:
    """Which sources make the limit. A temporary limit that is valid counts when it is higher.
    `own_is_ceiling`: see above; it takes an own limit that counts today, and `own` among `of`."""

    take: Take = Take.HIGHEST
    of: tuple[LimitSource, ...] = (
        LimitSource.OWN,
        LimitSource.INSURED,
        LimitSource.DISCRETIONARY,
        LimitSource.BUREAU,
        LimitSource.AUTOMATIC,
    )
    own_is_ceiling: bool = True


OF_MACHINES = frozenset({LimitSource.BUREAU, LimitSource.AUTOMATIC})
"""What no person chose."""


def effective(account: CreditAccount, basis: LimitBasis, today: date) -> Money | None:
    """The limit that counts today; None when no source grants one."""
    counting = [limit for limit in account.limits if limit.counts_on(today)]
    minors = _standing(counting, basis)
    temporary = [li.amount.minor for li in counting if li.source is LimitSource.TEMPORARY]
    if not minors and not temporary:
        return None
    combine = {Take.HIGHEST: max, Take.LOWEST: min, Take.SUM: sum}[basis.take]
    standing = combine(minors) if minors else 0
    return Money(max([standing, *temporary]), account.currency)


def _standing(counting: list[CreditLimit], basis: LimitBasis) -> list[int]:
    """What each source grants in minor units, by the policy."""
    mine = [limit for limit in counting if limit.source in basis.of]
    own = any(limit.source is LimitSource.OWN for limit in mine)
    if own and basis.own_is_ceiling and basis.take is Take.HIGHEST:
        mine = [limit for limit in mine if limit.source not in OF_MACHINES]
    return [limit.amount.minor for limit in mine]


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
