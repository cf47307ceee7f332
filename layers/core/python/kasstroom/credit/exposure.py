"""How open amounts move on a credit account: kept by every transaction that changes an invoice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypeVar

from kasstroom.credit.model import CreditAccount
from kasstroom.money import Money

K = TypeVar("K", str, date)


def moved(account: CreditAccount, due_on: date, change: Money) -> CreditAccount:
    """The account after an open amount due on `due_on` changed by `change` (signed)."""
    if change.currency != account.currency:
        return replace(account, other_open=_plus(account.other_open, change.currency, change.minor))
    return replace(account, open_by_due=_plus(account.open_by_due, due_on, change.minor))


def unallocated(account: CreditAccount, change: Money) -> CreditAccount:
    """The account after money without an invoice came in (negative) or was used (positive)."""
    amounts = _plus(account.unallocated, change.currency, change.minor)
    return replace(account, unallocated=amounts)


def _plus(amounts: dict[K, int], key: K, change: int) -> dict[K, int]:
    after = {**amounts, key: amounts.get(key, 0) + change}
    return {k: minor for k, minor in after.items() if minor}
