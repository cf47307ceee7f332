"""How debtors paid after a decision: would another policy have been right?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kasstroom.credit.model import CreditAccount
from kasstroom.money import Money
from kasstroom.time import day_of


@dataclass(frozen=True, slots=True)
class PaidSince:
    """How the debtors of changed cases paid from the month of their first changed case on: `group`
    is `would_get_more` or `would_get_less`. `late_percent` is the share of what they paid that came
    late; None: nothing was paid. `overdue` is as of today."""

    group: str
    debtors: int
    paid: Money
    late_percent: int | None
    overdue: Money


def paid_since(
    group: str, accounts: Iterable[tuple[CreditAccount, datetime]], now: datetime
) -> list[PaidSince]:
    """By currency, from what the bookings keep in each account by month, from the month of the
    instant beside it."""
    by_currency: dict[str, list[tuple[CreditAccount, datetime]]] = {}
    for account, since in accounts:
        by_currency.setdefault(account.currency, []).append((account, since))
    return [
        _paid_in(group, currency, by_currency[currency], now) for currency in sorted(by_currency)
    ]


def _paid_in(
    group: str, currency: str, those: list[tuple[CreditAccount, datetime]], now: datetime
) -> PaidSince:
    months = [
        month
        for account, since in those
        for name, month in account.behaviour.by_month.items()
        if name >= day_of(since).isoformat()[:7]
    ]
    paid = sum(month.paid_minor for month in months)
    late = sum(month.late_minor for month in months)
    overdue = sum(account.overdue_minor(day_of(now)) for account, _ in those)
    percent = (200 * late + paid) // (2 * paid) if paid > 0 else None
    return PaidSince(group, len(those), Money(paid, currency), percent, Money(overdue, currency))
