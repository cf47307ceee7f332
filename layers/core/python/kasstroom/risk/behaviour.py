"""How payment behaviour grows, booking by booking, and what it says today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from kasstroom.risk.model import MonthPaid, PaymentBehaviour

MONTHS_KEPT = 12
RECENT_MONTHS = 3


def paid(
    behaviour: PaymentBehaviour, amount_minor: int, due_on: date, paid_on: date, settled: bool
) -> PaymentBehaviour:
    """After `amount_minor` was paid on an invoice due on `due_on`; `settled`: nothing is open on
    the invoice any more, which counts it once. Paid on the due date is not late."""
    return _counted(behaviour, amount_minor, due_on, paid_on, settled, sign=1)


def unpaid(
    behaviour: PaymentBehaviour, amount_minor: int, due_on: date, paid_on: date
) -> PaymentBehaviour:
    """After `amount_minor` that was paid on `paid_on` does not pay this invoice any more: the
    payer or the bank took it back, or it was moved to another invoice. `last_paid_on` stays: the
    debtor did pay that day.

    A month that more than twelve later ones pushed out does not come back by itself
    (`kasstroom.risk.recount` finds it in the ledger).
    """
    return _counted(behaviour, amount_minor, due_on, paid_on, settled=False, sign=-1)


def reopened(behaviour: PaymentBehaviour, due_on: date, settled_on: date) -> PaymentBehaviour:
    """After an invoice that was settled on `settled_on` is open again: it is not counted as paid
    any more, as late or not as it was."""
    late = 1 if settled_on > due_on else 0
    return replace(
        behaviour,
        paid_invoices=behaviour.paid_invoices - 1,
        late_invoices=behaviour.late_invoices - late,
    )


def money_parts(allocated_minor: Iterable[int]) -> tuple[int, ...]:
    """How much money each allocation of one payment brought, in minor units above zero.

    Negative is taken off an invoice, positive is a credit note used. Credit notes fill only what
    the money does not reach, so they pay for the last part; a credit note itself gets nothing.
    """
    allocated = tuple(allocated_minor)
    money = max(0, -sum(allocated))
    parts = []
    for minor in allocated:
        part = min(money, max(0, -minor))
        parts.append(part)
        money -= part
    return tuple(parts)


def trend(behaviour: PaymentBehaviour, today: date) -> int | None:
    """How many days later than before: the average days late, weighted by amount, of this and the
    two months before, less that of the nine months before those; whole days rounded half up.
    Above zero is getting worse. None: nothing was paid in one of the two."""
    recent = _together(behaviour, today, range(RECENT_MONTHS))
    before = _together(behaviour, today, range(RECENT_MONTHS, MONTHS_KEPT))
    if recent.paid_minor <= 0 or before.paid_minor <= 0:
        return None
    over = recent.paid_minor * before.paid_minor
    difference = (
        recent.minor_days_late * before.paid_minor - before.minor_days_late * recent.paid_minor
    )
    return (2 * difference + over) // (2 * over)


def last_year(behaviour: PaymentBehaviour, today: date) -> MonthPaid:
    """What was paid in this calendar month and the eleven before it."""
    return _together(behaviour, today, range(MONTHS_KEPT))


def promise_kept(behaviour: PaymentBehaviour) -> PaymentBehaviour:
    return replace(behaviour, promises_kept=behaviour.promises_kept + 1)


def promise_broken(behaviour: PaymentBehaviour) -> PaymentBehaviour:
    return replace(behaviour, promises_broken=behaviour.promises_broken + 1)


def dispute_opened(behaviour: PaymentBehaviour) -> PaymentBehaviour:
    return replace(behaviour, disputes=behaviour.disputes + 1)


def month_of(day: date) -> str:
    """`2026-09`: sorts as text."""
    return f"{day.year:04d}-{day.month:02d}"


def _counted(
    behaviour: PaymentBehaviour,
    amount_minor: int,
    due_on: date,
    paid_on: date,
    settled: bool,
    *,
    sign: int,
) -> PaymentBehaviour:
    days = max(0, (paid_on - due_on).days)
    moved = MonthPaid(
        sign * amount_minor, sign * amount_minor if days else 0, sign * amount_minor * days
    )
    invoices = sign if settled else 0
    last = behaviour.last_paid_on
    came = paid_on if sign > 0 else last
    return replace(
        behaviour,
        paid_invoices=behaviour.paid_invoices + invoices,
        late_invoices=behaviour.late_invoices + (invoices if days else 0),
        paid_minor=behaviour.paid_minor + moved.paid_minor,
        late_minor=behaviour.late_minor + moved.late_minor,
        minor_days_late=behaviour.minor_days_late + moved.minor_days_late,
        by_month=_months(behaviour.by_month, month_of(paid_on), moved),
        last_paid_on=max(last, came) if last and came else came,
    )


def _months(known: dict[str, MonthPaid], month: str, moved: MonthPaid) -> dict[str, MonthPaid]:
    """The last twelve months paid in; what is taken from a month no longer kept is gone there."""
    if month not in known and moved.paid_minor < 0:
        return known
    months = {**known, month: _sum((known.get(month, MonthPaid()), moved))}
    paid_in = sorted(name for name, paid in months.items() if paid.paid_minor)
    return {name: months[name] for name in paid_in[-MONTHS_KEPT:]}


def _together(behaviour: PaymentBehaviour, today: date, back: range) -> MonthPaid:
    """What was paid in the calendar months that lie `back` months ago."""
    this = today.year * 12 + today.month - 1
    names = (f"{(this - n) // 12:04d}-{(this - n) % 12 + 1:02d}" for n in back)
    return _sum(behaviour.by_month.get(name, MonthPaid()) for name in names)


def _sum(months: Iterable[MonthPaid]) -> MonthPaid:
    found = tuple(months)
    return MonthPaid(
        sum(month.paid_minor for month in found),
        sum(month.late_minor for month in found),
        sum(month.minor_days_late for month in found),
    )
