"""How often a person may be written to or called."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.compliance.contact_frequency import (
    Contact,
    Contacted,
    contact_room,
    next_step_on,
    with_contact,
)

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MESSAGE, CALL, TALK = Contact
HOURS = st.lists(st.tuples(st.integers(0, 400), st.sampled_from(Contact)), max_size=20)


def ago(*hours: int, contact=MESSAGE) -> list[Contacted]:
    return [Contacted(NOW - timedelta(hours=each), contact) for each in hours]


@pytest.mark.parametrize(
    ("wanted", "history", "reason"),
    [
        (MESSAGE, [], ""),
        (MESSAGE, ago(1), "enough_today"),
        (MESSAGE, ago(14), ""),
        (MESSAGE, ago(30, 60, 90), "enough_this_week"),
        (MESSAGE, ago(30, 60, 169), ""),
        (MESSAGE, ago(1, 2, contact=CALL), ""),
        (CALL, ago(1), ""),
        (CALL, ago(1, 2, contact=CALL), "enough_today"),
        (CALL, ago(1, contact=CALL), ""),
        (CALL, ago(26, 27, 50, 51, 74, 75, 98, contact=CALL), "enough_this_week"),
        (CALL, ago(100, contact=TALK), "talked"),
        (CALL, ago(168, contact=TALK), ""),
        (MESSAGE, ago(100, contact=TALK), ""),
    ],
)
def test_caps(wanted, history, reason):
    room = contact_room(wanted, history, NOW)
    assert (room.reason, room.allowed, room.again_at is None) == (reason, not reason, not reason)


def test_a_company_has_no_cap():
    assert contact_room(MESSAGE, ago(1, 2, 3), NOW, natural_person=False).allowed


def test_the_day_ends_at_midnight_in_amsterdam():
    room = contact_room(MESSAGE, ago(1), NOW)
    assert room.again_at == datetime(2026, 11, 20, 23, tzinfo=UTC)


def test_steps_lie_a_week_apart():
    assert next_step_on(date(2026, 11, 20)) == date(2026, 11, 27)


@given(HOURS, st.sampled_from([MESSAGE, CALL]))
def test_there_is_room_again_when_it_says_so_and_not_before(found, wanted):
    history = [one for hours, contact in found for one in ago(hours, contact=contact)]
    room = contact_room(wanted, history, NOW)
    if not room.allowed:
        assert room.again_at > NOW
        assert contact_room(wanted, history, room.again_at).allowed
        just_before = room.again_at - timedelta(seconds=1)
        assert not contact_room(wanted, history, just_before).allowed


@given(HOURS, st.sampled_from(Contact), st.integers(0, 100))
def test_a_short_history_says_the_same_as_a_whole_one(told, wanted, later):
    whole = sorted(
        (Contacted(NOW - timedelta(hours=hours), kind) for hours, kind in told),
        key=lambda each: each.at,
    )
    short: tuple[Contacted, ...] = ()
    for each in whole:
        short = with_contact(short, each)
    now = NOW + timedelta(hours=later)
    assert len(short) <= 11
    assert contact_room(wanted, short, now) == contact_room(wanted, whole, now)
