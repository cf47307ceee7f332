"""How payment behaviour grows and what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.money import Money
from kasstroom.risk.behaviour import (
    MONTHS_KEPT,
    dispute_opened,
    money_parts,
    paid,
    promise_broken,
    promise_kept,
    reopened,
    trend,
    unpaid,
)
from kasstroom.risk.model import MonthPaid, PaymentBehaviour
from kasstroom.risk.views import behaviour_view

NEW = PaymentBehaviour()
DUE = date(2026, 8, 20)
days = st.dates(date(2024, 1, 1), date(2026, 12, 31))
parts = st.tuples(st.integers(1, 10**7), days, days, st.booleans())


def test_on_the_due_date_is_on_time_and_a_day_after_is_late():
    on_time = paid(NEW, 10_000, DUE, DUE, True)
    assert (on_time.paid_invoices, on_time.late_invoices, on_time.days_late) == (1, 0, 0)
    late = paid(on_time, 30_000, DUE, DUE + timedelta(days=8), True)
    assert (late.paid_invoices, late.late_invoices) == (2, 1)
    assert (late.days_late, late.late_percent) == (6, 75)
    assert late.last_paid_on == DUE + timedelta(days=8)


def test_early_does_not_make_up_for_late():
    early = paid(NEW, 10_000, DUE, DUE - timedelta(days=20), True)
    assert paid(early, 10_000, DUE, DUE + timedelta(days=10), True).days_late == 5


def test_part_payments_count_their_own_days_and_the_invoice_once():
    first = paid(NEW, 50_000, DUE, DUE, False)
    assert (first.paid_invoices, first.paid_minor) == (0, 50_000)
    last = paid(first, 50_000, DUE, DUE + timedelta(days=30), True)
    assert (last.paid_invoices, last.late_invoices, last.days_late) == (1, 1, 15)


@given(st.lists(parts, max_size=30))
def test_twelve_months_are_kept_and_their_sums_are_right(paid_parts):
    found = NEW
    for part in paid_parts:
        found = paid(found, *part)
    months = {f"{on:%Y-%m}" for _, _, on, _ in paid_parts}
    assert list(found.by_month) == sorted(months)[-MONTHS_KEPT:]
    for name, month in found.by_month.items():
        assert month.paid_minor == sum(m for m, _, on, _ in paid_parts if f"{on:%Y-%m}" == name)


@given(st.lists(parts, max_size=15), parts)
def test_a_payment_taken_back_leaves_its_day_only(before, part):
    was = NEW
    for earlier in before:
        was = paid(was, *earlier)
    minor, due_on, paid_on, settled = part
    after = unpaid(paid(was, *part), minor, due_on, paid_on)
    if settled:
        after = reopened(after, due_on, paid_on)
    assert after.last_paid_on == max(filter(None, (was.last_paid_on, paid_on)))
    still = replace(was, by_month={}, last_paid_on=after.last_paid_on)
    assert replace(after, by_month={}) == still
    pushed_out = set(was.by_month) - set(after.by_month)
    assert {**was.by_month} == {**after.by_month, **{m: was.by_month[m] for m in pushed_out}}
    assert not pushed_out or (len(was.by_month) == MONTHS_KEPT and len(pushed_out) == 1)


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 10**6)), max_size=8))
def test_what_credit_notes_fill_is_not_paid(debts):
    """Each debt with a credit note; money is what remains."""
    allocated = [-debt for debt, _ in debts] + [min(debt, note) for debt, note in debts]
    found = money_parts(allocated)
    assert sum(found) == -sum(allocated)
    assert all(0 <= part <= max(0, -minor) for part, minor in zip(found, allocated, strict=True))


def months(*paid_late_days):
    """Of the months back from September 2026: amount and days late."""
    names = [f"2026-{m:02d}" for m in range(9, 0, -1)] + ["2025-12", "2025-11", "2025-10"]
    made = {
        names[back]: MonthPaid(minor, minor if late else 0, minor * late)
        for back, minor, late in paid_late_days
    }
    return PaymentBehaviour(by_month=made)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (months(), None),
        (months((0, 100, 5)), None),
        (months((3, 100, 5)), None),
        (months((0, 100, 5), (3, 100, 5)), 0),
        (months((0, 100, 20), (2, 300, 0), (11, 100, 1)), 4),
        (months((1, 100, 0), (5, 100, 9)), -9),
        (months((0, 100, 1), (1, 100, 0), (5, 100, 0)), 1),
        (months((0, 100, 0), (4, 100, 1), (5, 100, 0)), 0),
    ],
)
def test_the_trend_compares_three_months_with_nine(known, expected):
    assert trend(known, date(2026, 9, 15)) == expected


def test_what_lies_further_back_than_a_year_is_no_trend():
    known = months((0, 100, 5), (3, 100, 5))
    assert trend(known, date(2028, 1, 1)) is None


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 2, 28), date(2026, 12, 31)])
def test_the_trend_crosses_the_year(today):
    this, before = paid(NEW, 100, today, today, True), today - timedelta(days=150)
    assert trend(paid(this, 100, before - timedelta(days=7), before, True), today) == -7


def test_promises_and_disputes_are_counted():
    known = promise_kept(promise_broken(promise_broken(dispute_opened(NEW))))
    assert (known.promises_kept, known.promises_broken, known.disputes) == (1, 2, 1)


def test_the_view_says_what_is_not_known():
    view = behaviour_view(NEW, "EUR", DUE)
    assert (view.days_late, view.late_percent, view.trend_days, view.months) == (None,) * 3 + ((),)
    view = behaviour_view(paid(NEW, 10_000, DUE, DUE + timedelta(days=3), True), "SEK", DUE)
    assert [(m.month, m.paid, m.days_late) for m in view.months] == [
        ("2026-08", Money(10_000, "SEK"), 3)
    ]
