"""What is learned of channels, on a real table: whole, small, and added up at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kasstroom.changes import Changes, Work
from kasstroom.debtors.model import Channel
from kasstroom.dunning.learning.counting import sent
from kasstroom.dunning.learning.model import (
    REMEMBERED,
    Block,
    ChannelScores,
    Count,
    DebtorChannelHistory,
    Result,
    Trial,
)
from kasstroom.dunning.learning.policy import LearningPolicy
from kasstroom.dunning.learning.usecases import TOGETHER, News, add_up, learn
from kasstroom.dunning.strategy import StepKind
from kasstroom.events.dunning import DunningSent
from kasstroom.segments.model import MOST_SEGMENTS
from kasstroom.settle import settle
from kasstroom_aws.books import LARGEST_TRANSACTION
from tests.adapters.test_item_sizes import size
from tests.people import NOW, ORG

ARMS = tuple(Count(c, b, 123.456789, 234.567891) for c in Channel for b in Block)


def trial(n: int) -> Trial:
    at = NOW + timedelta(days=n)
    return Trial(
        f"msg_{n:026d}", "second_reminder", Channel.WHATSAPP, Block.AFTERNOON, "sole_trader", at,
        at + timedelta(days=5), tuple(f"F-2026-{m:06d}" for m in range(40)), "spring", True,
    )  # fmt: skip


def full() -> DebtorChannelHistory:
    """Every arm, every id, a message of forty invoices open and two waiting to be counted."""
    state = DebtorChannelHistory(ORG, "D1", ARMS, NOW)
    for n in range(REMEMBERED * 2):
        state = sent(state, trial(n).id, trial(n).sent_at, trial(n))
    return replace(state, results=state.results[-2:], paid_at=NOW, paid=trial(0).invoices)


def test_items_come_back_as_they_went(books):
    history = full()
    scores = ChannelScores(ORG, "company", {str(kind): ARMS for kind in StepKind}, NOW, "spring")
    policy = LearningPolicy(ORG, enabled=True)
    books.commit(Changes(create=(history, scores, policy)))
    assert replace(books.get(DebtorChannelHistory, ORG, "D1"), version=0) == history
    assert replace(books.get(ChannelScores, ORG, id="company"), version=0) == scores
    assert replace(books.get(LearningPolicy, ORG), version=0) == policy
    assert [s.segment for s in books.listing(ChannelScores, ORG, after="", limit=9)] == ["company"]


def test_items_stay_small():
    assert size(full()) < 10_000
    assert size(ChannelScores(ORG, "company", {str(k): ARMS for k in StepKind}, NOW)) < 20_000


def test_one_round_fits_in_one_transaction():
    """Each debtor in another segment than the others, and one in none."""
    assert TOGETHER + MOST_SEGMENTS + 1 < LARGEST_TRANSACTION


def test_added_up_from_the_due_index_in_one_go(books):
    books.commit(Changes(create=(LearningPolicy(ORG, enabled=True),)))
    news = News(DunningSent.TYPE, ORG, "D1", "msg_1", NOW, ("F1",), "reminder", "email")
    settle(books, lambda: learn(books, news))
    over = NOW + timedelta(days=6)
    assert [item.debtor for item in books.due(Work.LEARNING, over)] == ["D1"]
    assert add_up(books, over) == 1
    assert list(books.due(Work.LEARNING, over)) == []
    (count,) = books.get(ChannelScores, ORG).counts["reminder"]
    assert (count.won, count.lost) == (0, 1)
    assert books.get(DebtorChannelHistory, ORG, "D1").results == ()


def test_a_result_waits_in_the_index(books):
    state = DebtorChannelHistory(ORG, "D1", results=(Result(trial(0), True),))
    books.commit(Changes(create=(state,)))
    assert [item.debtor for item in books.due(Work.LEARNING, NOW)] == ["D1"]
