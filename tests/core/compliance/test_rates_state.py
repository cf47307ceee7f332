"""When the rates are out of date, and a table of rates that has a hole."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.compliance.rate_table import RatePeriod, checked_periods, periods_of
from kasstroom.compliance.rates_calculation import rates_view
from kasstroom.compliance.rates_state import RatesState, rates_state, watched
from kasstroom.compliance.statutory_rates import CHECKED_ON, KNOWN_UNTIL, RATES, ClaimType
from kasstroom.errors import Refused

COMMERCIAL = periods_of(ClaimType.COMMERCIAL)
PLACES = st.integers(1, len(COMMERCIAL) - 2)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 11, 21), RatesState.FRESH),
        (date(2026, 11, 30), RatesState.FRESH),
        (date(2026, 12, 1), RatesState.TO_CHECK),
        (date(2026, 12, 31), RatesState.TO_CHECK),
        (date(2027, 1, 1), RatesState.STALE),
    ],
)
def test_the_state_of_a_day(day, state):
    known = {"known_until": date(2026, 12, 31), "checked_on": date(2026, 11, 21)}
    answer = rates_state(day, **known)
    assert answer.state is state
    assert answer.sentence


def test_rates_nobody_checked_for_seven_months_are_stale():
    known = {"known_until": date(2030, 12, 31), "checked_on": date(2026, 11, 21)}
    assert rates_state(date(2027, 6, 23), **known).state is RatesState.FRESH
    assert rates_state(date(2027, 6, 24), **known).state is RatesState.STALE


def test_the_first_stale_day_is_told_once():
    first = datetime(KNOWN_UNTIL.year + 1, 1, 1, 1, 15, tzinfo=UTC)
    told = [watched(first + timedelta(days=days))[1].events for days in (-1, 0, 1, 2)]
    assert [len(events) for events in told] == [0, 1, 0, 0]
    (event,) = told[1]
    assert (event.TYPE, event.org, event.subject) == (
        "compliance.rates_stale", "", f"rates-{KNOWN_UNTIL}",
    )  # fmt: skip


@pytest.mark.parametrize("claim", ClaimType)
def test_our_own_tables_are_whole(claim):
    assert checked_periods(claim, periods_of(claim)) == RATES[claim]


@given(PLACES)
def test_a_missing_row_is_a_hole(at):
    with pytest.raises(Refused) as refused:
        checked_periods(ClaimType.COMMERCIAL, COMMERCIAL[:at] + COMMERCIAL[at + 1 :])
    assert (refused.value.code, refused.value.pointer) == ("rates_hole", f"/periods/{at}")


@given(PLACES)
def test_rows_in_another_order_are_refused(at):
    swapped = list(COMMERCIAL)
    swapped[at], swapped[at + 1] = swapped[at + 1], swapped[at]
    with pytest.raises(Refused) as refused:
        checked_periods(ClaimType.COMMERCIAL, swapped)
    assert refused.value.code in {"rates_hole", "rates_unordered"}


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("rates_overlap", {"from_on": date(2026, 1, 1), "until_on": date(2026, 12, 31)}),
        ("period_backwards", {"until_on": date(2026, 6, 30)}),
        ("invalid_rate", {"percent": Decimal("-1")}),
        ("invalid_rate", {"percent": Decimal("100.01")}),
        ("rate_begins_elsewhere", {"from_on": date(2026, 7, 2)}),
    ],
)
def test_a_row_that_cannot_be(code, change):
    last = replace(COMMERCIAL[-1], **change)
    before = replace(COMMERCIAL[-2], from_on=date(2025, 7, 1))
    with pytest.raises(Refused) as refused:
        checked_periods(ClaimType.COMMERCIAL, (before, last))
    assert refused.value.code == code


def test_no_table_at_all():
    with pytest.raises(Refused, match="There is no consumer rate"):
        checked_periods(ClaimType.CONSUMER, ())
    one = RatePeriod(date(2026, 1, 1), date(2026, 12, 31), Decimal(4))
    assert len(checked_periods(ClaimType.CONSUMER, (one,))) == 1


def test_what_is_shown_of_the_rates():
    view = rates_view(CHECKED_ON)
    assert (view.state, view.checked_on) == (RatesState.FRESH, CHECKED_ON)
    last = {table.claim: table.rows[-1].rate for table in view.tables}
    assert last == {"consumer": "4", "commercial": "10.4", "government": "10.4"}
