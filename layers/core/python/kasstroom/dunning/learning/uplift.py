"""What the learner brings, measured against the debtors it leaves alone, with how sure that is.

Debtors were drawn, not messages, and messages to one debtor are alike. So the share of each side is
a ratio over clusters (Cochran 1977, ch. 6 and 9: linearised variance), the number of messages is
divided by the design effect that follows (Kish 1965), and the interval of the difference is
Newcombe's hybrid score interval (Newcombe 1998, method 10) over Wilson's (1927) for each side.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from kasstroom.dunning.learning.model import ChannelScores, Tally

Z_95 = 1.959964
"""The 97.5th percentile of the normal distribution."""
FORMULA = "newcombe_hybrid_score_design_effect"
LEAST_PAID = 10
"""Messages followed by a payment, and not followed by one, on each side before anything is said."""


@dataclass(frozen=True, slots=True)
class Report:
    """Both sides of one experiment; `minimum_debtors` per side before a difference is named."""

    experiment: str
    learned: Tally
    holdout: Tally
    minimum_debtors: int = 100


@dataclass(frozen=True, slots=True)
class Uplift:
    """Shares are 0 to 1; `difference` is learned minus holdout with its 95 percent interval. `code`
    is `too_few`, `no_difference_seen`, `better` or `worse`. None where nothing was counted."""

    experiment: str
    learned: Tally
    holdout: Tally
    learned_rate: float | None
    holdout_rate: float | None
    difference: float | None
    low: float | None
    high: float | None
    code: str
    formula: str = FORMULA


def report_of(scores: Iterable[ChannelScores], experiment: str, minimum_debtors: int) -> Report:
    """All segments of an organisation together, as far as they belong to this experiment."""
    mine = [one for one in scores if one.experiment == experiment]
    learned = sum((one.learned for one in mine), Tally())
    holdout = sum((one.holdout for one in mine), Tally())
    return Report(experiment, learned, holdout, minimum_debtors)


def uplift(report: Report) -> Uplift:
    ours, theirs = report.learned, report.holdout
    if not (ours.trials and theirs.trials):
        rates = tuple(t.paid / t.trials if t.trials else None for t in (ours, theirs))
        return Uplift(report.experiment, ours, theirs, *rates, None, None, None, "too_few")
    low, high = interval(ours, theirs)
    difference = ours.paid / ours.trials - theirs.paid / theirs.trials
    return Uplift(
        report.experiment, ours, theirs, ours.paid / ours.trials, theirs.paid / theirs.trials,
        difference, low, high, _code(report, low, high),
    )  # fmt: skip


def interval(ours: Tally, theirs: Tally) -> tuple[float, float]:
    """The 95 percent interval of the difference of two shares."""
    p1, p2 = ours.paid / ours.trials, theirs.paid / theirs.trials
    low1, high1 = wilson(p1, ours.trials / design_effect(ours))
    low2, high2 = wilson(p2, theirs.trials / design_effect(theirs))
    below = sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2)
    above = sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2)
    return p1 - p2 - below, p1 - p2 + above


def wilson(share: float, trials: float) -> tuple[float, float]:
    square = Z_95**2
    middle = (share + square / (2 * trials)) / (1 + square / trials)
    half = (
        Z_95 * sqrt(share * (1 - share) / trials + square / (4 * trials**2)) / (1 + square / trials)
    )
    return max(0.0, middle - half), min(1.0, middle + half)


def design_effect(side: Tally) -> float:
    """How many times more the share varies than among unlike messages; never below one."""
    share = side.paid / side.trials
    plain = share * (1 - share) / side.trials
    if plain == 0 or side.debtors < 2:
        return 1.0
    residual = side.paid_squared - 2 * share * side.trials_paid + share**2 * side.trials_squared
    varies = residual * side.debtors / (side.debtors - 1) / side.trials**2
    return max(1.0, varies / plain)


def _code(report: Report, low: float, high: float) -> str:
    for side in (report.learned, report.holdout):
        rare = min(side.paid, side.trials - side.paid)
        if side.debtors < report.minimum_debtors or rare < LEAST_PAID:
            return "too_few"
    if low > 0:
        return "better"
    return "worse" if high < 0 else "no_difference_seen"
