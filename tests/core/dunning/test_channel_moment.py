"""When a message goes out at a chosen hour: soon, and never outside contact hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kasstroom.compliance.contact_hours import may_contact
from kasstroom.dunning.learning.choosing import moment
from kasstroom.dunning.learning.model import block_at, block_of

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


@given(hour=st.integers(9, 19), minutes=st.integers(0, 2 * 365 * 24 * 60))
def test_the_moment_is_soon_and_within_contact_hours(hour, minutes):
    due_at = NOW + timedelta(minutes=minutes)
    at = moment(hour, due_at)
    assert due_at <= at <= due_at + timedelta(days=6)
    assert may_contact(at)
    assert block_at(hour) is block_of(at)


def test_the_hour_waits_for_today_or_the_next_day_of_contact():
    """1 September 2026 is a Tuesday; 10:00 UTC is noon in Amsterdam."""
    at = datetime(2026, 9, 1, 10, 30, tzinfo=UTC)
    assert moment(12, at) == at
    assert moment(18, at) == datetime(2026, 9, 1, 16, 0, tzinfo=UTC)
    assert moment(9, at) == datetime(2026, 9, 2, 7, 0, tzinfo=UTC)
    saturday = datetime(2026, 9, 5, 14, 0, tzinfo=UTC)
    assert moment(9, saturday) == datetime(2026, 9, 7, 7, 0, tzinfo=UTC)


@given(minutes=st.integers(0, 2 * 365 * 24 * 60))
def test_counted_from_one_start_every_wait_has_an_end_whatever_is_chosen_meanwhile(minutes):
    due_at = NOW + timedelta(minutes=minutes)
    assert max(moment(hour, due_at) for hour in range(9, 20)) <= due_at + timedelta(days=6)
