"""Ageing as of any day, adding up whatever is in the books; and what rolls on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kasstroom.errors import Refused
from kasstroom.invoices.model import DocumentKind
from kasstroom.reports.ageing import Bucket
from kasstroom.reports.assumptions import Assumptions, Rate
from kasstroom.reports.kpi.ages import ageing, roll_rates, rounded_together
from kasstroom.reports.kpi.figures import AGES, UNDATED, Figures
from kasstroom.reports.kpi.registry import kpi
from kasstroom.reports.measures import Measure
from tests.counted import TODAY, Counted, ago


def ages(counted: Counted, days_ago: int = 0) -> dict[str, int]:
    found = counted.figures(days_ago).ageing()
    return {bucket: int(amount) for bucket, amount in found.items() if amount}


def test_every_bucket_has_its_days():
    counted = Counted()
    for place, due in enumerate((-5, 0, 1, 30, 31, 60, 61, 90, 91, 120, 121)):
        counted.invoice(10**place if place < 5 else place, issued=150, due=due)
    counted.invoice(7, issued=5, due=None)
    counted.invoice(-3, issued=5, due=4, kind=DocumentKind.CREDIT_NOTE).on_account(2, days=1)
    assert ages(counted) == {
        Bucket.CURRENT: 1 + 10, Bucket.DAYS_1_30: 100 + 1000, Bucket.DAYS_31_60: 10000 + 5,
        Bucket.DAYS_61_90: 6 + 7, Bucket.DAYS_91_120: 8 + 9, Bucket.DAYS_OVER_120: 10,
        UNDATED: 7, Bucket.UNALLOCATED: -3 - 2,
    }  # fmt: skip


def test_the_due_date_itself_is_not_late():
    """The example of the facts: due 2026-11-21 is current that day; 2026-10-21 is 31 days late."""
    counted = Counted().invoice(1, 40, (TODAY - date(2026, 11, 21)).days)
    counted.invoice(2, 40, (TODAY - date(2026, 10, 21)).days)
    assert ages(counted) == {Bucket.CURRENT: 1, Bucket.DAYS_31_60: 2}


def test_a_past_day_is_wound_back_to():
    counted = Counted().invoice(100, issued=60, due=30).paid(40, days=10, due=30, settled=False)
    counted.paid(60, days=2, due=30)
    seen = [ages(counted, days) for days in (0, 2, 3, 10, 11, 30, 31, 60)]
    assert seen == [
        {}, {}, {Bucket.DAYS_1_30: 60}, {Bucket.DAYS_1_30: 60}, {Bucket.DAYS_1_30: 100},
        {Bucket.CURRENT: 100}, {Bucket.CURRENT: 100}, {Bucket.CURRENT: 100},
    ]  # fmt: skip


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["invoice", "credit", "paid", "account", "lost"]),
        st.integers(1, 10_000),
        st.integers(0, 200),
        st.one_of(st.none(), st.integers(-40, 200)),
    ),
    max_size=12,
)


def played(moves, counted: Counted) -> Counted:
    for kind, amount, days, due in moves:
        match kind:
            case "invoice":
                counted.invoice(amount, days, due)
            case "credit":
                counted.invoice(-amount, days, due, kind=DocumentKind.CREDIT_NOTE)
            case "paid":
                counted.paid(amount, days, due)
            case "account":
                counted.on_account(amount, days)
            case _:
                counted.lost(amount, days, due or 0)
    return counted


@given(MOVES, st.integers(0, 250))
def test_the_buckets_add_up_to_outstanding_on_any_day(moves, days_ago):
    figures = played(moves, Counted()).figures()
    on = ago(days_ago)
    assert sum(figures.ageing(on).values()) == figures.outstanding(on)
    # By hand: everything that counts on that day or before.
    movements = (Measure.OPEN_MOVED, Measure.UNALLOCATED_MOVED)
    there = sum(figures.total(measure, None, on) for measure in movements)
    assert figures.outstanding(on) == there


@given(MOVES, MOVES, st.integers(0, 60))
def test_two_debtors_are_the_sum_of_each(ours, theirs, days_ago):
    on = ago(days_ago)
    one, two = played(ours, Counted()).figures(), played(theirs, Counted()).figures()
    both = played(theirs, played(ours, Counted())).figures()
    apart, together = (one.ageing(on), two.ageing(on)), both.ageing(on)
    assert all(together[age] == apart[0][age] + apart[1][age] for age in AGES)


@settings(max_examples=50)
@given(MOVES, st.lists(st.integers(0, 250), min_size=1, max_size=5))
def test_the_order_of_asking_changes_nothing(moves, days):
    asked = played(moves, Counted()).figures()
    seen = [asked.ageing(ago(day)) for day in days]
    assert seen == [played(moves, Counted()).figures().ageing(ago(day)) for day in days]


def test_rows_have_shares_that_are_of_outstanding():
    counted = Counted().invoice(300, 40, 10).invoice(100, 5, -25).on_account(100, 1)
    rows = {row.bucket: (row.amount, row.percent) for row in ageing(counted.figures())}
    assert len(rows) == len(AGES)
    assert rows[Bucket.DAYS_1_30] == (Decimal("300.00"), Decimal("100.00"))  # 300 / 300
    assert rows[Bucket.UNALLOCATED] == (Decimal("-100.00"), Decimal("-33.33"))


def test_disputed_is_a_part_and_known_now():
    counted = Counted().invoice(300, 40, 10).invoice(100, 5, -25)
    counted.add(Measure.OPEN_DISPUTED, 120_00, ago(10), currency="EUR")
    now = {row.bucket: row.disputed for row in ageing(counted.figures())}
    assert now[Bucket.DAYS_1_30] == 120 and now[Bucket.CURRENT] == 0
    assert {row.disputed for row in ageing(counted.figures(1))} == {None}


def test_costs_and_interest_stand_apart():
    counted = Counted().invoice(300, 40, 10)
    assert kpi("open_charges").of(counted.figures()) is None
    counted.add(Measure.CHARGES, 40_00, "costs", currency="EUR")
    counted.add(Measure.CHARGES_MOVED, 45_00, "costs", on=ago(9), currency="EUR")
    counted.add(Measure.CHARGES_MOVED, -5_00, "costs", on=ago(2), currency="EUR")
    assert kpi("open_charges").of(counted.figures()) == 40
    assert kpi("open_charges").of(counted.figures(3)) == 45
    assert kpi("open_charges").of(counted.figures(10)) == 0
    assert kpi("outstanding").of(counted.figures()) == 300


def test_debtors_in_credit_have_amounts_and_no_shares():
    rows = ageing(Counted().on_account(5, 1).figures())
    assert {row.percent for row in rows} == {None}


def test_what_rolled_on_was_there_before():
    counted = (
        Counted()
        .invoice(100, issued=70, due=40)  # thirty days ago 10 days late, now 40: rolled
        .invoice(300, issued=75, due=45)
        .paid(300, days=5, due=45)  # 15 days late then, paid since
        .invoice(50, issued=33, due=3)  # not due then, late now
        .invoice(150, issued=33, due=-40)  # not due then, not due now
        .invoice(500, issued=10, due=40)  # not there then: rolls nowhere
    )
    rows = {row.bucket: row for row in roll_rates(counted.figures())}
    first, second = rows[Bucket.DAYS_1_30], rows[Bucket.CURRENT]
    assert (first.balance, first.rolled, first.percent) == (400, 100, 25)  # 100 / 400
    assert (second.balance, second.rolled, second.percent) == (200, 50, 25)  # 50 / 200
    assert rows[Bucket.DAYS_31_60].percent is None
    assert rows[Bucket.DAYS_91_120].next_bucket == Bucket.DAYS_OVER_120


def test_nothing_rolls_where_nothing_was():
    assert roll_rates(Counted().invoice(5, 10, 3).figures()) == ()
    assert ageing(Counted().figures()) == ()


def test_overdue_is_late_invoices_only():
    counted = Counted().invoice(300, 40, 10).invoice(100, 5, -25).on_account(350, 1)
    figures = counted.figures()
    assert kpi("overdue").of(figures) == 300
    assert kpi("overdue_percent").of(figures) == 75  # 300 / 400
    assert kpi("outstanding").of(figures) == 50
    assert kpi("outstanding").of(Counted().figures()) is None
    paid = Counted().invoice(5, 9, 2).paid(5, 1, 2).figures()
    assert kpi("outstanding").of(paid) == 0
    assert kpi("overdue_percent").of(paid) is None


def test_two_currencies_need_a_rate():
    counted = Counted().invoice(100, 9, 2).invoice(200, 9, 2, "USD").invoice(1, 3, -2, "USD")
    with pytest.raises(Refused, match="USD is worth in euros: set it under rates") as refused:
        counted.figures()
    assert (refused.value.code, refused.value.pointer) == ("rate_missing", "/query/currency")
    assert counted.figures(currency="USD").outstanding() == 201
    stated = Assumptions(rates=(Rate("USD", Decimal("0.86")),))
    total = counted.figures(assumptions=stated)
    assert (total.currency, total.outstanding()) == ("EUR", Decimal("272.86"))  # 100 + 201 x 0.86


def test_one_foreign_currency_needs_none():
    figures = Counted().invoice(100, 9, 2, "JPY").figures()
    assert (figures.currency, figures.outstanding()) == ("JPY", 10_000)  # yen have no cents


@given(st.lists(st.decimals(-1000, 1000, places=5), min_size=1, max_size=9))
def test_rounded_together_adds_up(values):
    rows = rounded_together(values, "EUR")
    assert sum(rows) == rounded_together([sum(values)], "EUR")[0]
    assert all(abs(row - value) < Decimal("0.011") for row, value in zip(rows, values, strict=True))


def test_the_future_and_the_past_before_the_books_are_refused():
    counted = Counted().invoice(5, issued=10, due=0)
    with pytest.raises(Refused) as ahead:
        counted.figures(-1)
    with pytest.raises(Refused, match="begin on 2026-11-11") as before:
        counted.figures(11)
    assert [ahead.value.code, before.value.code] == [
        "as_of_in_future",
        "as_of_before_first_booking",
    ]
    assert before.value.pointer == "/query/as_of"
    assert counted.figures(10).outstanding() == 5
    assert Figures({}, ago(400), TODAY).outstanding() == 0  # empty books: no first day
