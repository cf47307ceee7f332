"""Which way and hour is chosen: only of what is offered, the same for the same seed, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kasstroom.debtors.model import Channel
from kasstroom.dunning.learning.choosing import Choice, Prior, choose, likeliest
from kasstroom.dunning.learning.explaining import SENTENCES, sentences
from kasstroom.dunning.learning.holdout import in_holdout
from kasstroom.dunning.learning.model import (
    HOURS,
    Block,
    ChannelScores,
    Count,
    DebtorChannelHistory,
    block_at,
)
from kasstroom.dunning.learning.policy import FIXED_STEPS, LearningPolicy
from kasstroom.dunning.strategy import StepKind
from kasstroom.errors import Refused
from kasstroom.organisations.model import Language

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
ON = LearningPolicy("o", enabled=True, holdout_percent=0)
NEW = DebtorChannelHistory("o", "D1")
E_MAIL, SMS, LETTER = (Channel.EMAIL, "a@b.example"), (Channel.SMS, "+316"), (Channel.LETTER, "x")
SEEDS = tuple(f"msg_{n}" for n in range(60))

amounts = st.floats(0, 500, allow_nan=False)
counts = st.lists(
    st.builds(Count, st.sampled_from(Channel), st.sampled_from(Block), amounts, amounts),
    max_size=12, unique_by=lambda count: (count.channel, count.block),
).map(tuple)  # fmt: skip
scores = st.builds(
    lambda by_step, as_of: ChannelScores("o", "company", by_step, as_of),
    st.dictionaries(st.sampled_from([str(kind) for kind in StepKind]), counts, max_size=3),
    st.sampled_from((None, NOW - timedelta(days=400), NOW, NOW + timedelta(days=3))),
)
offered = st.lists(st.sampled_from(Channel), min_size=1, unique=True).map(
    lambda channels: tuple((channel, "somewhere") for channel in channels)
)
policies = st.builds(
    LearningPolicy, st.just("o"), enabled=st.booleans(), holdout_percent=st.integers(0, 50),
    default_hour=st.integers(9, 19), half_life_days=st.integers(14, 700),
    blocks=st.lists(st.sampled_from(Block), min_size=1, unique=True).map(tuple),
)  # fmt: skip


def known(step: str = "reminder", **by_channel: tuple[float, float]) -> Prior:
    """Scores that are the same at every hour."""
    found = tuple(
        Count(Channel(channel), block, won, lost)
        for channel, (won, lost) in by_channel.items()
        for block in Block
    )
    return Prior(step, ChannelScores("o", "company", {step: found}, NOW))


def taken(prior: Prior, ways, policy: LearningPolicy = ON, state=NEW) -> list[Channel]:
    return [choose(state, prior, ways, NOW, policy, seed).channel for seed in SEEDS]


@settings(max_examples=150, deadline=None)
@given(
    history=counts, scores=st.none() | scores, step=st.sampled_from(StepKind), ways=offered,
    policy=policies, seed=st.text(max_size=20), debtor=st.text(max_size=5),
)  # fmt: skip
def test_never_another_way_or_hour_than_offered_and_always_the_same(
    history, scores, step, ways, policy, seed, debtor
):
    state = DebtorChannelHistory("o", debtor, history, NOW - timedelta(days=30))
    made = choose(state, Prior(step, scores), ways, NOW, policy, seed)
    assert made == choose(state, Prior(step, scores), ways, NOW, policy, seed)
    assert made.channel in {channel for channel, _ in ways}
    assert 9 <= made.hour < 20
    usual = made.hour == policy.default_hour
    assert usual or block_at(made.hour) in policy.blocks
    assert set(made.why) <= SENTENCES.keys() and made.why
    assert all(0 <= mean <= 1 and own >= 0 for _, _, mean, own in made.chances)
    if not policy.enabled or step in FIXED_STEPS or made.in_holdout:
        assert (made.channel, made.hour) == (ways[0][0], policy.default_hour)
        assert not made.explored and len(made.why) == 1
    for language in Language:
        assert all(sentences(made.why, language))


def test_without_a_way_the_caller_is_told():
    with pytest.raises(Refused, match="add an address"):
        choose(NEW, Prior("reminder"), (), NOW, ON, "m")


def test_off_until_somebody_switches_it_on():
    made = choose(NEW, known(sms=(90, 10)), (E_MAIL, SMS), NOW, LearningPolicy("o"), "m")
    assert made == Choice(Channel.EMAIL, 9, ("off",))


@pytest.mark.parametrize("step", sorted(FIXED_STEPS))
def test_a_statutory_step_keeps_its_way(step):
    made = choose(NEW, known(step, email=(90, 10)), (LETTER, E_MAIL), NOW, ON, "m")
    assert (made.channel, made.why) == (Channel.LETTER, ("statutory_step",))


def test_without_data_the_strategys_order_is_what_is_expected():
    assert likeliest(NEW, Prior("reminder"), (SMS, E_MAIL), NOW, ON).channel is Channel.SMS
    made = likeliest(NEW, Prior("reminder"), (E_MAIL, SMS), NOW, ON)
    assert (made.channel, made.hour, made.why) == (Channel.EMAIL, 9, ("strategy_order",))
    assert len({choose(NEW, Prior("reminder"), (E_MAIL, SMS), NOW, ON, s).hour for s in SEEDS}) > 1


def test_a_letter_that_the_strategy_puts_first_is_not_left_for_its_price_alone():
    assert likeliest(NEW, Prior("reminder"), (LETTER, E_MAIL), NOW, ON).channel is Channel.LETTER
    equal = known(letter=(30, 70), email=(30, 70))
    assert likeliest(NEW, equal, (LETTER, E_MAIL), NOW, ON).channel is Channel.EMAIL


def test_what_works_better_is_mostly_taken():
    chosen = taken(known(email=(20, 80), sms=(60, 40)), (E_MAIL, SMS))
    assert chosen.count(Channel.SMS) > 50


def test_a_dearer_channel_has_to_bring_what_it_costs():
    close = known(email=(300, 700), sms=(310, 690))
    made = likeliest(NEW, close, (E_MAIL, SMS), NOW, ON)
    assert made.channel is Channel.EMAIL and "dearer_not_worth_it" in made.why
    free = replace(ON, minimum_gain_percent=Decimal(0), worth_minor=1_000_000)
    assert likeliest(NEW, close, (E_MAIL, SMS), NOW, free).channel is Channel.SMS
    letter = known(email=(200, 800), letter=(320, 680))
    assert likeliest(NEW, letter, (E_MAIL, LETTER), NOW, ON).channel is Channel.EMAIL
    dear_debt = replace(ON, worth_minor=5000)
    assert likeliest(NEW, letter, (E_MAIL, LETTER), NOW, dear_debt).channel is Channel.LETTER


def test_a_debtor_s_own_habit_outweighs_the_others_and_fades():
    habit = (Count(Channel.SMS, Block.EVENING, 9, 1), Count(Channel.EMAIL, Block.MORNING, 0, 8))
    state = DebtorChannelHistory("o", "D1", habit, NOW)
    prior = known(email=(350, 650), sms=(300, 700))
    made = likeliest(state, prior, (E_MAIL, SMS), NOW, ON)
    assert (made.channel, block_at(made.hour)) == (Channel.SMS, Block.EVENING)
    assert made.why[0] == "own_history"
    years_ago = replace(state, as_of=NOW - timedelta(days=5 * 365))
    assert likeliest(years_ago, prior, (E_MAIL, SMS), NOW, ON).channel is Channel.EMAIL


def test_one_draw_differs_from_what_is_likeliest_now_and_then_and_says_so():
    prior = known(email=(20, 30), sms=(22, 28))
    made = [choose(NEW, prior, (E_MAIL, SMS), NOW, ON, seed) for seed in SEEDS]
    best = likeliest(NEW, prior, (E_MAIL, SMS), NOW, ON)
    assert not best.explored
    for one in made:
        same = (one.channel, one.hour) == (best.channel, best.hour)
        assert one.explored is not same and ("explored" in one.why) is one.explored
    assert sum(one.explored for one in made) > 0


def test_a_letter_has_no_hour():
    assert {choose(NEW, known(letter=(9, 1)), (LETTER,), NOW, ON, s).hour for s in SEEDS} == {9}


def test_every_part_of_the_day_lies_in_contact_hours():
    for begins, ends in HOURS.values():
        assert 7 <= begins < ends <= 20


@given(org=st.text(max_size=8), debtor=st.text(max_size=8), least=st.integers(0, 100))
def test_who_is_in_the_holdout_stays_in_it(org, debtor, least):
    """Also when it becomes larger; and only another experiment draws again."""
    if in_holdout(org, debtor, "1", least):
        assert all(in_holdout(org, debtor, "1", more) for more in range(least, 101))
    assert not in_holdout(org, debtor, "1", 0) and in_holdout(org, debtor, "1", 100)


def test_the_holdout_is_as_large_as_asked_and_another_experiment_is_another_draw():
    drawn = {n for n in range(10_000) if in_holdout("o", f"D{n}", "1", 10)}
    again = {n for n in range(10_000) if in_holdout("o", f"D{n}", "2", 10)}
    assert 900 < len(drawn) < 1100 and 900 < len(again) < 1100
    assert len(drawn & again) < 200
    policy = replace(ON, holdout_percent=100)
    made = choose(NEW, known(sms=(90, 10)), (E_MAIL, SMS), NOW, policy, "m")
    assert made == Choice(Channel.EMAIL, 9, ("holdout",), in_holdout=True)
