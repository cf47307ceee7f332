"""DSO in its kinds, by hand: the arithmetic stands beside each figure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.invoices.model import DocumentKind
from kasstroom.reports.assumptions import Assumptions
from kasstroom.reports.kpi.days import count_back, days_of_sales, weighted_days
from kasstroom.reports.kpi.registry import kpi
from tests.counted import Counted


def value(name: str, counted: Counted, days_ago: int = 0, **stated: object) -> Decimal | None:
    return kpi(name).of(counted.figures(days_ago, assumptions=replace(Assumptions(), **stated)))


def books() -> Counted:
    """Sold 900 in 90 days (and 400 before); open 300 not due, 100 five days and 200 ten days
    late: 600."""
    return (
        Counted()
        .invoice(400, issued=100, due=70)
        .paid(400, days=60, due=70, issued=100)
        .invoice(100, issued=35, due=5)
        .invoice(200, issued=40, due=10)
        .invoice(300, issued=20, due=-10)
        .invoice(300, issued=15, due=-15)
        .paid(300, days=3, due=-15, issued=15)
    )


def test_dso_is_what_is_open_over_sales_a_day():
    assert value("dso", books()) == Decimal("60.00")  # 600 / 900 x 90


def test_best_possible_dso_counts_what_is_not_due():
    assert value("dso_best_possible", books()) == Decimal("30.00")  # 300 / 900 x 90
    assert value("average_days_delinquent", books()) == Decimal("30.00")  # 60 - 30


def test_the_period_is_the_organisations():
    # 30 days: 600 sold (20 and 15 days ago), 600 / 600 x 30
    assert value("dso", books(), dso_period_days=30) == Decimal("30.00")


def test_a_period_is_no_longer_than_there_are_sales():
    young = Counted().invoice(100, issued=9, due=-21).invoice(100, issued=0, due=-30)
    # Sales of 10 days, the day itself too: 200 / 200 x 10, not x 90.
    assert value("dso", young) == Decimal("10.00")


def test_as_of_a_past_day_is_what_was_known_then():
    # Eleven days ago nothing of the last 300 was paid: 900 open; sold 900 + 400 in those 90 days.
    assert value("dso", books(), 11) == Decimal("62.31")  # 900 / 1300 x 90 = 62.307...


def test_money_on_account_and_credit_notes_are_taken_off():
    counted = books().on_account(50, days=1)
    counted.invoice(-100, issued=2, due=-28, kind=DocumentKind.CREDIT_NOTE)
    # (600 - 50 - 100) / (900 - 100) x 90 = 450 / 800 x 90 = 50.625
    assert value("dso", counted) == Decimal("50.63")


def test_count_back_takes_whole_months_off():
    # As of 21 November: 21 days so far. November sold 600, October (31) 300 on 12 and 17 October.
    # Open 600 is November exactly: 21 days.
    assert value("dso_count_back", books()) == Decimal("21.00")


def test_count_back_takes_the_last_month_pro_rata():
    counted = books().invoice(100, issued=25, due=5)  # 27 October: October sold 400
    # 700 - 600 (21 days) = 100, of October 100 / 400 x 31 = 7.75
    assert value("dso_count_back", counted) == Decimal("28.75")


def test_count_back_knows_no_days_when_more_is_open_than_was_sold():
    assert count_back(Decimal(10), [(Decimal(4), 30), (Decimal(5), 31)]) is None
    assert count_back(Decimal(9), [(Decimal(4), 30), (Decimal(5), 31)]) == 61
    assert count_back(Decimal(0), [(Decimal(4), 30)]) == 0
    assert count_back(Decimal(-1), [(Decimal(4), 30)]) is None


def test_a_month_of_nothing_but_credit_lengthens_count_back():
    # 5 - (-5) = 10 after 30 days; then 10 of 20 in 31 days: 15.5
    assert count_back(Decimal(5), [(Decimal(-5), 30), (Decimal(20), 31)]) == Decimal("45.5")


def test_true_dso_weighs_each_invoice_by_the_sales_of_its_month():
    # November sold 600 of which 300 is open for 20 days; October sold 300: 100 x 35 + 200 x 40.
    # 300 x 20 / 600 + (3500 + 8000) / 300 = 10 + 38.333...
    assert value("dso_true", books()) == Decimal("48.33")


def test_true_dso_is_known_of_today_only():
    assert value("dso_true", books(), 1) is None


def test_weighted_days_look_at_what_is_late():
    # (100 x 5 + 200 x 10) / 300 = 8.333...
    assert value("days_past_due", books()) == Decimal("8.33")


def test_against_the_dutch_market():
    assert value("dso_benchmark", books()) == Decimal("46.00")
    assert value("dso_against_benchmark", books()) == Decimal("14.00")  # 60 - 46


def test_nothing_sold_is_no_figure():
    assert days_of_sales(Decimal(5), Decimal(0), 90) is None
    assert days_of_sales(Decimal(5), Decimal(-5), 90) is None
    assert weighted_days([]) is None
    only_paid = Counted().invoice(100, issued=9, due=2).paid(100, days=1, due=2, issued=9)
    assert value("days_past_due", only_paid) is None
    assert value("dso", only_paid) == 0  # sold, and nothing is open: that is a figure


def test_half_a_hundredth_goes_up():
    assert value("dso", Counted().invoice(799, 89, 5).paid(798, 1, 5).invoice(1, 0, 0)) == (
        Decimal("0.23")  # 2 / 800 x 90 = 0.225
    )


INVOICES = st.lists(
    st.tuples(st.integers(1, 5000), st.integers(0, 120), st.integers(-30, 200)),
    min_size=1,
    max_size=8,
)


@given(INVOICES, st.data())
def test_a_paid_invoice_never_raises_dso(invoices, data):
    counted = Counted()
    for amount, issued, due in invoices:
        counted.invoice(amount, issued, due)
    before = value("dso", counted)
    amount, issued, due = data.draw(st.sampled_from(invoices))
    counted.paid(amount, data.draw(st.integers(0, issued)), due)
    after = value("dso", counted)
    assert (before is None and after is None) or after <= before


@pytest.mark.parametrize("name", ["dso", "dso_count_back", "dso_true", "days_past_due"])
def test_without_books_there_is_no_figure(name):
    assert value(name, Counted()) is None
