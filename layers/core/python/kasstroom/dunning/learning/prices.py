"""What a message costs, and how much more often a dearer one has to be followed by a payment."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from kasstroom.debtors.model import Channel
from kasstroom.dunning.learning.chances import Arm, Prior, Ways
from kasstroom.dunning.learning.policy import LearningPolicy

LITTLE_KNOWN = 50.0
"""Messages of this kind of step, as they weigh today."""


def prices(ways: Ways, prior: Prior, policy: LearningPolicy) -> dict[Channel, Decimal]:
    """What each channel costs. While little is known, none counts as cheaper than the strategy's
    first: price alone is no reason to leave its order."""
    counts = prior.scores.counts.get(prior.step, ()) if prior.scores else ()
    is_known = sum(count.trials for count in counts) >= LITTLE_KNOWN
    least = Decimal(0) if is_known else policy.cost_minor(ways[0][0])
    return {channel: max(least, policy.cost_minor(channel)) for channel, _ in ways}


def worth_it(
    values: dict[Arm, float], price: Mapping[Channel, Decimal], policy: LearningPolicy
) -> tuple[Arm, bool]:
    """The best arm, where a dearer channel has to earn what it costs more; and whether a dearer one
    was better and not worth it. Of equals the first."""
    best = max(values, key=values.__getitem__)
    taken: Arm | None = None
    for channel in sorted(price, key=price.__getitem__):
        here = max((arm for arm in values if arm[0] == channel), key=values.__getitem__)
        asked = _asked(price[channel] - price[taken[0]], policy) if taken else 0.0
        if taken is None or values[here] - values[taken] > asked:
            taken = here
    assert taken
    return taken, taken != best


def _asked(dearer_minor: Decimal, policy: LearningPolicy) -> float:
    """How much more often (0 to 1) a channel must be followed by a payment when it costs this much
    more."""
    if dearer_minor <= 0:
        return 0.0
    pays_back = dearer_minor / policy.worth_minor
    return float(max(policy.minimum_gain_percent / 100, pays_back))
