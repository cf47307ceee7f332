"""What will come in: the curve, the correction, and no peeking at what came later."""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.reports.kpi.calibration import calibration, forecast_error, weeks_within
from kasstroom.reports.kpi.delays import delays, delays_of
from kasstroom.reports.kpi.forecast import (
    LOOKS_BACK_DAYS,
    WEEKS,
    Forecaster,
    bounds,
    cash_forecast,
    quantile,
    spread,
)
from tests.counted import TODAY, Counted, ago

D = Decimal


def test_the_curve_by_hand():
    """Paid: 40 on time, 30 ten days late, 10 at 20 days. Open: 20 at 15 days late."""
    curve = delays({0: D(40), 10: D(30), 20: D(10)}, {15: D(20)})
    # 100 at risk: 60 % left. Of 60, 30 paid: 30 %. At 20 days 10 are at risk and paid: 0 %.
    assert curve.days == (0, 10, 20)
    assert curve.unpaid == (D("0.6"), D("0.3"), D(0))
    assert [curve.still_unpaid(day) for day in (-1, 0, 9, 10, 25)] == [
        1, D("0.6"), D("0.6"), D("0.3"), 0,
    ]  # fmt: skip


def test_what_was_written_off_is_never_paid():
    curve = delays({5: D(50)}, {10**6: D(50)})
    assert curve.still_unpaid(10_000) == D("0.5")


def test_the_age_an_item_has_counts():
    curve = delays({0: D(40), 10: D(30), 20: D(10)}, {15: D(20)})
    fresh = spread(curve, {TODAY + timedelta(days=3): D(100)}, TODAY)
    # Due in 3 days: the first week holds days -3 to 4 (40 %), the second 5 to 11 (30 %), the
    # fourth day 20 late (30 %).
    assert fresh[:5] == [40, 30, 0, 30, 0]
    late = spread(curve, {TODAY - timedelta(days=12): D(100)}, TODAY)
    # Twelve days late already: what is left (30 %) is all paid at 20 days, in the second week.
    assert late[:3] == [0, 100, 0]
    gone = spread(curve, {TODAY - timedelta(days=40): D(100)}, TODAY)
    assert sum(gone) == 0  # later than anything was ever paid


AMOUNTS = st.dictionaries(st.integers(-30, 120), st.integers(1, 10**6).map(D), max_size=20)


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_never_more_comes_in_than_is_open(paid, unpaid, items):
    curve = delays(paid, unpaid)
    assert list(curve.unpaid) == sorted(curve.unpaid, reverse=True)
    assert all(0 <= share <= 1 for share in curve.unpaid)
    open_now = {TODAY - timedelta(days=age): amount for age, amount in items.items()}
    weeks = spread(curve, open_now, TODAY)
    assert len(weeks) == WEEKS and all(week >= 0 for week in weeks)
    assert sum(weeks) <= sum(items.values()) + D("1e-9")


def test_quantiles_lie_on_a_straight_line():
    ordered = [D(1), D(2), D(4)]
    parts = (D(0), D("0.25"), D("0.375"), D("0.5"), D("0.75"), D(1))
    assert [quantile(ordered, part) for part in parts] == [1, 1, D("1.5"), 2, 4, 4]


def a_year_of_business(seed: int = 1, days: int = 420) -> Counted:
    """Two invoices on every working day, thirty days to pay, paid 5 days early to 25 days late."""
    rolls, counted = random.Random(seed), Counted()
    for issued in range(days, -1, -1):
        if ago(issued).weekday() < 5:
            for _ in range(2):
                amount, late = rolls.randrange(50, 500), rolls.choice((-5, 0, 0, 3, 7, 14, 25))
                due = issued - 30
                counted.invoice(amount, issued, due)
                if (back := due - late) >= 0:
                    counted.paid(amount, back, due, issued=issued)
    return counted


def test_a_steady_business_is_foreseen():
    figures = a_year_of_business().figures()
    rows = cash_forecast(figures)
    assert [row.week for row in rows] == list(range(1, WEEKS + 1))
    assert (rows[0].starts_on, rows[0].ends_on) == bounds_of(1)
    for row in rows:
        assert row.low <= row.expected <= row.high
    # A week sells ten invoices of 275 on average: 2750, also of what is not invoiced yet.
    assert all(1800 < row.expected < 3700 for row in rows)
    # What is open now is paid within 55 days: the eighth week ends after 56.
    assert rows[6].from_open > 0
    assert {row.from_open for row in rows[8:]} == {0}


def bounds_of(week: int):
    after, until = bounds(TODAY, week)
    return after + timedelta(days=1), until


def test_the_forecast_of_a_past_day_does_not_know_what_came_later():
    """Whatever is booked after the day, the forecast made on it is the same."""
    counted = a_year_of_business()
    later = a_year_of_business()
    later.invoice(9999, 20, -10).paid(500, 3, -4).lost(100, 2, 60)
    day = ago(21)
    seen = [
        [Forecaster(books.figures()).foreseen(day, week) for week in (1, 4)]
        for books in (counted, later)
    ]
    assert seen[0] == seen[1]
    assert delays_of(counted.figures(), day) == delays_of(later.figures(), day)
    assert delays_of(counted.figures(21), day) == delays_of(counted.figures(), day)


def test_older_days_than_it_looks_back_change_nothing():
    whole = a_year_of_business(days=LOOKS_BACK_DAYS + 100)
    seen = []
    for days in (LOOKS_BACK_DAYS, 250):
        near = Counted()
        near.cells.update(
            {cell: n for cell, n in whole.cells.items() if not cell.on or cell.on >= ago(days)}
        )
        seen.append(cash_forecast(near.figures()) == cash_forecast(whole.figures()))
    assert seen == [True, False]


def test_calibration_holds_what_was_foreseen_against_what_came():
    figures = a_year_of_business().figures()
    rows = calibration(figures)
    assert len(rows) == 36
    first = rows[0]
    assert (first.made_on, first.weeks_ahead, first.ends_on) == (ago(7), 1, TODAY)
    assert first.realised == figures.cash(ago(7))
    assert all(row.low <= row.expected <= row.high for row in rows if row.low is not None)
    assert 60 <= weeks_within(figures) <= 100
    assert forecast_error(figures) < 25


def test_little_past_gives_no_range():
    counted = Counted().invoice(100, 40, 10).paid(100, 8, 10).invoice(100, 20, -10)
    rows = cash_forecast(counted.figures())
    # Everything was paid two days late, so all of it comes 12 days from now: in the second week.
    assert [(row.expected, row.low, row.high) for row in rows[:3]] == [
        (0, None, None), (100, None, None), (0, None, None),
    ]  # fmt: skip
    assert weeks_within(counted.figures()) is None


@pytest.mark.parametrize("counted", [Counted(), Counted().invoice(100, 20, 5)])
def test_nobody_ever_paid_is_no_forecast(counted):
    figures = counted.figures()
    assert cash_forecast(figures) == () and calibration(figures) == ()
    assert forecast_error(figures) is None and weeks_within(figures) is None


def test_nothing_open_is_no_forecast():
    assert cash_forecast(Counted().invoice(5, 40, 10).paid(5, 2, 10).figures()) == ()
