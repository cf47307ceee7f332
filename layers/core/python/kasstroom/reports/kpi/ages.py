"""How old what is open is, and how much of it grows older."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate, pairwise

from kasstroom.invoices.model import DocumentKind
from kasstroom.reports.ageing import Bucket
from kasstroom.reports.kpi.amounts import ZERO
from kasstroom.reports.kpi.figures import AGES, OVERDUE, Figures, age_of
from kasstroom.reports.kpi.model import as_amount, percent, share
from kasstroom.reports.measures import Measure

ROLL_DAYS = 30
"""As wide as a bucket, so that what stays open moves exactly one on."""

STEPS: tuple[str, ...] = (Bucket.CURRENT, *OVERDUE)


@dataclass(frozen=True, slots=True)
class AgeRow:
    """`percent` of outstanding; the amounts of all rows are outstanding together. `disputed` is a
    part of the amount, known as it stands now only."""

    bucket: str
    amount: Decimal
    percent: Decimal | None
    disputed: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RollRow:
    """Of the `balance` in `bucket` thirty days ago, `rolled` lies in `next_bucket` now."""

    bucket: str
    next_bucket: str
    balance: Decimal
    rolled: Decimal
    percent: Decimal | None


def ageing(figures: Figures) -> tuple[AgeRow, ...]:
    ages = figures.ageing()
    whole = sum(ages.values(), ZERO)
    if not any(ages.values()):
        return ()
    amounts = rounded_together([ages[bucket] for bucket in AGES], figures.currency)
    held = _disputed(figures) if figures.is_now else {}
    return tuple(
        AgeRow(bucket, amount, percent(ages[bucket], whole), held.get(bucket))
        for bucket, amount in zip(AGES, amounts, strict=True)
    )


def _disputed(figures: Figures) -> dict[str, Decimal]:
    held = dict.fromkeys(AGES, ZERO)
    for (due_on,), amount in figures.amounts.now(Measure.OPEN_DISPUTED).items():
        on = date.fromisoformat(due_on) if due_on else None
        held[age_of(DocumentKind.INVOICE, on, figures.as_of)] += amount
    return {bucket: as_amount(amount, figures.currency) for bucket, amount in held.items()}


def rounded_together(values: Iterable[Decimal], currency: str) -> list[Decimal]:
    """Each rounded so that the sum of them is the sum rounded: amounts that came out of rates add
    up to the cent."""
    totals = [as_amount(total, currency) for total in accumulate(values)]
    return [later - earlier for earlier, later in pairwise([ZERO, *totals])]


def roll_rates(figures: Figures) -> tuple[RollRow, ...]:
    """No rows where nothing was open thirty days ago. Every item with the same due date has the
    same age, so what was in a bucket and is in the next one now is known without any invoice."""
    start = figures.ago(ROLL_DAYS)
    was, rolled = _balances(figures, start), _rolled(figures, start)
    if not any(was.values()):
        return ()
    return tuple(
        RollRow(
            bucket,
            following,
            as_amount(was[bucket], figures.currency),
            as_amount(rolled[bucket], figures.currency),
            percent(rolled[bucket], was[bucket]),
        )  # fmt: skip
        for bucket, following in pairwise(STEPS)
    )


def _balances(figures: Figures, on: date) -> dict[str, Decimal]:
    ages = figures.ageing(on)
    return {bucket: ages[bucket] for bucket in STEPS}


def _rolled(figures: Figures, start: date) -> dict[str, Decimal]:
    """By the bucket it lay in at `start`: what was open then and still is, one bucket further."""
    before = figures.open_by_due(start)
    rolled = dict.fromkeys(STEPS, ZERO)
    following = dict(pairwise(STEPS))
    for place, amount in figures.open_by_due().items():
        kind, due_on = place
        was = age_of(kind, due_on, start)
        if following.get(was) == age_of(kind, due_on, figures.as_of):
            rolled[was] += min(amount, before.get(place, ZERO))
    return rolled


def overdue_percent(figures: Figures) -> Decimal | None:
    return share(figures.overdue(), _owed(figures))


def _owed(figures: Figures) -> Decimal:
    """Open invoices, without what stands to the credit of debtors."""
    return sum(
        (
            amount
            for (kind, _), amount in figures.open_by_due().items()
            if kind == DocumentKind.INVOICE
        ),
        ZERO,
    )


def outstanding(figures: Figures) -> Decimal | None:
    """None as long as nothing was ever owed; zero when all of it is paid."""
    return figures.outstanding() if _was_owed(figures) else None


def overdue(figures: Figures) -> Decimal | None:
    return figures.overdue() if _was_owed(figures) else None


def open_charges(figures: Figures) -> Decimal | None:
    """Zero when they are paid; None when none were ever claimed."""
    if not figures.amounts.first_day(Measure.CHARGES_MOVED):
        return None
    return sum(figures.charges().values(), ZERO)


def _was_owed(figures: Figures) -> bool:
    moved = (Measure.OPEN_MOVED, Measure.UNALLOCATED_MOVED)
    return any(figures.amounts.first_day(measure) for measure in moved)
