"""What is claimed of the gain: known figures, honest where there is none, found where there is."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.debtors.model import Channel
from kasstroom.dunning.learning.explaining import said_of
from kasstroom.dunning.learning.model import Block, ChannelScores, Measured, Result, Tally, Trial
from kasstroom.dunning.learning.policy import LearningPolicy
from kasstroom.dunning.learning.scoring import added, measured
from kasstroom.dunning.learning.uplift import (
    Report,
    design_effect,
    interval,
    report_of,
    uplift,
    wilson,
)
from kasstroom.organisations.model import Language
from tests.bench.learning import null_worlds
from tests.bench.learning_year import Year
from tests.core.dunning.test_channel_counting import NOW, trial

POLICY = LearningPolicy("o", enabled=True)


def tally(outcomes: list[tuple[int, int]]) -> Tally:
    """From (messages, paid) of each debtor, summed afresh."""
    return Tally(
        len(outcomes), sum(t for t, _ in outcomes), sum(p for _, p in outcomes),
        sum(t * t for t, _ in outcomes), sum(p * p for _, p in outcomes),
        sum(t * p for t, p in outcomes),
    )  # fmt: skip


def single(trials: int, paid: int) -> Tally:
    """One message to each debtor."""
    return tally([(1, 1)] * paid + [(1, 0)] * (trials - paid))


def test_known_intervals():
    """Newcombe 1998, table II: 56/70 against 48/80, method 10; Wilson: 15 of 148."""
    plain = (replace(side, debtors=0) for side in (single(70, 56), single(80, 48)))
    low, high = interval(*plain)
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)
    assert tuple(round(x, 4) for x in wilson(15 / 148, 148)) == (0.0624, 0.1605)


def test_unlike_messages_have_no_design_effect_and_doubled_ones_have_two():
    assert design_effect(single(200, 60)) == pytest.approx(1.0, abs=0.01)
    doubled = tally([(2, 2)] * 60 + [(2, 0)] * 140)
    assert design_effect(doubled) == pytest.approx(2.0, abs=0.02)


@given(st.lists(st.lists(st.booleans(), max_size=6), min_size=1, max_size=12), st.randoms())
def test_sums_kept_message_by_message_are_the_sums_over_debtors(lives, mixed):
    """Also when a debtor is counted in another segment half-way."""
    segments = {name: ChannelScores("o", name, {}) for name in ("a", "b")}
    known = [Measured() for _ in lives]
    todo = [(who, won) for who, life in enumerate(lives) for won in life]
    mixed.shuffle(todo)
    for who, won in todo:
        name = mixed.choice("ab")
        result = Result(trial(), won)
        segments[name], known[who] = measured(segments[name], known[who], result, "1")
    report = report_of(segments.values(), "1", 1)
    assert report.learned == tally([(len(life), sum(life)) for life in lives if life])
    assert report.holdout == Tally()


def test_another_experiment_counts_from_zero():
    scores, known = ChannelScores("o", "a", {}), Measured()
    scores, known = measured(scores, known, Result(trial(), True), "1")
    other = Result(replace(trial(), experiment="2", in_holdout=True), False)
    assert measured(scores, known, other, "1") == (scores, known)
    scores, known = measured(scores, known, other, "2")
    assert scores.learned == Tally() and scores.holdout == single(1, 0)
    assert known == Measured("2", 1, 0)


def test_scores_count_by_step():
    scores = ChannelScores("o", "a", {})
    for won in (True, False, False):
        scores = added(scores, Result(trial(), won), POLICY)
    (count,) = scores.counts["reminder"]
    assert (count.channel, count.block) == (Channel.EMAIL, Block.MORNING)
    assert (count.won, count.lost) == (1.0, 2.0)


@pytest.mark.parametrize(
    ("ours", "theirs", "code"),
    [
        (Tally(), Tally(), "too_few"),
        (single(900, 400), single(60, 10), "too_few"),  # Too few debtors.
        (single(900, 9), single(200, 30), "too_few"),  # Hardly any payment.
        (single(900, 300), single(200, 60), "no_difference_seen"),
        (single(900, 450), single(200, 60), "better"),
        (single(900, 200), single(200, 80), "worse"),
    ],
)
def test_nothing_is_claimed_that_the_figures_do_not_carry(ours, theirs, code):
    found = uplift(Report("1", ours, theirs))
    assert found.code == code
    said = said_of(found, Language.EN)
    assert ("No difference can be seen yet" in said) is (code == "no_difference_seen")
    assert said_of(found, Language.FY) == said_of(found, Language.NL)


def test_the_sentence_carries_the_interval():
    found = uplift(Report("1", single(900, 450), single(200, 60)))
    assert "+12.6 to +26.8 percentage points" in said_of(found, Language.EN)
    assert "+12,6 tot +26,8 procentpunt" in said_of(found, Language.NL)


@given(
    st.integers(1, 500), st.integers(1, 500), st.floats(0, 1), st.floats(0, 1),
)  # fmt: skip
def test_the_interval_holds_the_difference(n1, n2, share1, share2):
    paid1, paid2 = round(n1 * share1), round(n2 * share2)
    low, high = interval(single(n1, paid1), single(n2, paid2))
    assert -1 - 1e-9 <= low <= paid1 / n1 - paid2 / n2 + 1e-9
    assert paid1 / n1 - paid2 / n2 - 1e-9 <= high <= 1 + 1e-9


def test_messages_that_are_alike_do_not_make_it_look_surer():
    """600 worlds without a difference, where who pays once pays every time."""
    pick, covered = random.Random(5), 0
    for _ in range(600):
        sides = []
        for debtors in (300, 90):
            chances = [(pick.randint(1, 6), pick.betavariate(0.6, 1.4)) for _ in range(debtors)]
            sides.append(tally([(n, sum(pick.random() < p for _ in range(n))) for n, p in chances]))
        low, high = interval(*sides)
        covered += low <= 0 <= high
    assert 0.92 <= covered / 600 <= 0.98


def test_a_year_of_learning_has_less_and_less_regret():
    year = Year(500, 11, replace(POLICY, holdout_percent=0), how="learner", weeks=40)
    out = year.run()
    early, late = (sum(out.regret[p]) / sum(out.sent[p]) for p in (slice(0, 8), slice(32, 40)))
    assert late < 0.9 * early


def test_worlds_where_the_channel_makes_no_difference_are_said_to_have_none():
    codes, found = null_worlds(20, 150, 10)
    assert sum(one.low <= 0 <= one.high for one in found) >= 18
    assert codes["better"] + codes["worse"] <= 2
    assert abs(sum(one.difference for one in found) / len(found)) < 0.05


def test_the_trial_of_the_sample_is_whole():
    assert isinstance(trial(), Trial) and trial().sent_at == NOW
