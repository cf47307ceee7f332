"""Money that no invoice takes: on a list, with an owner and a deadline, until nothing is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes
from kasstroom.events.payments import PaymentUnmatched
from kasstroom.ids import derived_id
from kasstroom.payments.model import MoneyIn, UnmatchedMoney, WorkState
from kasstroom.time import day_of

RESOLVE_DAYS = 5
OWNER = "credit_management"
KEPT_RESOLVED_DAYS = 30

OVERPAID = "overpaid"
NO_INVOICE = "no_invoice"
RETURNED_TWICE = "returned_twice"
"""More went back to the payer than ever came in."""


def id_of(money_id: str) -> str:
    return derived_id("unm", money_id)


def listed(
    money: MoneyIn, known: UnmatchedMoney | None, now: datetime, *, reason: str = OVERPAID
) -> Changes:
    """The list after a booking: something is left (again), something else is left, or nothing."""
    if known is None:
        return _opened(money, reason, now) if money.left else Changes()
    if money.left == known.amount and (known.state is WorkState.OPEN) == bool(money.left):
        return Changes()
    if money.left:
        again = replace(known, amount=money.left, state=WorkState.OPEN, gone_at=None)
        return Changes(update=(again,))
    gone_at = now + timedelta(days=KEPT_RESOLVED_DAYS)
    done = replace(known, amount=money.left, state=WorkState.RESOLVED, gone_at=gone_at)
    return Changes(update=(done,))


def _opened(money: MoneyIn, reason: str, now: datetime) -> Changes:
    told = RETURNED_TWICE if money.left.minor < 0 else reason
    item = UnmatchedMoney(
        money.org, money.debtor, id_of(money.id), money.left, money.id, told, now, OWNER,
        day_of(now) + timedelta(days=RESOLVE_DAYS),
    )  # fmt: skip
    event = PaymentUnmatched(
        org=money.org, debtor=money.debtor, subject=money.id, at=now, amount=money.left, reason=told
    )
    return Changes(create=(item,), events=(event,))
