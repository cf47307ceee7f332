"""Learning from what goes out and what comes in: one small write per message and per payment, and a
round that adds up what is over. Off by policy: then no trial is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from kasstroom.changes import Changes, Work
from kasstroom.debtors.model import Channel
from kasstroom.dunning.learning.counting import answered, ended, failed, rewarded, sent
from kasstroom.dunning.learning.holdout import in_holdout
from kasstroom.dunning.learning.model import (
    ChannelScores,
    DebtorChannelHistory,
    Result,
    Trial,
    block_of,
)
from kasstroom.dunning.learning.policy import FIXED_STEPS, LearningPolicy
from kasstroom.dunning.learning.scoring import added, measured
from kasstroom.events.dunning import DunningSent
from kasstroom.events.payments import PaymentAllocated
from kasstroom.messages.model import WENT_OUT, Message
from kasstroom.ports import Books
from kasstroom.segments.model import DebtorSegments
from kasstroom.settle import settle

ANSWERS = (PaymentAllocated.TYPE,)
"""What counts as a success of the last message. A promise or a plan is one line here: an event
without `invoices` is about all of them."""
FOLLOWED = (DunningSent.TYPE, *ANSWERS)
TOGETHER = 30
"""Debtors added up in one transaction, beside the scores of their segments (`MOST_SEGMENTS`)."""


@dataclass(frozen=True, slots=True)
class News:
    """An event of the bus, as far as it matters here. `message` is what it is about."""

    type: str
    org: str
    debtor: str
    message: str
    at: datetime
    invoices: tuple[str, ...]
    step: str = ""
    channel: str = ""


def news_of(envelope: Mapping[str, Any]) -> News:
    data = envelope["data"]
    return News(
        envelope["type"], envelope["organisation"], envelope["debtor"], envelope["subject"],
        datetime.fromisoformat(envelope["time"]), tuple(data.get("invoices", ())),
        data.get("step", ""), data.get("channel", ""),
    )  # fmt: skip


def policy_of(books: Books, org: str) -> LearningPolicy:
    return books.find(LearningPolicy, org) or LearningPolicy(org)


def history_of(books: Books, org: str, debtor: str) -> DebtorChannelHistory:
    return books.find(DebtorChannelHistory, org, debtor) or DebtorChannelHistory(org, debtor)


def segment_of(books: Books, org: str, debtor: str) -> str:
    """Debtors who are alike: the first segment a machine may see, so that nothing is learned of who
    asks for care. Empty without any."""
    known = books.find(DebtorSegments, org, debtor)
    return known.public[0] if known and known.public else ""


def learn(books: Books, news: News) -> tuple[Changes, str]:
    """Opens a trial for a message, ends it with a payment; says what was done with the news."""
    policy = policy_of(books, news.org)
    if not policy.enabled:
        return Changes(), "off"
    if news.type in ANSWERS:
        return _answer(books, news)
    state = history_of(books, news.org, news.debtor)
    segment = segment_of(books, news.org, news.debtor)
    after = sent(state, news.message, news.at, trial_of(news, segment, policy))
    return (Changes(update=(after,)), "opened") if after != state else (Changes(), "known")


def _answer(books: Books, news: News) -> tuple[Changes, str]:
    """Who was never written to has no history, and a payment begins none."""
    state = books.find(DebtorChannelHistory, news.org, news.debtor)
    if state is None:
        return Changes(), "not_asked"
    after = answered(state, news.at, news.invoices)
    done = "answered" if len(after.results) > len(state.results) else "noted"
    return (Changes(update=(after,)), done) if after != state else (Changes(), "known")


def trial_of(news: News, segment: str, policy: LearningPolicy) -> Trial | None:
    """What a message tries; None for a step whose way is never chosen."""
    if news.step in FIXED_STEPS:
        return None
    return Trial(
        news.message, news.step, Channel(news.channel), block_of(news.at), segment,
        news.at, news.at + timedelta(days=policy.window_days), news.invoices, policy.experiment,
        in_holdout(news.org, news.debtor, policy.experiment, policy.holdout_percent),
    )  # fmt: skip


def add_up(books: Books, now: datetime) -> int:
    """Counts whatever is over by now, debtors and scores in the same transaction; returns of how
    many debtors. Run by one schedule, so that nobody else waits for the scores."""
    due = sorted({(item.org, item.debtor) for item in books.due(Work.LEARNING, now)})
    done = 0
    for org, items in groupby(due, key=lambda pair: pair[0]):
        debtors = [debtor for _, debtor in items]
        for start in range(0, len(debtors), TOGETHER):
            some = debtors[start : start + TOGETHER]
            done += settle(books, lambda org=org, some=some: _added_up(books, org, some, now))
    return done


def _added_up(books: Books, org: str, debtors: Iterable[str], now: datetime) -> tuple[Changes, int]:
    policy = policy_of(books, org)
    scores: dict[str, ChannelScores] = {}
    states = []
    for debtor in debtors:
        state = books.get(DebtorChannelHistory, org, debtor)
        over = ended(state, now)
        for result in over.results:
            if not arrived(books, over, result):
                continue
            segment = result.trial.segment
            known = scores.get(segment) or scores_of(books, org, segment)
            over, scores[segment] = _counted(over, known, result, policy)
        if over != state:
            states.append(replace(over, results=()))
    return Changes(update=(*states, *scores.values())), len(states)


def scores_of(books: Books, org: str, segment: str) -> ChannelScores:
    return books.find(ChannelScores, org, id=segment) or ChannelScores(org, segment, {})


def _counted(
    state: DebtorChannelHistory, scores: ChannelScores, result: Result, policy: LearningPolicy
) -> tuple[DebtorChannelHistory, ChannelScores]:
    count = rewarded if result.won else failed
    state = count(state, result.trial, policy.half_life_days)
    scores, known = measured(
        added(scores, result, policy), state.measured, result, policy.experiment
    )
    return replace(state, measured=known), scores


def arrived(books: Books, state: DebtorChannelHistory, result: Result) -> bool:
    """A message that bounced, or went out another way, says nothing of the way it was to take."""
    message = books.find(Message, state.org, state.debtor, result.trial.id)
    if message is None:
        return True
    return message.state in WENT_OUT and message.channel is result.trial.channel
