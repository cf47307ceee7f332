"""What an organisation lets the learner decide, and at what price."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kasstroom.changes import Versioned
from kasstroom.debtors.model import Channel
from kasstroom.dunning.learning.model import Block
from kasstroom.dunning.strategy import StepKind

FIXED_STEPS = frozenset({StepKind.FOURTEEN_DAY_LETTER, StepKind.HAND_OVER})
"""Never chosen here: the way of the fourteen-day letter decides whether it can be proven (art.
6:96(6) BW), and a hand-over writes to nobody."""


@dataclass(frozen=True, slots=True)
class ChannelCost:
    """What one message costs, in minor units; fractions, because an e-mail costs hardly anything.
    The figures are a guess to begin with: put in what you pay."""

    channel: Channel
    minor: Decimal


COSTS = (
    ChannelCost(Channel.EMAIL, Decimal("0.01")),
    ChannelCost(Channel.WHATSAPP, Decimal("4")),
    ChannelCost(Channel.SMS, Decimal("8")),
    ChannelCost(Channel.LETTER, Decimal("150")),
    ChannelCost(Channel.PHONE, Decimal("500")),
)


@dataclass(frozen=True, slots=True)
class LearningPolicy(Versioned):
    """Off until somebody switches it on; then `holdout_percent` of the debtors keep the strategy's
    own order and `default_hour` for as long as the `experiment` has this name.

    A success is a payment within `window_days` after the message. Counts halve every
    `half_life_days`. The organisation's counts weigh as at most `organisation_trials` messages, and
    towards one debtor as `prior_trials`. A dearer channel must promise `minimum_gain_percent`
    points more, and pay for itself when a payment within the window is worth `worth_minor`. Nothing
    is claimed of the gain before both sides have `minimum_debtors`.
    """

    org: str
    enabled: bool = False
    holdout_percent: int = 10
    window_days: int = 5
    half_life_days: int = 180
    experiment: str = "1"
    default_hour: int = 9
    blocks: tuple[Block, ...] = tuple(Block)
    prior_trials: int = 5
    organisation_trials: int = 500
    minimum_gain_percent: Decimal = Decimal("2")
    worth_minor: int = 1000
    costs: tuple[ChannelCost, ...] = COSTS
    minimum_debtors: int = 100
    changed_by: str = ""

    def cost_minor(self, channel: Channel) -> Decimal:
        """What one message costs; a channel nobody gave a price costs as much as the dearest."""
        known = {cost.channel: cost.minor for cost in self.costs}
        return known.get(channel, max(known.values(), default=Decimal(0)))
