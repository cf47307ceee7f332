"""A made-up year under one way of choosing, through the learner's own functions."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import product

from kasstroom.debtors.model import Channel
from kasstroom.dunning.learning.chances import Arm, Prior
from kasstroom.dunning.learning.choosing import arms_of, choose
from kasstroom.dunning.learning.counting import failed, rewarded
from kasstroom.dunning.learning.holdout import in_holdout
from kasstroom.dunning.learning.model import (
    Block,
    ChannelScores,
    DebtorChannelHistory,
    Result,
    Trial,
    block_at,
)
from kasstroom.dunning.learning.policy import LearningPolicy
from kasstroom.dunning.learning.prices import worth_it
from kasstroom.dunning.learning.scoring import added, measured
from kasstroom.dunning.learning.uplift import Uplift, report_of, uplift
from tests.bench.learning_world import BEGIN, DRIFT, STEPS, TASTES, Person, people, taste

ORG, WEEKS = "bench", 52
RUN_STARTS = 0.11
"""The chance that a debtor without a case gets one in a week."""
LATE_DAYS = 30
"""After the last step without a payment: what the rest takes."""


@dataclass
class Outcome:
    """`regret` by week: by how much the oracle's chances were better, and of how many messages."""

    messages: int = 0
    paid: int = 0
    cases: int = 0
    days: int = 0
    cost_minor: float = 0.0
    regret: list[float] = field(default_factory=lambda: [0.0] * WEEKS)
    sent: list[int] = field(default_factory=lambda: [0] * WEEKS)
    channels: Counter[str] = field(default_factory=Counter)


class Year:
    """One world under one way of choosing; every draw of chance belongs to the debtor and week, so
    that worlds differ by what was chosen only."""

    def __init__(
        self, count: int, seed: int, policy: LearningPolicy, *, how: str, effect: float = 1.0,
        weeks: int = WEEKS,
    ) -> None:  # fmt: skip
        self.people, self.policy, self.how = people(count, seed), policy, how
        self.effect, self.weeks, self.seed = effect, weeks, seed
        self.states = {p.number: DebtorChannelHistory(ORG, p.number) for p in self.people}
        self.scores = {s: ChannelScores(ORG, s, {}) for s in {p.segment for p in self.people}}
        self.steps: dict[str, int] = {}
        self.outcome = Outcome()
        self.average = self._averages()

    def _averages(self) -> dict[tuple[str, Arm], float]:
        """What each arm does for a segment as a whole: the best that can be known of a stranger."""
        found: dict[tuple[str, Arm], float] = {}
        for segment in self.scores if self.how == "segment" else ():
            alike = [p for p in self.people if p.segment == segment]
            for arm in product(TASTES[segment], Block):
                chances = (p.chance(*arm, STEPS[0], 1, self.effect) for p in alike)
                found[segment, arm] = sum(chances) / len(alike)
        return found

    def run(self) -> Outcome:
        chance = random.Random(f"{self.seed}|life")
        for week in range(self.weeks):
            now = BEGIN + timedelta(weeks=week)
            results = [r for p in self.people if (r := self._week(p, week, now, chance))]
            for person, result in results:
                self._learn(person, result)
        return self.outcome

    def _week(
        self, person: Person, week: int, now: datetime, chance: random.Random
    ) -> tuple[Person, Result] | None:
        starts, answers, drifts = chance.random(), chance.random(), chance.random() < DRIFT / 4
        if drifts:
            person.channel, person.block = taste(
                random.Random(f"{self.seed}|{person.number}|{week}"), person.segment
            )
        step = self.steps.get(person.number)
        if step is None and starts > RUN_STARTS:
            return None
        return person, self._message(person, step or 0, week, now, answers)

    def _message(
        self, person: Person, step: int, week: int, now: datetime, answers: float
    ) -> Result:
        name, month = STEPS[step], now.month - 1
        arms = arms_of(person.ways, self.policy)
        true = {a: person.chance(*a, name, month, self.effect) for a in arms}
        price = {channel: self.policy.cost_minor(channel) for channel, _ in person.ways}
        best, _ = worth_it(true, price, self.policy)
        if self.how == "segment":
            alike = {arm: self.average[person.segment, arm] for arm in arms}
            channel, block = worth_it(alike, price, self.policy)[0]
        else:
            channel, block = self._chosen(person, name, now, best, f"{person.number}|{week}")
        won = answers < true[channel, block]
        self._note(week, step, channel, true[best] - true[channel, block], answers, won=won)
        self.steps[person.number] = step + 1
        if won or step + 1 == len(STEPS):
            del self.steps[person.number]
        apart = in_holdout(ORG, person.number, self.policy.experiment, self.policy.holdout_percent)
        trial = Trial(
            f"{person.number}|{week}", name, channel, block, person.segment, now,
            now + timedelta(days=self.policy.window_days),
            experiment=self.policy.experiment, in_holdout=apart,
        )  # fmt: skip
        return Result(trial, won)

    def _chosen(self, person: Person, step: str, now: datetime, best: Arm, seed: str) -> Arm:
        if self.how == "oracle":
            return best
        prior = Prior(step, self.scores[person.segment])
        policy = self.policy if self.how == "learner" else replace(self.policy, enabled=False)
        made = choose(
            self.states[person.number], prior, person.ways, now, policy, f"{self.seed}|{seed}"
        )
        return made.channel, block_at(made.hour)

    def _note(
        self, week: int, step: int, channel: Channel, regret: float, answers: float, *, won: bool
    ) -> None:
        noted = self.outcome
        noted.messages += 1
        noted.cost_minor += float(self.policy.cost_minor(channel))
        noted.regret[week] += regret
        noted.sent[week] += 1
        noted.channels[channel] += 1
        noted.paid += won
        if won or step + 1 == len(STEPS):
            noted.cases += 1
            noted.days += 7 * step + (int(answers * 1000) % 5 if won else LATE_DAYS)

    def _learn(self, person: Person, result: Result) -> None:
        state, scores = self.states[person.number], self.scores[person.segment]
        count = rewarded if result.won else failed
        state = count(state, result.trial, self.policy.half_life_days)
        scores, known = measured(
            added(scores, result, self.policy), state.measured, result, self.policy.experiment
        )
        self.states[person.number] = replace(state, measured=known)
        self.scores[person.segment] = scores

    def uplift(self) -> Uplift:
        return uplift(report_of(self.scores.values(), self.policy.experiment, 30))
