"""What an insurer pays: every checked example, and what can never happen."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.errors import Refused
from kasstroom.insurance.indemnity import indemnity, insured_part
from kasstroom.insurance.terms import Deduction, PolicyTerms, checked
from kasstroom.money import Money
from tests.people import eur
from tests.shared import law

EXAMPLES = [
    ("80000", "50000", PolicyTerms(90), "45000.00"),
    ("80000", "50000", PolicyTerms(90, aggregate_first_loss=eur("10000")), "35000.00"),
    ("25000", "25000", PolicyTerms(90), "22500.00"),
    ("4000", "100000", PolicyTerms(90, claims_threshold=eur("5000")), "0.00"),
    ("60000", "100000", PolicyTerms(85, each_first_loss=eur("1000")), "50150.00"),
]


@pytest.mark.parametrize(("debt", "limit", "terms", "expected"), EXAMPLES)
def test_the_examples_of_the_trade(debt, limit, terms, expected):
    assert indemnity(eur(debt), eur(limit), terms).amount.value == expected


def test_the_shared_examples():
    for example in law()["insurance"]:
        terms = PolicyTerms(int(example["pct"]), aggregate_first_loss=eur(example["afl"]))
        found = indemnity(eur(example["debt"]), eur(example["limit"]), terms)
        assert found.amount.value == example["indemnity"], example


def test_the_order_of_deductions_is_the_policys():
    late = (Deduction.LIMIT, Deduction.PERCENTAGE, Deduction.EACH_FIRST_LOSS)
    terms = PolicyTerms(85, each_first_loss=eur("1000"), deductions=late)
    assert indemnity(eur("60000"), eur("100000"), terms).amount == eur("50000.00")


def test_what_earlier_claims_took_counts():
    terms = PolicyTerms(90, aggregate_first_loss=eur("10000"), maximum_indemnity=eur("50000"))
    found = indemnity(
        eur("80000"), eur("50000"), terms, aggregate_used=eur("4000"), paid=eur("20000")
    )
    assert (found.aggregate, found.amount) == (eur("6000.00"), eur("30000.00"))


def test_a_loss_on_the_threshold_is_too_small_and_a_cent_above_is_not():
    terms = PolicyTerms(90, claims_threshold=eur("5000"))
    assert indemnity(eur("5000"), eur("9000"), terms).below_threshold
    assert indemnity(eur("5000.01"), eur("9000"), terms).amount == eur("4500.01")


amounts = st.integers(0, 10**10).map(Money)
maybe = st.none() | amounts


@given(
    debt=amounts, limit=amounts, percentage=st.integers(1, 100), first=maybe, aggregate=maybe,
    threshold=maybe, maximum=maybe, used=amounts, paid=amounts,
    order=st.permutations(list(Deduction)),
)  # fmt: skip
def test_never_negative_and_never_above_what_is_insured(
    debt, limit, percentage, first, aggregate, threshold, maximum, used, paid, order
):
    terms = PolicyTerms(
        percentage, each_first_loss=first, aggregate_first_loss=aggregate,
        claims_threshold=threshold, maximum_indemnity=maximum, deductions=tuple(order),
    )  # fmt: skip
    found = indemnity(debt, limit, terms, aggregate_used=used, paid=paid)
    assert 0 <= found.amount.minor <= insured_part(limit, percentage).minor
    assert found.amount <= debt
    if maximum is not None:
        assert found.amount.minor <= max(0, maximum.minor - paid.minor)
    assert 0 <= found.aggregate.minor <= max(0, (aggregate or Money(0)).minor - used.minor)


@given(amounts, st.integers(1, 100))
def test_a_share_is_exact_to_half_a_cent(amount, percentage):
    exact = Decimal(amount.minor) * percentage / 100
    assert abs(insured_part(amount, percentage).minor - exact) <= Decimal("0.5")


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (PolicyTerms(0), "insured_percentage"),
        (PolicyTerms(101), "insured_percentage"),
        (PolicyTerms(90, extension_days=-1), "extension_days"),
        (PolicyTerms(90, waiting_days=99_999), "waiting_days"),
        (PolicyTerms(90, each_first_loss=eur("-1")), "each_first_loss"),
        (PolicyTerms(90, maximum_indemnity=Money(1, "USD")), "maximum_indemnity"),
        (PolicyTerms(90, deductions=(Deduction.LIMIT,)), "deductions"),
        (PolicyTerms(90, deductions=(*Deduction, Deduction.LIMIT)), "deductions"),
        (PolicyTerms(90, alert_days=(0,)), "alert_days"),
    ],
)
def test_terms_that_cannot_be_are_refused_by_field(terms, field):
    with pytest.raises(Refused) as refused:
        checked(terms, "EUR")
    assert refused.value.pointer == f"/body/terms/{field}"
