"""What is shown: the organisation's scores and gain, and advice for one debtor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kasstroom.debtors.model import Channel, Debtor
from kasstroom.dunning.learning.choosing import Prior, likeliest
from kasstroom.dunning.learning.counting import faded
from kasstroom.dunning.learning.explaining import said_of, sentences
from kasstroom.dunning.learning.model import (
    HOURS,
    Block,
    ChannelScores,
    Count,
    block_at,
)
from kasstroom.dunning.learning.policy import LearningPolicy
from kasstroom.dunning.learning.uplift import Uplift, report_of, uplift
from kasstroom.dunning.learning.usecases import history_of, policy_of, scores_of, segment_of
from kasstroom.dunning.strategy import StepKind
from kasstroom.messages.ways import reach
from kasstroom.organisations.model import Language, Organisation
from kasstroom.ports import Books

MOST_SEGMENTS = 100


@dataclass(frozen=True, slots=True)
class ScoreView:
    """`paid_percent` of `messages` (as they weigh today) were followed by a payment in time."""

    segment: str
    step: str
    channel: Channel
    block: Block
    messages: float
    paid_percent: float


@dataclass(frozen=True, slots=True)
class SideView:
    debtors: int
    messages: int
    paid: int
    paid_percent: float | None


@dataclass(frozen=True, slots=True)
class UpliftView:
    """`difference_points` between the sides in percentage points, `low_points` to `high_points` its
    95 percent interval by `formula`; `sentence` says what that allows."""

    experiment: str
    code: str
    sentence: str
    learned: SideView
    holdout: SideView
    difference_points: float | None
    low_points: float | None
    high_points: float | None
    formula: str


@dataclass(frozen=True, slots=True)
class LearningView:
    policy: LearningPolicy
    uplift: UpliftView
    scores: tuple[ScoreView, ...]


@dataclass(frozen=True, slots=True)
class ChanceView:
    """`paid_percent` is expected; `own_messages` of this debtor say something of it."""

    channel: Channel
    block: Block
    paid_percent: float
    own_messages: float


@dataclass(frozen=True, slots=True)
class AdviceView:
    """The way and the part of the day (`from_hour` up to `to_hour`, Amsterdam time) that are most
    likely to be followed by a payment, without anything tried out."""

    debtor: str
    channel: Channel
    block: Block
    from_hour: int
    to_hour: int
    in_holdout: bool
    why: tuple[str, ...]
    sentences: tuple[str, ...]
    chances: tuple[ChanceView, ...]


def learning_view(books: Books, org: str, now: datetime) -> LearningView:
    policy = policy_of(books, org)
    scores = books.listing(ChannelScores, org, after="", limit=MOST_SEGMENTS)
    found = uplift(report_of(scores, policy.experiment, policy.minimum_debtors))
    language = books.get(Organisation, org).language
    shown = tuple(view for one in scores for view in _scores(one, now, policy))
    return LearningView(policy, uplift_view(found, language), shown)


def _scores(scores: ChannelScores, now: datetime, policy: LearningPolicy) -> Iterable[ScoreView]:
    for step, counts in sorted(scores.counts.items()):
        weighed = faded(counts, scores.as_of, now, policy.half_life_days)
        for count in sorted(weighed, key=lambda c: (-c.trials, c.channel, c.block)):
            yield _score(scores.segment, step, count)


def _score(segment: str, step: str, count: Count) -> ScoreView:
    percent = round(100 * count.won / count.trials, 1)
    return ScoreView(segment, step, count.channel, count.block, round(count.trials, 1), percent)


def uplift_view(found: Uplift, language: Language) -> UpliftView:
    sides = (
        SideView(side.debtors, side.trials, side.paid, _percent(rate))
        for side, rate in (
            (found.learned, found.learned_rate), (found.holdout, found.holdout_rate),
        )
    )  # fmt: skip
    return UpliftView(
        found.experiment, found.code, said_of(found, language), *sides,
        _percent(found.difference), _percent(found.low), _percent(found.high), found.formula,
    )  # fmt: skip


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 2)


def advice(books: Books, org: str, number: str, now: datetime) -> AdviceView:
    """What a person who wants to reach this debtor is told, of the ways that are open now. Refused
    when there is none."""
    debtor = books.get(Debtor, org, number)
    ways = reach(books, debtor).ways
    policy, state = policy_of(books, org), history_of(books, org, number)
    prior = Prior(StepKind.REMINDER, scores_of(books, org, segment_of(books, org, number)))
    made = likeliest(state, prior, ways, now, policy)
    block = block_at(made.hour)
    begins, ends = HOURS[block]
    language = books.get(Organisation, org).language
    return AdviceView(
        number, made.channel, block, max(begins, made.hour), ends, made.in_holdout, made.why,
        sentences(made.why, language),
        tuple(ChanceView(c, b, round(100 * mean, 1), own) for c, b, mean, own in made.chances),
    )  # fmt: skip
