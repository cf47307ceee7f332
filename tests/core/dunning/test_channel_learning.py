"""From news of the bus to scores: with the books in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes, Work
from kasstroom.debtors.model import Channel
from kasstroom.dunning.learning.holdout import in_holdout
from kasstroom.dunning.learning.model import (
    GRACE,
    Block,
    ChannelScores,
    Count,
    DebtorChannelHistory,
)
from kasstroom.dunning.learning.policy import ChannelCost, LearningPolicy
from kasstroom.dunning.learning.setting import LearningTerms, set_policy
from kasstroom.dunning.learning.usecases import FOLLOWED, News, add_up, learn
from kasstroom.errors import Forbidden, Refused
from kasstroom.events.dunning import DunningSent
from kasstroom.events.payments import PaymentAllocated
from kasstroom.messages.model import Message, MessageState
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.segments.model import DebtorSegments
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG

ANNA = Actor("anna", (Role.CREDIT_MANAGER,))
DAY = timedelta(days=1)
OVER = NOW + 5 * DAY + GRACE


@pytest.fixture
def world():
    books = MemoryBooks()
    of = [DebtorSegments(ORG, f"D{n}", ("care", "trade"), 1, NOW, ("care",)) for n in range(90)]
    books.commit(Changes(create=(*of, LearningPolicy(ORG, enabled=True))))
    return books


def message(debtor="D1", id="msg_1", at=NOW, step="reminder", channel="email") -> News:
    return News(DunningSent.TYPE, ORG, debtor, id, at, ("F1",), step, channel)


def payment(debtor="D1", at=NOW + DAY, *numbers) -> News:
    return News(PaymentAllocated.TYPE, ORG, debtor, "tr_1", at, numbers or ("F1",))


def tell(books, *news: News) -> list[str]:
    return [settle(books, lambda one=one: learn(books, one)) for one in news]


def scores(books) -> ChannelScores:
    return books.get(ChannelScores, ORG, id="trade")


def test_a_message_and_its_payment_are_a_write_each_and_one_count(world):
    assert tell(world, message(), message(), payment(), payment()) == [
        "opened", "known", "answered", "known",
    ]  # fmt: skip
    assert world.get(DebtorChannelHistory, ORG, "D1").version == 2
    assert add_up(world, NOW + DAY) == 1
    assert add_up(world, NOW + DAY) == 0
    history = world.get(DebtorChannelHistory, ORG, "D1")
    assert history.counts == (Count(Channel.EMAIL, Block.MORNING, 1, 0),)
    assert history.due is None and history.results == ()
    assert scores(world).counts == {"reminder": history.counts}
    assert tell(world, message(), payment()) == ["known", "known"]


def test_a_window_that_is_over_counts_too_or_only_payers_would(world):
    tell(world, message())
    assert [item.debtor for item in world.due(Work.LEARNING, OVER)] == ["D1"]
    assert add_up(world, OVER - GRACE) == 0
    assert add_up(world, OVER) == 1
    assert scores(world).counts["reminder"] == (Count(Channel.EMAIL, Block.MORNING, 0, 1),)


def test_many_debtors_are_added_up_and_measured_on_their_own_side(world):
    news = [message(f"D{n}", f"msg_{n}") for n in range(90)]
    tell(world, *news, *[payment(f"D{n}") for n in range(0, 90, 3)])
    assert add_up(world, OVER) == 90
    apart = {n for n in range(90) if in_holdout(ORG, f"D{n}", "1", 10)}
    found = scores(world)
    assert (found.holdout.debtors, found.learned.debtors) == (len(apart), 90 - len(apart))
    assert found.holdout.paid == len([n for n in apart if n % 3 == 0])
    assert found.holdout.paid + found.learned.paid == 30


@pytest.mark.parametrize(
    ("state", "channel", "counts"),
    [
        (MessageState.SENT, Channel.EMAIL, 1),
        (MessageState.READ, Channel.EMAIL, 1),
        (MessageState.BOUNCED, Channel.EMAIL, 0),
        (MessageState.CLAIMED, Channel.EMAIL, 0),
        (MessageState.SENT, Channel.SMS, 0),
    ],
)
def test_what_did_not_arrive_says_nothing_of_its_way(world, state, channel, counts):
    stored = Message(
        ORG, "D1", "msg_1", "reminder", channel, Language.NL, "a@b.example", ("F1",),
        Money(25_000), state, NOW, NOW,
    )  # fmt: skip
    world.commit(Changes(create=(stored,)))
    tell(world, message())
    assert add_up(world, OVER) == 1
    assert len(world.get(DebtorChannelHistory, ORG, "D1").counts) == counts
    assert (world.find(ChannelScores, ORG, id="trade") is not None) is bool(counts)


def test_what_asks_for_care_is_not_learned_of_and_who_is_in_no_segment_is_still_counted(world):
    tell(world, message("D1"), message("D999"))
    add_up(world, OVER)
    found = world.listing(ChannelScores, ORG, after="", limit=9)
    assert [one.segment for one in found] == ["", "trade"]


def test_off_nothing_is_kept(world):
    policy = world.get(LearningPolicy, ORG)
    world.commit(Changes(update=(replace(policy, enabled=False),)))
    assert tell(world, message(), payment()) == ["off", "off"]
    assert world.find(DebtorChannelHistory, ORG, "D1") is None


def test_who_was_never_written_to_gets_no_history(world):
    assert tell(world, payment()) == ["not_asked"]
    assert world.find(DebtorChannelHistory, ORG, "D1") is None


def test_a_statutory_letter_opens_no_trial_and_ends_the_one_before(world):
    letter = message(id="msg_2", at=NOW + DAY, step="fourteen_day_letter", channel="letter")
    tell(world, message(), letter, payment("D1", NOW + 2 * DAY))
    add_up(world, OVER)
    assert scores(world).counts == {"reminder": (Count(Channel.EMAIL, Block.MORNING, 0, 1),)}


def test_what_is_followed_is_published():
    assert FOLLOWED == (DunningSent.TYPE, PaymentAllocated.TYPE)


def test_a_person_switches_it_on(world):
    books = MemoryBooks()
    with pytest.raises(Forbidden):
        set_policy(books, ORG, LearningTerms(True), Actor("webshop"))
    settle(books, lambda: set_policy(books, ORG, LearningTerms(True, holdout_percent=20), ANNA))
    known = books.get(LearningPolicy, ORG)
    assert (known.enabled, known.holdout_percent, known.changed_by) == (True, 20, "anna")
    changes, _ = set_policy(books, ORG, LearningTerms(True, holdout_percent=20), ANNA)
    assert not changes


@pytest.mark.parametrize(
    ("terms", "pointer"),
    [
        ({"holdout_percent": 0}, "/body/holdout_percent"),
        ({"window_days": 31}, "/body/window_days"),
        ({"default_hour": 7}, "/body/default_hour"),
        ({"blocks": ()}, "/body/blocks"),
        ({"experiment": ""}, "/body/experiment"),
        ({"minimum_gain_percent": 51}, "/body/minimum_gain_percent"),
        ({"costs": (ChannelCost(Channel.SMS, -1),)}, "/body/costs/0/minor"),
    ],
)
def test_terms_out_of_bounds_are_pointed_at(terms, pointer):
    with pytest.raises(Refused) as refused:
        set_policy(MemoryBooks(), ORG, LearningTerms(True, **terms), ANNA)
    assert refused.value.pointer == pointer


def test_an_experiment_does_not_change_under_way(world):
    for change in ({"holdout_percent": 20}, {"window_days": 7}):
        with pytest.raises(Refused, match="another name"):
            set_policy(world, ORG, LearningTerms(True, **change), ANNA)
        _, after = set_policy(world, ORG, LearningTerms(True, experiment="2", **change), ANNA)
        assert after.experiment == "2"
