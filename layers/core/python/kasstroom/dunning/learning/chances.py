"""What is to be expected of each way and part of the day: the organisation's counts of debtors who
are alike, bent to this kind of step and to this debtor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kasstroom.debtors.model import Channel
from kasstroom.dunning.learning.counting import weight_of
from kasstroom.dunning.learning.model import (
    Block,
    ChannelScores,
    Count,
    DebtorChannelHistory,
    block_at,
)
from kasstroom.dunning.learning.policy import LearningPolicy

Arm = tuple[Channel, Block]
Sums = dict[Arm, tuple[float, float]]
"""By arm how many messages were followed by a payment, and how many were not."""
Ways = Sequence[tuple[Channel, str]]
"""How the debtor may be reached, by channel and address, in the strategy's own order."""
NOTHING_KNOWN = 0.30
"""The share followed by a payment that an arm is given before anything is known of it."""
EACH_PLACE = 0.03
"""Less for each place further in the strategy's order, and once for another time of the day."""
NOTHING_KNOWN_TRIALS = 6.0
STEP_TRIALS = 30.0
"""As how many messages other steps together count, at most, towards this one."""
LEAN_TRIALS = 8.0
"""With how many average messages a debtor's own readiness to pay is tempered."""
SAME_CHANNEL, SAME_BLOCK = 0.7, 0.4
"""What a message over the same channel at another time, or the other way round, says of an arm."""
_LEAST, _MOST = 0.002, 0.98


@dataclass(frozen=True, slots=True)
class Prior:
    """What is known of this kind of step; None when this segment has no scores yet."""

    step: str
    scores: ChannelScores | None = None


@dataclass(frozen=True, slots=True)
class Chance:
    """`prior` are the two numbers of the organisation's Beta distribution; `lean` is this debtor's
    odds against everybody's; `won` and `own` are the debtor's own messages that say something of
    this arm, and weigh against `prior_trials`."""

    prior: tuple[float, float]
    lean: float
    won: float
    own: float
    prior_trials: int

    def given(self, rate: float) -> float:
        """What is expected of this debtor when the organisation's true rate is `rate`."""
        bent = shifted(rate, self.lean)
        return (self.prior_trials * bent + self.won) / (self.prior_trials + self.own)

    @property
    def mean(self) -> float:
        return self.given(self.prior[0] / sum(self.prior))


def chances_of(
    state: DebtorChannelHistory,
    scores: ChannelScores | None,
    step: str,
    arms: Sequence[Arm],
    now: datetime,
    policy: LearningPolicy,
) -> dict[Arm, Chance]:
    half_life = policy.half_life_days
    by_step = scores.counts if scores else {}
    weight = weight_of(scores.as_of if scores else None, now, half_life)
    here = _sums(by_step.get(step, ()), weight)
    others = (count for name, counts in by_step.items() if name != step for count in counts)
    elsewhere = _sums(others, weight)
    wide = {arm: _wide(arm, arms, elsewhere, policy) for arm in arms}
    priors = _priors(wide, here, _step_odds(here, elsewhere), policy)
    mine = _sums(state.counts, weight_of(state.as_of, now, half_life))
    overall = _sums((count for counts in by_step.values() for count in counts), weight)
    lean = _lean(mine, {arm: _wide(arm, arms, overall, policy) for arm in arms})
    return {arm: _chance(arm, priors[arm], lean, mine, policy) for arm in arms}


def shifted(rate: float, odds: float) -> float:
    """The rate whose odds are so many times these."""
    bent = odds * _odds(rate)
    return min(_MOST, max(_LEAST, bent / (1 + bent)))


def _priors(
    wide: dict[Arm, tuple[float, float]], here: Sums, step_odds: float, policy: LearningPolicy
) -> Sums:
    """Beta by arm: no data is the strategy's order, then other steps, then this one; capped."""
    found = {}
    for arm, (mean, trials) in wide.items():
        weight = min(trials, STEP_TRIALS)
        won, lost = here.get(arm, (0.0, 0.0))
        total = weight + won + lost
        rate = (weight * shifted(mean, step_odds) + won) / total
        strength = min(total, policy.organisation_trials)
        found[arm] = (strength * rate, strength * (1 - rate))
    return found


def _wide(arm: Arm, arms: Sequence[Arm], seen: Sums, policy: LearningPolicy) -> tuple[float, float]:
    """Mean and weight of an arm, whatever the step."""
    places = list(dict.fromkeys(channel for channel, _ in arms))
    unusual = arm[1] is not block_at(policy.default_hour)
    guess = max(_LEAST, NOTHING_KNOWN - EACH_PLACE * (places.index(arm[0]) + unusual))
    won, lost = seen.get(arm, (0.0, 0.0))
    trials = NOTHING_KNOWN_TRIALS + won + lost
    return (NOTHING_KNOWN_TRIALS * guess + won) / trials, trials


def _lean(mine: Sums, wide: dict[Arm, tuple[float, float]]) -> float:
    """The debtor's odds of paying after a message, whatever the way, against those of everybody
    over the same ways: who always pays says little about the way."""
    won, lost = _total(mine)
    if not won + lost:
        return 1.0
    average = sum(mean for mean, _ in wide.values()) / len(wide)
    expected = sum(sum(counts) * wide.get(arm, (average,))[0] for arm, counts in mine.items())
    usual = expected / (won + lost)
    rate = (won + LEAN_TRIALS * usual) / (won + lost + LEAN_TRIALS)
    return _odds(rate) / _odds(usual)


def _chance(
    arm: Arm, prior: tuple[float, float], lean: float, mine: Sums, policy: LearningPolicy
) -> Chance:
    own_won = own = 0.0
    for other, (won, lost) in mine.items():
        weight = _says(arm, other)
        own_won, own = own_won + weight * won, own + weight * (won + lost)
    return Chance(prior, lean, own_won, own, policy.prior_trials)


def _says(arm: Arm, other: Arm) -> float:
    if arm == other:
        return 1.0
    if arm[0] == other[0]:
        return SAME_CHANNEL
    return SAME_BLOCK if arm[1] == other[1] else 0.0


def _sums(counts: Iterable[Count], weight: float) -> Sums:
    found: Sums = {}
    for count in counts:
        won, lost = found.get((count.channel, count.block), (0.0, 0.0))
        found[count.channel, count.block] = (won + weight * count.won, lost + weight * count.lost)
    return found


def _step_odds(here: Sums, elsewhere: Sums) -> float:
    """The odds of this step against those of other steps, tempered."""
    won, lost = _total(here)
    other_won, other_lost = _total(elsewhere)
    usual = (other_won + NOTHING_KNOWN) / (other_won + other_lost + 1)
    rate = (won + STEP_TRIALS * usual) / (won + lost + STEP_TRIALS)
    return _odds(rate) / _odds(usual)


def _odds(rate: float) -> float:
    rate = min(_MOST, max(_LEAST, rate))
    return rate / (1 - rate)


def _total(sums: Sums) -> tuple[float, float]:
    return sum(won for won, _ in sums.values()), sum(lost for _, lost in sums.values())
