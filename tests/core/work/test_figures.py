"""What is open, split by age, is still what is open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.credit.model import CreditAccount
from kasstroom.work.figures import Age, by_age

TODAY = date(2026, 9, 1)


def account(open_by_due: dict[date, int]) -> CreditAccount:
    return CreditAccount("vandijk", "D1", open_by_due=open_by_due)


@pytest.mark.parametrize(
    ("days", "age"),
    [
        (-40, Age.CURRENT), (0, Age.CURRENT), (1, Age.DAYS_1_30), (30, Age.DAYS_1_30),
        (31, Age.DAYS_31_60), (60, Age.DAYS_31_60), (61, Age.DAYS_61_90), (90, Age.DAYS_61_90),
        (91, Age.DAYS_OVER_90), (4000, Age.DAYS_OVER_90),
    ],
)  # fmt: skip
def test_an_amount_stands_under_its_age(days, age):
    aged = by_age(account({TODAY - timedelta(days=days): 1234}), TODAY)
    assert {a.age: a.amount.minor for a in aged if a.amount} == {age: 1234}


@given(st.dictionaries(st.integers(-400, 400), st.integers(-(10**9), 10**9), max_size=30))
def test_nothing_is_lost_or_counted_twice(by_days):
    held = account({TODAY - timedelta(days=days): minor for days, minor in by_days.items()})
    aged = by_age(held, TODAY)
    assert [a.age for a in aged] == list(Age)
    assert sum(a.amount.minor for a in aged) == held.open_minor
