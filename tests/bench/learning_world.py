"""Made-up debtors with a taste for a channel and a time of the day that nobody is told."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from math import exp

from kasstroom.debtors.model import Channel
from kasstroom.dunning.learning.model import Block

BEGIN = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
STEPS = ("reminder", "second_reminder", "final_demand")
STEP_LOGIT = {"reminder": 0.0, "second_reminder": -0.25, "final_demand": 0.3}
MONTH_LOGIT = (0.1, 0, 0, 0, -0.2, 0, -0.3, -0.4, 0.1, 0, 0, -0.4)
"""Holiday pay, holidays and December."""
TASTES = {
    "company": {Channel.EMAIL: 60, Channel.SMS: 15, Channel.WHATSAPP: 25},
    "sole_trader": {Channel.EMAIL: 30, Channel.SMS: 25, Channel.WHATSAPP: 45},
    "consumer": {Channel.EMAIL: 25, Channel.SMS: 40, Channel.WHATSAPP: 35},
}
HOURS_LIKED = {
    "company": (45, 25, 25, 5),
    "sole_trader": (20, 15, 15, 50),
    "consumer": (10, 20, 20, 50),
}
CHANNEL_LOGIT, BLOCK_LOGIT = 1.1, 0.6
DRIFT = 0.02
"""The share of debtors whose taste changes in a month."""


@dataclass
class Person:
    number: str
    segment: str
    ways: tuple[tuple[Channel, str], ...]
    ready: float
    channel: Channel
    block: Block

    def chance(self, channel: Channel, block: Block, step: str, month: int, effect: float) -> float:
        """That a payment follows within the window; in the null world `effect` is 0."""
        liked = CHANNEL_LOGIT * (channel == self.channel) + BLOCK_LOGIT * (block == self.block)
        logit = self.ready + STEP_LOGIT[step] + MONTH_LOGIT[month] + effect * liked
        return 1 / (1 + exp(-logit))


def people(count: int, seed: int) -> list[Person]:
    pick = random.Random(seed)
    return [_person(pick, f"D{at}") for at in range(count)]


def taste(pick: random.Random, segment: str) -> tuple[Channel, Block]:
    liked = TASTES[segment]
    channel = pick.choices(list(liked), weights=list(liked.values()))[0]
    return channel, pick.choices(list(Block), weights=HOURS_LIKED[segment])[0]


def _person(pick: random.Random, number: str) -> Person:
    segment = pick.choice(tuple(TASTES))
    ways = [(Channel.EMAIL, "a")]
    if pick.random() < 0.8:
        ways.append((Channel.SMS, "b"))
        if pick.random() < 0.6:
            ways.append((Channel.WHATSAPP, "b"))
    return Person(number, segment, tuple(ways), pick.gauss(-1.6, 0.9), *taste(pick, segment))
