"""Which of the ways that are allowed, and at what time of the day: Thompson sampling.

Each way and part of the day has a Beta distribution from what the organisation saw of debtors who
are alike; one draw of each, bent to this debtor's own history, and the highest wins. So what is
uncertain is tried now and then, and what is known to work is mostly taken.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from kasstroom.compliance.contact_hours import CLOSES, OPENS, is_contact_day
from kasstroom.debtors.model import Channel
from kasstroom.dunning.learning.chances import Arm, Chance, Prior, Ways, chances_of
from kasstroom.dunning.learning.holdout import in_holdout
from kasstroom.dunning.learning.model import (
    HOURS,
    Block,
    DebtorChannelHistory,
    block_at,
)
from kasstroom.dunning.learning.policy import FIXED_STEPS, LearningPolicy
from kasstroom.dunning.learning.prices import prices, worth_it
from kasstroom.errors import Refused
from kasstroom.time import AMSTERDAM

WITHOUT_HOUR = frozenset({Channel.LETTER})
"""The post does not come at an hour of our choosing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """`hour` is where the part of the day begins, Amsterdam time. `why` are codes
    (`explaining.SENTENCES`); `chances` are channel, part of the day, the expected share that is
    followed by a payment, and on how many own messages it rests. `explored`: another looked better
    and this one was tried."""

    channel: Channel
    hour: int
    why: tuple[str, ...]
    chances: tuple[tuple[Channel, Block, float, float], ...] = ()
    explored: bool = False
    in_holdout: bool = False


def choose(
    state: DebtorChannelHistory,
    prior: Prior,
    ways: Ways,
    now: datetime,
    policy: LearningPolicy,
    seed: str,
) -> Choice:
    """The way and hour of one message; the same for the same `seed` (the message's id) and facts.
    Refused without a single way: only the caller knows why there is none."""

    def drawn(arm: Arm, chance: Chance) -> float:
        return chance.given(_draw(chance.prior, seed, arm))

    return _choice(state, prior, ways, now, policy, drawn)


def likeliest(
    state: DebtorChannelHistory, prior: Prior, ways: Ways, now: datetime, policy: LearningPolicy
) -> Choice:
    """As `choose`, with nothing tried out: what a person who wants to reach the debtor is told."""
    return _choice(state, prior, ways, now, policy, lambda arm, chance: chance.mean)


def _choice(
    state: DebtorChannelHistory,
    prior: Prior,
    ways: Ways,
    now: datetime,
    policy: LearningPolicy,
    valued: Callable[[Arm, Chance], float],
) -> Choice:
    if not ways:
        raise Refused("no_way_to_reach", "There is no way to reach this debtor; add an address.")
    apart = in_holdout(state.org, state.debtor, policy.experiment, policy.holdout_percent)
    arms = arms_of(ways, policy)
    if reason := _left_alone(prior.step, policy, apart, arms):
        apart = apart and policy.enabled
        return Choice(ways[0][0], policy.default_hour, (reason,), in_holdout=apart)
    chances = chances_of(state, prior.scores, prior.step, arms, now, policy)
    price = prices(ways, prior, policy)
    taken, cheaper = worth_it({arm: valued(arm, chances[arm]) for arm in arms}, price, policy)
    likely, _ = worth_it({arm: chances[arm].mean for arm in arms}, price, policy)
    explored = taken != likely
    why = _why(chances[taken].own, prior, explored=explored, cheaper=cheaper)
    return Choice(taken[0], first_hour(taken[1], policy), why, _shown(chances), explored)


def _shown(chances: dict[Arm, Chance]) -> tuple[tuple[Channel, Block, float, float], ...]:
    return tuple((*arm, round(one.mean, 4), round(one.own, 1)) for arm, one in chances.items())


def arms_of(ways: Ways, policy: LearningPolicy) -> tuple[Arm, ...]:
    """Every channel in every part of the day that lies in contact hours and the policy allows."""
    usual = block_at(policy.default_hour)
    open_blocks = [b for b in Block if b in policy.blocks and _in_contact_hours(b)] or [usual]
    channels = dict.fromkeys(channel for channel, _ in ways)
    return tuple(
        (channel, block)
        for channel in channels
        for block in ([usual] if channel in WITHOUT_HOUR else open_blocks)
    )


def first_hour(block: Block, policy: LearningPolicy) -> int:
    """The strategy's own hour inside its part of the day, else where the part begins."""
    return policy.default_hour if block is block_at(policy.default_hour) else HOURS[block][0]


def moment(hour: int, due_at: datetime) -> datetime:
    """When a message that is due at `due_at` goes out at a chosen hour: at once when that part of
    the day has begun, else later that day, else on the next day of contact. It follows from
    `due_at` alone, so whoever waited for it finds it passed, whatever is chosen by then."""
    _, ends = HOURS[block_at(hour)]
    local = due_at.astimezone(AMSTERDAM)
    day = local.date() + timedelta(days=local.hour >= ends)
    while not is_contact_day(day):
        day += timedelta(days=1)
    begins = datetime.combine(day, time(hour), AMSTERDAM).astimezone(UTC)
    return max(due_at, begins)


def _in_contact_hours(block: Block) -> bool:
    begins, ends = HOURS[block]
    return time(begins) >= OPENS and time(ends) <= CLOSES


def _left_alone(step: str, policy: LearningPolicy, apart: bool, arms: tuple[Arm, ...]) -> str:
    """Why the strategy's own order holds; empty when there is something to choose."""
    if not policy.enabled:
        return "off"
    if step in FIXED_STEPS:
        return "statutory_step"
    if apart:
        return "holdout"
    return "only_way" if len(arms) == 1 else ""


def _draw(prior: tuple[float, float], seed: str, arm: Arm) -> float:
    """A source of chance for each arm: a way that comes or goes changes no other's draw."""
    return random.Random(f"{seed}|{arm[0]}|{arm[1]}").betavariate(*prior)  # noqa: S311


def _why(own: float, prior: Prior, *, explored: bool, cheaper: bool) -> tuple[str, ...]:
    told = []
    if explored:
        told.append("explored")
    if own >= 1:
        told.append("own_history")
    told.append("segment_scores" if prior.scores and prior.scores.counts else "strategy_order")
    if cheaper:
        told.append("dearer_not_worth_it")
    return tuple(told)
