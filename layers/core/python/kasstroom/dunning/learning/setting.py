"""Switching the learner on, and the terms it works under."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes, Command
from kasstroom.dunning.learning.model import Block
from kasstroom.dunning.learning.policy import COSTS, ChannelCost, LearningPolicy
from kasstroom.dunning.learning.usecases import policy_of
from kasstroom.errors import Refused
from kasstroom.ports import Books

_BOUNDS = {
    "holdout_percent": (1, 50),
    "window_days": (1, 30),
    "half_life_days": (14, 1095),
    "default_hour": (9, 19),
    "worth_minor": (1, 1_000_000),
}
_KEPT = ("holdout_percent", "window_days")
"""What may not change within an experiment: both sides were drawn and counted under it."""


@dataclass(frozen=True, slots=True)
class LearningTerms(Command):
    """As `LearningPolicy`; what is left out gets its default. Another `experiment` name draws the
    holdout afresh and counts from zero; what was learned of channels stays."""

    enabled: bool
    holdout_percent: int = 10
    window_days: int = 5
    half_life_days: int = 180
    experiment: str = "1"
    default_hour: int = 9
    blocks: tuple[Block, ...] = tuple(Block)
    minimum_gain_percent: Decimal = Decimal("2")
    worth_minor: int = 1000
    costs: tuple[ChannelCost, ...] = COSTS


def set_policy(
    books: Books, org: str, terms: LearningTerms, actor: Actor
) -> tuple[Changes, LearningPolicy]:
    """Refused for a machine, out of bounds, and for an experiment that would change under way."""
    actor.must_be(Role.CREDIT_MANAGER)
    _check(terms)
    known = policy_of(books, org)
    _same_experiment(known, terms)
    given = {name: getattr(terms, name) for name in LearningTerms.__dataclass_fields__}
    after = replace(known, **given, changed_by=actor.name)
    return (Changes(update=(after,)) if after != known else Changes()), after


def _same_experiment(known: LearningPolicy, terms: LearningTerms) -> None:
    if not known.version or terms.experiment != known.experiment:
        return
    for name in _KEPT:
        if getattr(terms, name) != getattr(known, name):
            detail = f"Give the experiment another name to change {name}: it is measured under it."
            raise Refused("new_experiment_needed", detail, f"/body/{name}")


def _check(terms: LearningTerms) -> None:
    for name, (least, most) in _BOUNDS.items():
        if not least <= getattr(terms, name) <= most:
            detail = f"{name} lies between {least} and {most}."
            raise Refused("out_of_bounds", detail, f"/body/{name}")
    if not 0 <= terms.minimum_gain_percent <= 50:
        detail = "minimum_gain_percent lies between 0 and 50."
        raise Refused("out_of_bounds", detail, "/body/minimum_gain_percent")
    if not terms.blocks:
        detail = "Leave at least one part of the day."
        raise Refused("no_block", detail, "/body/blocks")
    if not 1 <= len(terms.experiment) <= 64:
        detail = "Name the experiment with 1 to 64 characters."
        raise Refused("invalid_experiment", detail, "/body/experiment")
    for at, cost in enumerate(terms.costs):
        if not 0 <= cost.minor <= 100_000:
            detail = "A message costs between 0 and 100000 minor units."
            raise Refused("out_of_bounds", detail, f"/body/costs/{at}/minor")
