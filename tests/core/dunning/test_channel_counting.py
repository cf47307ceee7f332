"""Trials, their ends and their weights: nothing is counted twice, and nothing below zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kasstroom.debtors.model import Channel
from kasstroom.dunning.learning.counting import answered, ended, faded, failed, rewarded, sent
from kasstroom.dunning.learning.model import (
    GRACE,
    REMEMBERED,
    Block,
    Count,
    DebtorChannelHistory,
    Result,
    Trial,
    block_of,
)

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
NEW = DebtorChannelHistory("o", "D1")
DAY = timedelta(days=1)


def trial(id: str = "m1", day: float = 0, channel: Channel = Channel.EMAIL, **more) -> Trial:
    at = NOW + day * DAY
    given = {"invoices": ("F1",), "experiment": "1"} | more
    return Trial(id, "reminder", channel, Block.MORNING, "company", at, at + 5 * DAY, **given)


def after(state: DebtorChannelHistory, one: Trial) -> DebtorChannelHistory:
    return sent(state, one.id, one.sent_at, one)


def test_a_payment_within_the_window_is_the_success_of_the_last_message():
    state = answered(after(NEW, trial()), NOW + 3 * DAY, ("F1", "F2"))
    assert state.open is None and state.results == (Result(trial(), True),)
    assert answered(state, NOW + 4 * DAY, ("F1",)).results == state.results


def test_only_the_last_message_gets_the_payment():
    state = after(after(NEW, trial("m1")), trial("m2", 3))
    assert state.results == (Result(trial("m1"), False),)
    paid = answered(state, NOW + 4 * DAY, ("F1",))
    assert paid.results[-1] == Result(trial("m2", 3), True)


def test_what_is_no_answer():
    state = after(NEW, trial())
    assert answered(state, NOW - DAY, ("F1",)).open  # Before it was sent.
    assert answered(state, NOW + 6 * DAY, ("F1",)).open  # After the window.
    assert answered(state, NOW + DAY, ("F9",)).open  # Of something else.
    assert answered(state, NOW + DAY).open is None  # A promise is about everything.


def test_the_end_comes_after_the_window_and_some_hours():
    state = after(NEW, trial())
    assert state.due and state.due.at == NOW + 5 * DAY + GRACE
    assert ended(state, NOW + 5 * DAY) == state
    assert ended(state, state.due.at).results == (Result(trial(), False),)


def test_news_that_comes_twice_changes_nothing():
    state = after(NEW, trial())
    assert after(state, trial()) == state
    done = answered(state, NOW + DAY, ("F1",))
    assert after(done, trial()) == done
    for n in range(REMEMBERED * 2):
        state = after(state, trial(f"n{n}", n + 1))
    assert len(state.known) == REMEMBERED


def test_a_message_that_took_another_way_counts_for_that_way():
    moved = trial("m1", 0.2, Channel.SMS)
    state = after(after(NEW, trial()), moved)
    assert state.open == moved and state.results == ()
    assert after(state, trial()) == state  # The first way, told of late.


def test_an_older_message_told_of_late_is_over():
    state = after(after(NEW, trial("m2", 3)), trial("m1"))
    assert state.open == trial("m2", 3) and state.results == (Result(trial("m1"), False),)


def test_a_payment_that_overtakes_its_message_counts():
    state = after(NEW, trial("m1"))
    state = answered(answered(state, NOW + DAY, ("F1",)), NOW + 9 * DAY, ("F2",))
    late = after(state, trial("m2", 8, invoices=("F2",)))
    assert late.open is None and late.results[-1] == Result(trial("m2", 8, invoices=("F2",)), True)


def test_after_a_statutory_step_a_payment_belongs_to_nobody():
    state = sent(after(NEW, trial()), "letter", NOW + DAY, None)
    assert state.open is None and state.results == (Result(trial(), False),)
    assert answered(state, NOW + 2 * DAY, ("F1",)).results == state.results


def test_counts_halve():
    counts = (Count(Channel.EMAIL, Block.MORNING, 8, 4),)
    assert faded(counts, NOW, NOW + 180 * DAY, 180) == (Count(Channel.EMAIL, Block.MORNING, 4, 2),)
    assert faded(counts, NOW, NOW - DAY, 180) == counts
    assert faded(counts, NOW, NOW + 180 * 20 * DAY, 180) == ()


@given(
    st.lists(
        st.tuples(
            st.booleans(), st.integers(0, 900), st.sampled_from(Channel), st.integers(14, 400)
        ),
        max_size=40,
    )
)
def test_counts_are_never_negative_and_never_more_than_messages(steps):
    state = NEW
    for n, (won, day, channel, half_life) in enumerate(steps):
        count = rewarded if won else failed
        state = count(state, trial(str(n), day, channel), half_life)
        assert all(c.won >= 0 and c.lost >= 0 for c in state.counts)
        assert sum(c.trials for c in state.counts) <= n + 1 + 1e-6
        assert len({(c.channel, c.block) for c in state.counts}) == len(state.counts)


@given(st.lists(st.tuples(st.sampled_from("mpe"), st.integers(0, 60), st.integers(0, 9))))
def test_every_message_has_at_most_one_result_whatever_the_order(steps):
    state = NEW
    for kind, day, n in steps:
        if kind == "m":
            state = after(state, trial(f"m{n}", day))
        elif kind == "p":
            state = answered(state, NOW + day * DAY, ("F1",))
        else:
            state = ended(state, NOW + day * DAY)
        ids = [result.trial.id for result in state.results]
        assert len(set(ids)) == len(ids)
        assert state.open is None or state.open.id not in ids
        for result in state.results:
            assert not result.won or result.trial.sent_at <= state.paid_at


def test_parts_of_the_day_are_amsterdam_s():
    winter = datetime(2026, 1, 5, 17, 30, tzinfo=UTC)
    assert block_of(winter) is Block.EVENING
    assert block_of(winter.replace(month=7)) is Block.EVENING
    assert block_of(datetime(2026, 7, 6, 9, 30, tzinfo=UTC)) is Block.MORNING
    assert block_of(datetime(2026, 7, 6, 10, 30, tzinfo=UTC)) is Block.MIDDAY
    assert block_of(datetime(2026, 7, 6, 5, 30, tzinfo=UTC)) is Block.MORNING


def test_a_trial_s_window_is_its_own():
    short = replace(trial(), until=NOW + DAY)
    assert answered(after(NEW, short), NOW + 2 * DAY, ("F1",)).open == short
