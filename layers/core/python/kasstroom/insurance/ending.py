"""How a cover ends: for new deliveries only; what was delivered before runs off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from kasstroom.changes import Changes
from kasstroom.credit.limits import withdrawn as limit_withdrawn
from kasstroom.credit.model import CreditAccount, LimitSource
from kasstroom.events.insurance import CoverWithdrawn
from kasstroom.insurance.model import Cover, CoverKind, CoverPeriod, CoverState
from kasstroom.insurance.mornings import next_morning
from kasstroom.money import Money
from kasstroom.time import day_of

SOURCES = {
    CoverKind.NAMED: LimitSource.INSURED,
    CoverKind.DISCRETIONARY: LimitSource.DISCRETIONARY,
}


def closed(periods: tuple[CoverPeriod, ...], last: date) -> tuple[CoverPeriod, ...]:
    closed = (replace(p, to_on=min(p.to_on or last, last)) for p in periods)
    return tuple(p for p in closed if p.to_on is None or p.from_on <= p.to_on)


def ended(
    cover: Cover,
    account: CreditAccount,
    state: CoverState,
    reason: str,
    now: datetime,
    *,
    by: str,
    last: date | None = None,
) -> tuple[Cover, CreditAccount, Changes]:
    """No cover for deliveries after `last` (today by default); what was delivered until then runs
    off. The watch goes on while something may still have to be reported."""
    last = last or day_of(now)
    after = replace(
        cover, state=state, valid_to=last if cover.periods else None, decided_at=now,
        periods=closed(cover.periods, last),
        watch_at=next_morning(now) if cover.periods else None,
    )  # fmt: skip
    changes = Changes()
    for source in SOURCES.values():
        account, more = limit_withdrawn(account, source, by=by, reason=reason, now=now)
        changes += more
    if account.cover is not None:
        account = replace(account, cover=replace(account.cover, valid_to=last))
    if cover.in_force:
        previous = cover.granted or Money.zero(account.currency)
        event = CoverWithdrawn(
            org=cover.org, debtor=cover.debtor, subject=cover.id, at=now, previous=previous,
            reason=reason,
        )  # fmt: skip
        changes += Changes(events=(event,))
    return after, account, changes
