"""The scale within its bounds, several claims at once, and instalments that do not stack."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.compliance.collection_costs import (
    SCALES,
    Bound,
    DebtorType,
    collection_costs,
    costs_of,
    instalment_costs,
    with_vat,
)
from kasstroom.errors import Refused

CONSUMER, BUSINESS = DebtorType.CONSUMER, DebtorType.BUSINESS
LEAST, MOST = SCALES[-1].minimum_minor, SCALES[-1].maximum_minor
principals = st.integers(1, 10**13)
few = st.lists(st.integers(0, 10**9), min_size=1, max_size=8)


def apart(claims):
    """Each claim apart may be rounded down by half a cent."""
    return sum(costs_of(claim).costs_minor for claim in claims) + len(claims)


@given(principals)
def test_costs_stay_between_the_minimum_and_the_maximum(principal):
    costs = costs_of(principal)
    assert LEAST <= costs.costs_minor <= MOST
    if costs.bound is None:
        assert costs.costs_minor == costs.counted_minor
    assert sum(s.up_to_minor - s.above_minor for s in costs.slices) == principal


@given(principals, principals)
def test_a_larger_claim_never_costs_less(one, other):
    less, more = sorted((one, other))
    assert costs_of(less).costs_minor <= costs_of(more).costs_minor


@given(few)
def test_claims_in_one_letter_never_cost_more_than_apart(claims):
    together = collection_costs(claims, CONSUMER).costs_minor
    assert together == costs_of(sum(claims)).costs_minor
    assert together <= apart(claims)


@given(few)
def test_a_business_owes_the_minimum_for_each_invoice_and_never_more_than_apart(claims):
    costs = collection_costs(claims, BUSINESS).costs_minor
    late = sum(1 for claim in claims if claim)
    assert costs == max(late * LEAST, costs_of(sum(claims)).costs_minor)
    assert costs <= apart(claims)


@given(principals)
def test_vat_is_over_the_rounded_costs(principal):
    costs = costs_of(principal)
    taxed = with_vat(costs)
    assert taxed.costs_minor == costs.costs_minor
    assert abs(taxed.vat_minor * 100 - costs.costs_minor * 21) <= 50


@pytest.mark.parametrize(
    ("instalments", "charged", "costs"),
    [
        ([10_000], 0, 4_000),
        ([10_000], 4_000, 0),
        ([10_000] * 5, 0, 4_000),
        ([10_000] * 5, 4_000, 0),
        ([60_000], 0, 9_000),
        ([60_000], 9_000, 9_000),
        ([26_667], 0, 4_000),
        ([26_668], 0, 4_000),
        ([60_000, 10_000], 4_000, 9_000),
        ([0], 0, 0),
    ],
)
def test_instalments(instalments, charged, costs):
    assert instalment_costs(instalments, charged_minor=charged).costs_minor == costs


def test_missed_month_after_month_the_minimum_is_owed_once():
    charged = []
    for _ in range(5):
        charged.append(instalment_costs([10_000], charged_minor=sum(charged)).costs_minor)
    assert charged == [4_000, 0, 0, 0, 0]


@given(few, st.integers(0, 10**6))
def test_instalments_never_cost_more_than_the_sum_in_one_letter(instalments, charged):
    costs = instalment_costs(instalments, charged_minor=charged).costs_minor
    assert 0 <= costs <= collection_costs(instalments, CONSUMER).costs_minor


def test_a_default_before_the_scale_is_not_in_it():
    first = collection_costs([100], CONSUMER, in_default_on=date(2012, 7, 1))
    assert (first.costs_minor, first.bound) == (LEAST, Bound.MINIMUM)
    with pytest.raises(Refused) as caught:
        collection_costs([100], CONSUMER, in_default_on=date(2012, 6, 30))
    assert caught.value.code == "before_the_scale"
