"""The figures of a credit account that a reviewer looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kasstroom.credit.model import CreditAccount, CreditLimit, Hold
from kasstroom.credit.room import Ground, room_of
from kasstroom.money import Money
from kasstroom.time import day_of


class Age(StrEnum):
    """Days past the due date."""

    CURRENT = "current"
    DAYS_1_30 = "days_1_30"
    DAYS_31_60 = "days_31_60"
    DAYS_61_90 = "days_61_90"
    DAYS_OVER_90 = "days_over_90"


_LAST_DAY = ((0, Age.CURRENT), (30, Age.DAYS_1_30), (60, Age.DAYS_31_60), (90, Age.DAYS_61_90))


@dataclass(frozen=True, slots=True)
class AgedAmount:
    age: Age
    amount: Money


@dataclass(frozen=True, slots=True)
class Habits:
    """How the debtor paid so far: `days_late` is the average weighted by amount, in whole days;
    `late_percent` the share of the money that came late. None: nothing was paid yet."""

    paid_invoices: int
    days_late: int | None
    late_percent: int | None
    promises_kept: int
    promises_broken: int
    disputes: int
    last_paid_on: date | None


@dataclass(frozen=True, slots=True)
class Figures:
    """`limit` is the one that counts today, None when none was granted; `by_age` splits `open` by
    days past the due date, credit notes with the day they net."""

    limit: Money | None
    limits: tuple[CreditLimit, ...]
    open: Money
    reserved: Money
    available: Money
    overdue: Money
    oldest_overdue_days: int
    by_age: tuple[AgedAmount, ...]
    habits: Habits
    hold: Hold | None
    rating: str
    score: int | None


def figures_of(account: CreditAccount, ground: Ground, now: datetime) -> Figures:
    today, currency = day_of(now), account.currency
    room = room_of(account, ground, now)
    return Figures(
        Money(room.limit, currency) if room.limit is not None else None, account.limits,
        Money(account.open_minor, currency), Money(account.reserved_minor(now), currency),
        Money(room.available, currency), Money(account.overdue_minor(today), currency),
        account.oldest_overdue_days(today), by_age(account, today), _habits(account),
        account.hold, account.profile.rating, account.profile.score,
    )  # fmt: skip


def by_age(account: CreditAccount, today: date) -> tuple[AgedAmount, ...]:
    """Every age is present; together they are what is open."""
    minor = dict.fromkeys(Age, 0)
    for due_on, amount in account.open_by_due.items():
        days = (today - due_on).days
        age = next((age for last, age in _LAST_DAY if days <= last), Age.DAYS_OVER_90)
        minor[age] += amount
    return tuple(AgedAmount(age, Money(minor[age], account.currency)) for age in Age)


def _habits(account: CreditAccount) -> Habits:
    paid = account.behaviour
    return Habits(
        paid.paid_invoices, paid.days_late, paid.late_percent, paid.promises_kept,
        paid.promises_broken, paid.disputes, paid.last_paid_on,
    )  # fmt: skip
