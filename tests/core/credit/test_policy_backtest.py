"""Two policies side by side on what was decided before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from kasstroom.credit.asking import CreditCheck
from kasstroom.credit.backtest import (
    MOST_CASES,
    cases,
    compare,
    group_of,
    matrix,
    totals,
    why_skipped,
)
from kasstroom.credit.deciding import Asked, decide
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource
from kasstroom.credit.paid_since import paid_since
from kasstroom.credit.policy_document import read
from kasstroom.credit.room import Ground
from kasstroom.money import Money
from kasstroom.risk.model import MonthPaid, PaymentBehaviour
from tests.people import NOW, eur

OWN = CreditLimit(LimitSource.OWN, eur("1000.00"), "a", NOW)
ACCOUNT = CreditAccount("vandijk", "D1", limits=(OWN,))


def policy(amount, outcome):
    rule = {
        "id": "cap", "when": {"fact": "order_amount", "gt": amount}, "outcome": outcome,
        "reason": "order_above_max",
    }  # fmt: skip
    if outcome == "approved_with_conditions":
        rule["condition"] = {"kind": "consent"}
    return read("default", 2, {"rules": [rule]})


def decided(amount="100.00", account=ACCOUNT, at=NOW, **more):
    asked = Asked(CreditCheck(eur(amount), "D1", **more), amount, "f", at)
    return decide(account, asked, Ground(default_policy()))[1]


def test_the_same_policy_changes_nothing():
    same = [compare(default_policy(), decided(amount)) for amount in ("1.00", "999.00", "1000.01")]
    assert [one.changed for one in same] == [False] * 3
    assert cases(one for one in same if one.changed) == ()


def test_counts_and_amounts_add_up_to_what_was_asked():
    asked = ["50.00", "100.00", "150.00", "1000.01"]
    found = [compare(policy("120.00", "declined"), decided(amount)) for amount in asked]
    cells = {(c.was, c.would_be): (c.count, c.asked) for c in matrix(found)}
    assert cells == {
        ("approved", "approved"): (2, eur("150.00")),
        ("approved", "declined"): (1, eur("150.00")),
        ("declined", "declined"): (1, eur("1000.01")),
    }
    (sums,) = totals(found)
    assert (sums.asked, sums.approved, sums.would_approve) == (
        eur("1300.01"), eur("300.00"), eur("150.00"),
    )  # fmt: skip


def test_a_part_that_was_taken_is_compared_as_a_part():
    made = decided("1200.00", accept_partial=True)
    assert made.approved == eur("1000.00")
    assert not compare(default_policy(), made).changed
    looser = compare(policy("5000.00", "declined"), made)
    assert (looser.was_minor, looser.again.approved_minor) == (100_000, 120_000)
    assert group_of(looser) == "would_get_more"


@pytest.mark.parametrize(
    ("outcome", "group"),
    [("declined", "less"), ("refer", "less"), ("approved_with_conditions", "less")],
)
def test_more_between_the_buyer_and_the_order_is_less(outcome, group):
    found = compare(policy("50.00", outcome), decided())
    assert (found.changed, group_of(found)) == (True, f"would_get_{group}")


def test_less_between_the_buyer_and_the_order_is_more():
    consent = policy("50.00", "approved_with_conditions")
    asked = Asked(CreditCheck(eur("100.00"), "D1"), "r", "f", NOW)
    made = decide(ACCOUNT, asked, Ground(consent))[1]
    found = compare(default_policy(), made)
    assert (found.changed, group_of(found)) == (True, "would_get_more")


def test_the_newest_changed_cases_are_shown():
    strict = policy("50.00", "declined")
    many = [compare(strict, decided(at=NOW + timedelta(minutes=n))) for n in range(130)]
    shown = cases(many)
    assert len(shown) == MOST_CASES
    assert shown[0].decided_at == NOW + timedelta(minutes=129)
    assert (shown[0].rules_gone, shown[0].rules_new) == ((), ("cap",))


@pytest.mark.parametrize(
    ("changed", "since", "until", "why"),
    [
        ({}, None, None, ""),
        ({}, NOW, NOW + timedelta(seconds=1), ""),
        ({}, NOW + timedelta(seconds=1), None, "outside_period"),
        ({}, None, NOW, "outside_period"),
        ({"committed": False}, None, None, "uncommitted"),
        ({"facts": {}}, None, None, "without_facts"),
    ],
)
def test_what_is_left_out_says_why(changed, since, until, why):
    made = replace(decided(), **changed)
    assert why_skipped(made, "default", {"default"}, since, until) == why


def test_each_account_is_judged_by_the_policy_that_would_be_its_own():
    retail = decided(account=replace(ACCOUNT, segment="retail"))
    names = {"default", "retail", "company"}
    assert why_skipped(retail, "retail", names, None, None) == ""
    assert why_skipped(retail, "company", names, None, None) == "other_policy"
    assert why_skipped(retail, "company", {"default", "company"}, None, None) == ""
    assert why_skipped(decided(), "default", names, None, None) == "other_policy"


def test_how_they_paid_since_counts_from_the_month_of_the_case():
    months = {
        "2026-08": MonthPaid(900_000, 900_000, 0),
        "2026-09": MonthPaid(30_000, 10_000, 0),
        "2026-10": MonthPaid(10_000, 0, 0),
    }
    late = replace(
        ACCOUNT,
        behaviour=PaymentBehaviour(by_month=months),
        open_by_due={date(2026, 10, 1): 5_000, date(2026, 12, 1): 7_000},
    )
    on = datetime.fromisoformat("2026-10-15T10:00:00+00:00")
    (found,) = paid_since("would_get_less", [(late, NOW), (ACCOUNT, NOW)], on)
    assert (found.debtors, found.paid, found.late_percent, found.overdue) == (
        2, Money(40_000), 25, Money(5_000),
    )  # fmt: skip
    (nothing,) = paid_since("would_get_more", [(ACCOUNT, NOW)], on)
    assert nothing.late_percent is None
