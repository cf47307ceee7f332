"""The organisation's scores, and both sides of its experiment, after results of one debtor."""

from __future__ import annotations

from dataclasses import replace

from kasstroom.dunning.learning.counting import counted, faded
from kasstroom.dunning.learning.model import ChannelScores, Measured, Result, Tally
from kasstroom.dunning.learning.policy import LearningPolicy


def added(scores: ChannelScores, result: Result, policy: LearningPolicy) -> ChannelScores:
    """One result more in the counts of its kind of step."""
    trial = result.trial
    at = max(scores.as_of or trial.sent_at, trial.sent_at)
    weighed = scores.counts
    if at != scores.as_of:
        days = policy.half_life_days
        weighed = {s: faded(c, scores.as_of, at, days) for s, c in scores.counts.items()}
    won = float(result.won)
    of_step = weighed.get(trial.step, ())
    more = counted(of_step, trial.channel, trial.block, won=won, lost=1 - won)
    return replace(scores, counts=weighed | {trial.step: more}, as_of=at)


def measured(
    scores: ChannelScores, known: Measured, result: Result, experiment: str
) -> tuple[ChannelScores, Measured]:
    """One result more on its side of the experiment, when it belongs to this one."""
    if result.trial.experiment != experiment:
        return scores, known
    if scores.experiment != experiment:
        scores = replace(scores, experiment=experiment, learned=Tally(), holdout=Tally())
    if known.experiment != experiment:
        known = Measured(experiment)
    paid = int(result.won)
    side = "holdout" if result.trial.in_holdout else "learned"
    after = getattr(scores, side) + _one_more(known, paid)
    further = Measured(experiment, known.trials + 1, known.paid + paid)
    return replace(scores, **{side: after}), further


def _one_more(known: Measured, paid: int) -> Tally:
    """What the sums over debtors gain by this debtor's next message; telescoping, so that they stay
    right when a debtor moves to another segment."""
    return Tally(
        debtors=int(known.trials == 0),
        trials=1,
        paid=paid,
        trials_squared=2 * known.trials + 1,
        paid_squared=paid * (2 * known.paid + 1),
        trials_paid=known.paid + paid * (known.trials + 1),
    )
