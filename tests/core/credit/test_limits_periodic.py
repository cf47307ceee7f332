"""The planned review: opened once, lapsing once, planned again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource
from kasstroom.credit.periodic import Looked, decide
from kasstroom.credit.policy_document import read
from kasstroom.credit.reviews import Review, ReviewState
from tests.people import eur

RULE = {"id": "r", "when": {"fact": "hold", "is": True}, "outcome": "refer", "reason": "blocked"}
TERMS = {"every_days": 100, "grace_days": 10, "lapse": ["discretionary"]}
POLICY = read("default", 1, {"rules": [RULE], "reviews": TERMS})
FIRST = date(2026, 9, 1)


def noon(day):
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def limit(source, valid_to=None):
    return CreditLimit(source, eur("1000.00"), "anna", noon(FIRST), None, valid_to)


def account(**more):
    limits = (limit(LimitSource.OWN), limit(LimitSource.DISCRETIONARY))
    return replace(CreditAccount("vandijk", "D1", limits=limits, review_on=FIRST), **more)


def lived(start, days, closed_on=None):
    """One account, looked at on these days; the review's closing is only its state here."""
    state, review, told, done = start, None, [], Looked()
    for day in days:
        if review and closed_on and day >= closed_on:
            review = replace(review, state=ReviewState.APPROVED)
        changes, looked = decide(state, review, POLICY, noon(day))
        review = next((e for e in changes.create if isinstance(e, Review)), review)
        state = next((e for e in changes.update), state)
        told += changes.events
        done += looked
    return state, [event.TYPE for event in told], done


def sources(state):
    return {li.source for li in state.limits}


@given(st.lists(st.integers(0, 60), min_size=1).map(sorted))
def test_whenever_it_is_looked_at_a_review_opens_once_and_limits_lapse_once(offsets):
    days = [FIRST + timedelta(days=n) for n in offsets]
    state, told, done = lived(account(), days)
    assert done.opened == 1 and told.count("credit.review.due") == 1
    # Whoever has to review has the days of grace from the day it was opened.
    over = offsets[-1] - offsets[0] > 10
    assert done.lapsed == int(over)
    assert (LimitSource.DISCRETIONARY in sources(state)) is not over
    assert LimitSource.OWN in sources(state)


def test_before_its_day_nothing_happens():
    changes, looked = decide(account(), None, POLICY, noon(FIRST - timedelta(days=1)))
    assert (bool(changes), looked) == (False, Looked())


def test_a_review_that_was_done_lets_nothing_lapse():
    days = [FIRST + timedelta(days=n) for n in (0, 5, 40)]
    state, _, done = lived(account(), days, closed_on=days[1])
    assert done.lapsed == 0 and LimitSource.DISCRETIONARY in sources(state)


@given(st.integers(0, 400), st.lists(st.sampled_from(LimitSource), unique=True))
def test_a_limit_ends_the_day_after_its_last_and_says_so(late, which):
    last = FIRST + timedelta(days=20)
    start = account(review_on=None, limits=tuple(limit(source, last) for source in which))
    assert lived(start, [last])[2].ended == 0
    day = last + timedelta(days=1 + late)
    changes, looked = decide(start, None, POLICY, noon(day))
    assert looked.ended == len(which)
    assert {line.reason for line in changes.create} <= {f"its last day was {last}"}
    if which:
        (state,) = changes.update
        assert state.limits == ()
        assert not decide(state, None, POLICY, noon(day))[0]


def test_the_account_is_due_on_the_first_of_its_days():
    due = lambda **more: account(**more).due.at.date()  # noqa: E731
    assert due() == FIRST
    ending = (limit(LimitSource.TEMPORARY, FIRST - timedelta(days=3)),)
    assert due(limits=ending) == FIRST - timedelta(days=2)
    assert due(review_id="rev_1", lapse_on=FIRST + timedelta(days=9)) == FIRST + timedelta(days=9)
    assert account(review_id="rev_1").due is None
