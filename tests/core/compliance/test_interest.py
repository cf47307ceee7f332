"""Interest grows with days and principal, adds up to its segments, and knows what it knows."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.compliance.allocation import Debt, Order, split
from kasstroom.compliance.interest import Compounding, DayCount, Terms, interest
from kasstroom.compliance.statutory_rates import KNOWN_UNTIL, RATES, ClaimType, rate_on
from kasstroom.errors import Refused

DUE = st.dates(date(2010, 1, 1), date(2026, 6, 1))
DAYS = st.integers(0, 4_000)
MINOR = st.integers(0, 10**11)
TERMS = st.builds(
    Terms,
    st.sampled_from(ClaimType),
    st.sampled_from(DayCount),
    st.sampled_from([None, *Compounding]),
    st.none() | st.decimals(0, 100, places=2),
)


def minor(principal: int, due: date, days: int, terms: Terms) -> int:
    return interest(principal, due, due + timedelta(days=days), terms).interest_minor


@given(MINOR, DUE, DAYS, st.integers(1, 400), TERMS)
def test_more_days_never_bear_less(principal, due, days, more, terms):
    assert minor(principal, due, days, terms) <= minor(principal, due, days + more, terms)


@given(MINOR, st.integers(0, 10**9), DUE, DAYS, TERMS)
def test_a_larger_principal_never_bears_less(principal, more, due, days, terms):
    assert minor(principal, due, days, terms) <= minor(principal + more, due, days, terms)


@given(MINOR, DUE, DAYS, TERMS)
def test_the_segments_are_the_days_and_explain_the_sum(principal, due, days, terms):
    found = interest(principal, due, due + timedelta(days=days), terms)
    assert found.days == days
    day = due + timedelta(days=1)
    for segment in found.segments:
        assert segment.from_on == day <= segment.until_on
        day = segment.until_on + timedelta(days=1)
    for year in found.years:
        exact = sum(segment.interest for segment in year.segments)
        assert abs(exact - year.interest_minor) <= Decimal("0.5")


@given(MINOR, DUE, DAYS, TERMS)
def test_a_leap_year_counted_as_such_never_bears_more(principal, due, days, terms):
    given_ = (terms.claim, terms.compounding, terms.contract_percent)
    by_365, by_year = (
        minor(principal, due, days, Terms(given_[0], count, *given_[1:]))
        for count in (DayCount.ACT_365F, DayCount.ACT_ACT)
    )
    assert by_year <= by_365


@pytest.mark.parametrize(
    ("claim", "day", "percent"),
    [
        ("consumer", "2014-12-31", "3"), ("consumer", "2015-01-01", "2"),
        ("consumer", "2022-12-31", "2"), ("consumer", "2023-07-01", "6"),
        ("consumer", "2025-12-31", "6"), ("consumer", "2026-01-01", "4"),
        ("commercial", "2013-03-15", "7.75"), ("commercial", "2013-03-16", "8.75"),
        ("commercial", "2022-12-31", "8.00"), ("commercial", "2026-06-30", "10.15"),
        ("government", "2026-07-01", "10.40"),
    ],
)  # fmt: skip
def test_the_rate_of_a_day(claim, day, percent):
    assert rate_on(ClaimType(claim), date.fromisoformat(day)).percent == Decimal(percent)


@pytest.mark.parametrize("claim", ClaimType)
def test_rates_are_in_order_and_say_where_they_come_from(claim):
    rows = RATES[claim]
    assert list(rows) == sorted(rows, key=lambda rate: rate.from_on)
    assert all(rate.source and rate.from_on <= KNOWN_UNTIL for rate in rows)


@pytest.mark.parametrize(
    ("claim", "principal", "costs", "due", "first", "paid", "last", "expected"),
    [
        (
            "consumer", 100_000, 15_000, "2026-06-30", "2026-08-31", 30_000, "2026-11-20",
            (679, 14_321, 85_679, 761, 86_440),
        ),
        (
            "commercial", 1_000_000, 87_500, "2026-04-30", "2026-07-31", 400_000, "2026-11-20",
            (25_796, 286_704, 713_296, 22_763, 736_059),
        ),
    ],
)  # fmt: skip
def test_a_part_is_paid_and_the_rest_bears_on(
    claim, principal, costs, due, first, paid, last, expected
):
    due_on, first_on, last_on = (date.fromisoformat(day) for day in (due, first, last))
    terms = Terms(ClaimType(claim), DayCount.ACT_365F)
    borne = interest(principal, due_on, first_on, terms).interest_minor
    (part,) = split(paid, [Debt("A", due_on, costs, borne, principal)], Order.LEGAL)
    left = principal - part.principal_minor
    more = interest(left, first_on, last_on, terms).interest_minor
    assert (borne, part.principal_minor, left, more, left + more) == expected


def test_days_after_what_is_published_are_provisional():
    found = interest(100_000, date(2026, 11, 30), date(2027, 1, 31), Terms())
    assert [segment.provisional for segment in found.segments] == [False, True]
    agreed = Terms(contract_percent=Decimal(8))
    found = interest(100_000, date(2026, 11, 30), date(2027, 1, 31), agreed)
    assert [segment.provisional for segment in found.segments] == [False]


@pytest.mark.parametrize(
    ("claim", "due", "paid", "code"),
    [
        ("commercial", "2009-06-29", "2010-01-01", "rate_unknown"),
        ("consumer", "2001-12-30", "2010-01-01", "rate_unknown"),
        ("consumer", "2002-01-01", "2052-01-02", "too_long"),
    ],
)
def test_what_cannot_be_counted_is_refused(claim, due, paid, code):
    days = (date.fromisoformat(due), date.fromisoformat(paid))
    with pytest.raises(Refused) as caught:
        interest(100_000, *days, Terms(ClaimType(claim)))
    assert caught.value.code == code


def test_a_base_that_grows_out_of_hand_is_refused():
    agreed = Terms(compounding=Compounding.YEARLY, contract_percent=Decimal(100))
    with pytest.raises(Refused) as caught:
        interest(10**13, date(2000, 1, 1), date(2049, 1, 1), agreed)
    assert caught.value.code == "amount_too_large"
