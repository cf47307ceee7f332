"""Every morning each living cover is looked at: what is near its end, over it, or not used."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from kasstroom.changes import Changes, Work
from kasstroom.credit.model import CreditAccount
from kasstroom.errors import Conflict
from kasstroom.events import Event
from kasstroom.events.insurance import (
    CoverExpiring,
    CoverExtensionEnding,
    CoverIdle,
    CoverStopped,
    InsurerOverdueDue,
)
from kasstroom.insurance.beginning import begun
from kasstroom.insurance.coverage import report_by, stop_on
from kasstroom.insurance.ending import ended
from kasstroom.insurance.model import Cover, CoverKind, CoverState, InsurancePolicy
from kasstroom.insurance.mornings import next_morning
from kasstroom.insurance.overdue import OverdueKind, OverdueNotification, notification
from kasstroom.insurance.terms import PolicyTerms
from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom.time import day_of

STOPPED_PER_MORNING = 10
"""Due dates taken up in one transaction; the rest follows the next morning."""
BY = "watch"


@dataclass(frozen=True, slots=True)
class Morning:
    """What is known when a cover is looked at. `reported` are ids of notifications there are."""

    cover: Cover
    account: CreditAccount
    terms: PolicyTerms
    now: datetime
    reported: Collection[str] = ()

    @property
    def today(self) -> date:
        return day_of(self.now)


def watch_due(books: Books, now: datetime) -> dict[str, int]:
    """Looks at every cover whose morning has come; one that is being changed waits a round."""
    done = {"watched": 0, "alerts": 0, "later": 0}
    for due in list(books.due(Work.COVER, now)):
        try:
            alerts = settle(books, lambda due=due: _watch(books, due.org, due.debtor, now))
        except Conflict:
            done["later"] += 1
            continue
        if alerts is not None:
            done["watched"] += 1
            done["alerts"] += alerts
    return done


def _watch(books: Books, org: str, debtor: str, now: datetime) -> tuple[Changes, int | None]:
    cover = books.find(Cover, org, debtor)
    if cover is None or cover.due is None or cover.due.at > now:
        return Changes(), None
    account = books.get(CreditAccount, org, debtor)
    policy = books.get(InsurancePolicy, org, id=cover.policy)
    made = (
        notification(cover, OverdueKind.OVD, due_on, Money(0), now)
        for due_on in untold(cover, account, day_of(now))
    )
    known = {one.id for one in made if books.find(OverdueNotification, org, id=one.id)}
    changes = looked_at(Morning(cover, account, policy.terms, now, known))
    return changes, len(changes.events)


def looked_at(morning: Morning) -> Changes:
    """The cover with its next morning, and what there is to tell; each thing once. Pure."""
    cover, account, changes = morning.cover, morning.account, Changes()
    if _is_over(morning):
        cover, account, more = ended(
            cover, account, CoverState.EXPIRED, "expired", morning.now, by=BY, last=cover.valid_to
        )
        changes += more
    elif _loses_own_cover(morning):
        cover, account, more = ended(
            cover, account, CoverState.CANCELLED, "overdue_beyond_extension", morning.now, by=BY
        )
        changes += more
    else:
        account, more = begun(cover, account, morning.now, BY)
        changes += more
    cover = replace(cover, idle_since=_idle_since(cover, account, morning))
    news = [*_near(replace(morning, cover=cover)), *_stopped(replace(morning, cover=cover))]
    fresh = [(key, events, made) for key, events, made in news if key not in cover.alerts]
    told = tuple(key for key, _, _ in fresh)
    cover = replace(
        cover, alerts=_still(cover, account) + told, watch_at=_next(cover, account, morning.now)
    )
    changes += Changes(
        create=tuple(item for _, _, made in fresh for item in made),
        events=tuple(event for _, events, _ in fresh for event in events),
    )
    accounts = (account,) if account is not morning.account else ()
    return changes + Changes(update=(cover, *accounts))


News = tuple[str, Sequence[Event], Sequence[OverdueNotification]]


def _is_over(morning: Morning) -> bool:
    cover = morning.cover
    return cover.in_force and cover.valid_to is not None and cover.valid_to < morning.today


def _loses_own_cover(morning: Morning) -> bool:
    cover, days = morning.cover, morning.account.oldest_overdue_days(morning.today)
    own = cover.in_force and cover.kind is CoverKind.DISCRETIONARY
    return own and days > cover.extension_days


def overdue_days(account: CreditAccount, today: date) -> list[date]:
    """Due dates that passed with something still open, the oldest first."""
    return sorted(d for d, minor in account.open_by_due.items() if d < today and minor > 0)


def _near(morning: Morning) -> Iterator[News]:
    cover, account, today = morning.cover, morning.account, morning.today
    facts = _facts(cover, morning.now)
    granted = cover.granted or Money.zero(account.currency)
    if cover.in_force and cover.valid_to:
        for at in _reached((cover.valid_to - today).days, morning.terms.alert_days):
            event = CoverExpiring(**facts, granted=granted, valid_to=cover.valid_to)
            yield f"expiring:{cover.valid_to}:{at}", [event], ()
    for due_on in overdue_days(account, today)[:1]:
        stop = stop_on(due_on, cover.extension_days)
        overdue = Money(account.open_by_due[due_on], account.currency)
        for at in _reached((stop - today).days, morning.terms.alert_days):
            event = CoverExtensionEnding(**facts, due_on=due_on, stop_on=stop, overdue=overdue)
            yield f"extension:{due_on}:{at}", [event], ()
    idle = cover.idle_since
    if cover.in_force and idle and (today - idle).days >= morning.terms.idle_days:
        yield f"idle:{idle}", [CoverIdle(**facts, granted=granted, idle_since=idle)], ()


def _reached(days_left: int, alert_days: Sequence[int]) -> list[int]:
    """The latest alert that is due: earlier ones that were missed are not told afterwards."""
    reached = [at for at in alert_days if 0 <= days_left <= at]
    return [min(reached)] if reached else []


def _stopped(morning: Morning) -> Iterator[News]:
    """After the last day of the extension: no more deliveries, and a duty to report."""
    cover, account, today = morning.cover, morning.account, morning.today
    facts = _facts(cover, morning.now)
    for due_on in untold(cover, account, today):
        stop, overdue = stop_on(due_on, cover.extension_days), account.open_by_due[due_on]
        money = Money(overdue, account.currency)
        made = notification(cover, OverdueKind.OVD, due_on, money, morning.now)
        stopped = CoverStopped(**facts, due_on=due_on, stop_on=stop, overdue=money)
        if made.id in morning.reported:
            yield f"stopped:{due_on}", [stopped], ()
            continue
        last = report_by(due_on, cover.extension_days, cover.notification_days)
        duty = InsurerOverdueDue(**facts, due_on=due_on, report_by=last, overdue=money)
        yield f"stopped:{due_on}", [stopped, duty], [made]


def untold(cover: Cover, account: CreditAccount, today: date) -> list[date]:
    """Due dates past the extension that nobody was told of yet, as many as one morning takes."""
    past = (d for d in overdue_days(account, today) if stop_on(d, cover.extension_days) < today)
    return [d for d in past if f"stopped:{d}" not in cover.alerts][:STOPPED_PER_MORNING]


def _facts(cover: Cover, now: datetime) -> dict[str, object]:
    return {"org": cover.org, "debtor": cover.debtor, "subject": cover.id, "at": now}


def _idle_since(cover: Cover, account: CreditAccount, morning: Morning) -> date | None:
    used = account.open_minor > 0 or account.reserved_minor(morning.now) > 0
    if used or not cover.in_force:
        return None
    return cover.idle_since or morning.today


def _still(cover: Cover, account: CreditAccount) -> tuple[str, ...]:
    """Warnings about days that still matter; the others are forgotten."""
    days = {str(day) for day, minor in account.open_by_due.items() if minor > 0}
    days |= {str(cover.valid_to), str(cover.idle_since)}
    return tuple(key for key in cover.alerts if key.split(":")[1] in days)


def _next(cover: Cover, account: CreditAccount, now: datetime) -> datetime | None:
    """A cover that ended is looked at while something is open."""
    return next_morning(now) if cover.in_force or account.open_minor > 0 else None
