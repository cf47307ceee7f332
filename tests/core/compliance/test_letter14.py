"""The fourteen-day letter never claims too early, and holidays fall where they fall."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.compliance.holidays import easter, holidays, is_working_day, named_holidays
from kasstroom.compliance.letter14 import LetterChannel, NoPost, letter_dates
from kasstroom.errors import Refused

SENT = st.dates(date(2016, 12, 1), date(2060, 1, 1))
POST, EMAIL = LetterChannel.POST, LetterChannel.EMAIL


@given(SENT, st.sampled_from(LetterChannel), st.none() | st.integers(0, 30))
def test_nobody_pays_costs_within_fourteen_full_days_after_arrival(sent_on, channel, after):
    delivered_on = None if after is None else sent_on + timedelta(days=after)
    dates = letter_dates(sent_on, channel, delivered_on=delivered_on)
    assert sent_on <= dates.received_on
    assert (dates.costs_from - dates.received_on).days >= 15
    assert is_working_day(dates.last_pay_on)
    assert dates.safe_on >= dates.costs_from > dates.last_pay_on >= dates.term_last_on
    assert (dates.safe_on - sent_on).days >= 21


@given(SENT)
def test_a_letter_is_not_taken_to_arrive_on_a_day_without_post(sent_on):
    dates = letter_dates(sent_on, POST)
    assert dates.received_on.weekday() not in (0, 6)
    assert dates.received_on not in holidays(dates.received_on.year)
    between = (dates.received_on - sent_on).days - len(dates.skipped)
    assert between == (2 if sent_on < date(2027, 7, 1) else 3)


def test_the_days_that_do_not_count_have_their_reason():
    dates = letter_dates(date(2026, 12, 23), POST)
    assert [(skipped.day.day, skipped.why) for skipped in dates.skipped] == [
        (25, NoPost.HOLIDAY), (26, NoPost.HOLIDAY), (27, NoPost.SUNDAY), (28, NoPost.MONDAY),
    ]  # fmt: skip


def test_a_proven_arrival_is_not_presumed():
    dates = letter_dates(date(2026, 12, 23), POST, delivered_on=date(2026, 12, 24))
    assert (dates.received_on, dates.presumed_by, dates.skipped) == (date(2026, 12, 24), "", ())
    assert letter_dates(date(2026, 12, 23), POST).presumed_by.startswith("HR 25-11-2016")


def test_it_cannot_arrive_before_it_is_sent():
    with pytest.raises(Refused) as caught:
        letter_dates(date(2026, 12, 23), EMAIL, delivered_on=date(2026, 12, 22))
    assert caught.value.code == "delivered_before_sent"


@pytest.mark.parametrize(
    "sunday", ["2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31", "2025-04-20", "2038-04-25"]
)
def test_easter(sunday):
    day = date.fromisoformat(sunday)
    assert easter(day.year) == day


@given(st.integers(2014, 2200))
def test_a_year_has_its_holidays(year):
    named = named_holidays(year)
    assert set(named) == holidays(year)
    assert len(named) in (8, 9)
    assert easter(year).weekday() == 6
    assert date(year, 5, 5) in named
    assert (date(year, 4, 27) in named) is (date(year, 4, 27).weekday() != 6)
