"""Art. 6:43 and 6:44 BW: which debt, and what of it; never a cent lost or made."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.compliance.allocation import Debt, Order, Part, paying_order, split
from kasstroom.errors import Refused

MINOR = st.integers(0, 10**9)
DAY = st.dates(date(2026, 1, 1), date(2026, 1, 4))
RATE = st.sampled_from([Decimal(0), Decimal(4), Decimal("10.4")])
DEBTS = st.lists(st.tuples(DAY, MINOR, MINOR, MINOR, RATE), max_size=7).map(
    lambda rows: [Debt(f"F{at}", *row) for at, row in enumerate(rows)]
)
NAMED = st.lists(st.sampled_from(["F0", "F2", "F4", "gone"]), unique=True).map(tuple)
CHOICE = st.fixed_dictionaries({"designated": NAMED, "paid_on": st.none() | DAY})


def owed(debt: Debt, order: Order) -> int:
    return debt.total_minor if order is Order.LEGAL else debt.principal_minor


@given(MINOR, DEBTS, st.sampled_from(Order), CHOICE)
def test_no_cent_is_lost_or_made(paid, debts, order, choice):
    parts = split(paid, debts, order, **choice)
    assert sum(part.total_minor for part in parts) == min(paid, sum(owed(d, order) for d in debts))
    by_id = {debt.id: debt for debt in debts}
    assert len({part.id for part in parts}) == len(parts)
    for part in parts:
        debt = by_id[part.id]
        assert 0 <= part.costs_minor <= debt.costs_minor
        assert 0 <= part.interest_minor <= debt.interest_minor
        assert 0 <= part.principal_minor <= debt.principal_minor
        assert part.total_minor > 0


@given(MINOR, DEBTS, CHOICE)
def test_interest_waits_for_costs_and_principal_for_interest(paid, debts, choice):
    by_id = {debt.id: debt for debt in debts}
    for part in split(paid, debts, Order.LEGAL, **choice):
        debt = by_id[part.id]
        if part.interest_minor:
            assert part.costs_minor == debt.costs_minor
        if part.principal_minor:
            assert part.interest_minor == debt.interest_minor
            assert part.costs_minor == debt.costs_minor


@given(MINOR, DEBTS, st.sampled_from(Order), CHOICE)
def test_a_later_group_waits_for_the_earlier(paid, debts, order, choice):
    got = {part.id: part.total_minor for part in split(paid, debts, order, **choice)}
    groups = paying_order(debts, **choice)
    full = [all(got.get(d.id, 0) == owed(d, order) for d in group) for group in groups]
    some = [any(d.id in got for d in group) for group in groups]
    for at in range(1, len(groups)):
        assert all(full[:at]) or not some[at]


@given(DEBTS, MINOR)
def test_equal_debts_share_within_a_cent(debts, paid):
    for group in paying_order(debts):
        got = {part.id: part.total_minor for part in split(paid, list(group), Order.LEGAL)}
        total = sum(debt.total_minor for debt in group)
        for debt in group:
            share = min(paid, total) * debt.total_minor
            assert abs(got.get(debt.id, 0) * total - share) <= total


def debt(id_: str, due: int, rate: str = "0") -> Debt:
    return Debt(id_, date(2026, due, 1), 0, 0, 100, Decimal(rate))


@pytest.mark.parametrize(
    ("debts", "choice", "ids"),
    [
        ([debt("new", 3), debt("old", 1)], {}, ["old", "new"]),
        ([debt("old", 1), debt("heavy", 3, "4")], {}, ["heavy", "old"]),
        (
            [debt("heavy", 9, "4"), debt("old", 1)],
            {"paid_on": date(2026, 8, 31)},
            ["old", "heavy"],
        ),
        ([debt("due", 9), debt("not", 10)], {"paid_on": date(2026, 9, 1)}, ["due", "not"]),
        ([debt("a", 1), debt("b", 2), debt("c", 3)], {"designated": ("c", "b")}, ["c", "b", "a"]),
        ([debt("a", 1), debt("b", 2)], {"designated": ("gone",)}, ["a", "b"]),
    ],
)
def test_which_debt_comes_first(debts, choice, ids):
    assert [part.id for part in split(300, debts, Order.LEGAL, **choice)] == ids


def test_principal_only_leaves_costs_and_interest_open():
    debts = [Debt("A", date(2026, 1, 1), 4_000, 84, 14_995)]
    assert split(20_000, debts, Order.PRINCIPAL_ONLY) == (Part("A", 0, 0, 14_995),)


@pytest.mark.parametrize(
    ("paid", "debts", "code"),
    [
        (-1, [], "negative_amount"),
        (1, [Debt("A", date(2026, 1, 1), 0, -1, 1)], "negative_amount"),
        (1, [debt("A", 1), debt("A", 2)], "debt_twice"),
    ],
)
def test_what_cannot_be_is_refused(paid, debts, code):
    with pytest.raises(Refused) as caught:
        split(paid, debts, Order.LEGAL)
    assert caught.value.code == code
