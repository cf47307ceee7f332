"""Whether reminders bring money in: by step, by channel, and against the holdout."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kasstroom.dunning.learning.uplift import Uplift
from kasstroom.reports.contributing.messages import PAID, PAID_WITHIN_DAYS
from kasstroom.reports.kpi.amounts import ZERO, Parts
from kasstroom.reports.kpi.figures import Figures
from kasstroom.reports.kpi.model import HUNDRED, Unit, percent, rounded, share
from kasstroom.reports.measures import Measure

ALL = ""
"""Of a row over every step or every channel."""


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """Of `sent` reminders, `paid` were followed by full payment in 14 days. `template` is the step
    (templates are named after it) and `channel` its way; empty: all of them together."""

    template: str
    channel: str
    sent: int
    paid: int
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class HoldoutRow:
    """Both sides of the learner's experiment in percent; `uplift_points` is learned less holdout
    with its 95 percent interval. `code` says what that allows: `too_few`, `no_difference_seen`,
    `better` or `worse`."""

    experiment: str
    code: str
    learned_debtors: int
    learned_percent: Decimal | None
    holdout_debtors: int
    holdout_percent: Decimal | None
    uplift_points: Decimal | None
    low_points: Decimal | None
    high_points: Decimal | None


def _sent(figures: Figures) -> dict[Parts, Decimal]:
    """Of the last year, whose fourteen days are over."""
    return figures.flow(Measure.REMINDED, figures.year_ago(), judged_until(figures.as_of))


def judged_until(as_of: date) -> date:
    return as_of - timedelta(days=PAID_WITHIN_DAYS + 1)


def reminders_paid(figures: Figures) -> Decimal | None:
    found = _sent(figures)
    paid = sum((n for (*_, result), n in found.items() if result == PAID), ZERO)
    return share(paid, sum(found.values(), ZERO))


def reminder_effect(figures: Figures) -> tuple[ReminderRow, ...]:
    return _rows(_sent(figures), lambda template, channel: (template, channel))


def reminder_effect_by_step(figures: Figures) -> tuple[ReminderRow, ...]:
    return _rows(_sent(figures), lambda template, _: (template, ALL))


def reminder_effect_by_channel(figures: Figures) -> tuple[ReminderRow, ...]:
    return _rows(_sent(figures), lambda _, channel: (ALL, channel))


def _rows(
    found: Mapping[Parts, Decimal], group: Callable[[str, str], tuple[str, str]]
) -> tuple[ReminderRow, ...]:
    sent: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    paid: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for (template, channel, result), count in found.items():
        sent[group(template, channel)] += count
        paid[group(template, channel)] += count if result == PAID else ZERO
    return tuple(
        ReminderRow(*key, int(sent[key]), int(paid[key]), percent(paid[key], sent[key]))
        for key in sorted(sent)
    )


def reminder_holdout(figures: Figures) -> tuple[HoldoutRow, ...]:
    """One row, as the learner works it out; none where it was not read."""
    return (_holdout(figures.uplift),) if figures.uplift else ()


def _holdout(found: Uplift) -> HoldoutRow:
    shares = (found.learned_rate, found.holdout_rate, found.difference, found.low, found.high)
    learned, holdout, points, low, high = (_points(one) for one in shares)
    return HoldoutRow(
        found.experiment, found.code, found.learned.debtors, learned, found.holdout.debtors,
        holdout, points, low, high,
    )  # fmt: skip


def reminder_uplift(figures: Figures) -> Decimal | None:
    """None too while there are too few debtors to say anything."""
    found = figures.uplift
    if found is None or found.difference is None or found.code == "too_few":
        return None
    return HUNDRED * Decimal(repr(found.difference))


def _points(part: float | None) -> Decimal | None:
    """The learner works with floats; its shares become Decimals here and nowhere else."""
    return None if part is None else rounded(HUNDRED * Decimal(repr(part)), Unit.POINTS)
