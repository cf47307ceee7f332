from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.compliance.contact_hours import may_contact, next_contact
from kasstroom.time import AMSTERDAM

FIRST, LAST = datetime.fromisoformat("2024-01-01"), datetime.fromisoformat("2035-01-01")


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [
        ("2026-11-22T12:00", "2026-11-23T07:00"),
        ("2026-05-05T12:00", "2026-05-06T07:00"),
        ("2026-12-25T12:00", "2026-12-28T07:00"),
        ("2026-11-20T20:00", "2026-11-21T07:00"),
        ("2026-11-20T06:59", "2026-11-20T07:00"),
        ("2026-11-20T10:00", "2026-11-20T10:00"),
    ],
)
def test_the_next_moment_of_contact(asked, allowed):
    local = datetime.fromisoformat(asked).replace(tzinfo=AMSTERDAM)
    expected = datetime.fromisoformat(allowed).replace(tzinfo=AMSTERDAM)
    assert next_contact(local.astimezone(UTC)) == expected


@given(st.datetimes(FIRST, LAST, timezones=st.just(UTC)))
def test_the_next_moment_is_allowed_and_not_in_the_past(now):
    upcoming = next_contact(now)
    assert upcoming >= now
    assert may_contact(upcoming)
