"""Receipt per channel, the latest right letter, and what is paid in the term."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.compliance.collection_costs import DebtorType
from kasstroom.compliance.costs_due import (
    CostsState,
    SentLetter,
    business_costs_due,
    costs_due,
    costs_due_from,
)
from kasstroom.compliance.demand import fourteen_day_demand
from kasstroom.compliance.letter14 import LetterChannel
from kasstroom.money import Money
from tests.shared import law

SENT = date(2026, 11, 5)
SAFE = date(2026, 11, 26)
POST, EMAIL = LetterChannel.POST, LetterChannel.EMAIL


def demand(minor=100_000, *, kind=DebtorType.CONSUMER, vat=False):
    claims = [("F1", Money(minor))]
    return fourteen_day_demand(claims, kind, not vat, SENT, POST, collected_by_service=vat)


def letter(id_="L1", sent_on=SENT, channel=POST, *, minor=100_000, vat=False, **more):
    return SentLetter(id_, channel, sent_on, demand(minor, vat=vat), **more)


def paid(minor, on=SENT + timedelta(days=3)):
    return (on, Money(minor))


def test_the_checked_examples_of_the_term():
    for example in law()["letter14"]:
        sent_on, channel = date.fromisoformat(example["sent"]), LetterChannel(example["channel"])
        dates = costs_due_from(letter(sent_on=sent_on, channel=channel))
        assert (str(dates.costs_from), str(dates.safe_on)) == (
            example["costs_from"], example["safe"],
        )  # fmt: skip


@pytest.mark.parametrize(("in_time", "costs"), [(40_000, 9_000), (90_000, 4_000), (0, 15_000)])
def test_what_is_left_after_the_term_bears_the_costs(in_time, costs):
    found = costs_due([letter()], [paid(in_time)], SAFE)
    assert (found.state, found.costs) == (CostsState.OWED, Money(costs))
    assert (found.from_on, found.letter, found.may_charge) == (SAFE, "L1", True)


def test_paid_in_full_in_the_term_and_a_day_later():
    found = costs_due([letter()], [paid(100_000, SAFE - timedelta(days=1))], SAFE)
    assert (found.state, found.total_costs) == (CostsState.PAID_IN_TIME, Money(0))
    assert not found.may_charge and found.from_on is None
    assert costs_due([letter()], [paid(100_000, SAFE)], SAFE).costs == Money(15_000)


def test_what_was_paid_before_the_letter_is_not_counted_twice():
    before = [paid(100_000, SENT - timedelta(days=1))]
    assert costs_due([letter()], before, SAFE).costs == Money(15_000)


def test_nothing_is_charged_within_the_term():
    found = costs_due([letter()], [], SAFE - timedelta(days=1))
    assert (found.state, found.from_on, found.may_charge) == (CostsState.IN_TERM, SAFE, False)


@pytest.mark.parametrize(
    ("letters", "state"),
    [
        ([], CostsState.NO_LETTER),
        ([letter(valid=False)], CostsState.LETTER_INVALID),
        ([letter(channel=EMAIL, bounced=True)], CostsState.NOT_ARRIVED),
        ([letter(valid=False), letter("L2", bounced=True)], CostsState.NOT_ARRIVED),
    ],
)
def test_without_a_right_letter_that_arrived_no_costs(letters, state):
    found = costs_due(letters, [], date(2027, 6, 1))
    assert (found.state, found.total_costs, found.may_charge) == (state, Money(0), False)


def test_the_latest_right_letter_counts():
    later = date(2026, 12, 1)
    letters = [
        letter("L2", later, EMAIL, delivered_on=later),
        letter("L1"),
        letter("L3", date(2026, 12, 2), valid=False),
        letter("L4", date(2026, 12, 3), EMAIL, bounced=True),
    ]
    found = costs_due(letters, [], date(2026, 12, 10))
    assert (found.letter, found.state, found.proven) == ("L2", CostsState.IN_TERM, True)
    assert costs_due(letters, [], found.from_on).state is CostsState.OWED


def test_an_email_without_a_receipt_is_presumed_only():
    assert costs_due([letter(channel=EMAIL)], [], SAFE).proven is False


def test_vat_follows_the_rest():
    found = costs_due([letter(vat=True)], [paid(40_000)], SAFE)
    assert (found.costs, found.vat, found.total_costs) == (
        Money(9_000), Money(1_890), Money(10_890),
    )  # fmt: skip


def test_a_business_owes_at_once_after_the_term():
    asked, due_on = demand(kind=DebtorType.BUSINESS), date(2026, 10, 31)
    on_the_day = business_costs_due(asked, due_on, [], due_on)
    assert (on_the_day.state, on_the_day.may_charge) == (CostsState.IN_TERM, False)
    after = business_costs_due(asked, due_on, [], date(2026, 11, 1))
    assert (after.state, after.costs, after.may_charge) == (CostsState.OWED, Money(15_000), True)
    in_time = business_costs_due(asked, due_on, [paid(100_000, due_on)], SAFE)
    assert in_time.state is CostsState.PAID_IN_TIME


@given(st.integers(1, 10**8), st.integers(0, 10**8), st.integers(0, 60), st.booleans())
def test_never_more_than_the_letter_named_and_never_too_early(minor, part, days, vat):
    sent = letter(minor=minor, vat=vat)
    today = SENT + timedelta(days=days)
    found = costs_due([sent], [paid(part)], today)
    assert found.total_costs <= sent.demand.total_costs
    assert not found.may_charge or today >= SAFE
    assert (found.state is CostsState.PAID_IN_TIME) is (part >= minor)
