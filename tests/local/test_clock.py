"""The clock that can be turned forward, and that the product reads the same way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from infra.local.clock import LocalClock
from kasstroom.settings import ClockSettings
from kasstroom_aws.clock import clock_from

NEAR = timedelta(seconds=5)


@pytest.fixture
def clock(tmp_path):
    return LocalClock(tmp_path / "deep" / "clock")


def read_by_the_product(clock):
    return clock_from(ClockSettings(clock=f"file:{clock.path}"))()


def test_without_a_file_it_is_the_machine_s_time(clock):
    assert clock.offset_s == 0
    assert abs(clock.now() - datetime.now(UTC)) < NEAR


def test_it_runs_on_from_where_it_is_set(clock):
    clock.set_to(datetime(2026, 9, 1, 8, tzinfo=UTC))
    assert abs(read_by_the_product(clock) - datetime(2026, 9, 1, 8, tzinfo=UTC)) < NEAR


def test_it_can_be_turned_forward_and_back_to_now(clock):
    clock.set_to(datetime(2026, 9, 1, 8, tzinfo=UTC))
    clock.advance(timedelta(days=3))
    assert abs(read_by_the_product(clock) - datetime(2026, 9, 4, 8, tzinfo=UTC)) < NEAR
    clock.reset()
    assert abs(read_by_the_product(clock) - datetime.now(UTC)) < NEAR


def test_an_instant_without_zone_is_refused(clock):
    with pytest.raises(ValueError, match="time zone"):
        clock.set_to(datetime(2026, 9, 1, 8))  # noqa: DTZ001
