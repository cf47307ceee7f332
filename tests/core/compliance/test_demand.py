"""One letter for all claims, costs once, VAT only where the law puts it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.compliance.collection_costs import DebtorType, collection_costs
from kasstroom.compliance.demand import AgreedCosts, EarlierLetter, fourteen_day_demand
from kasstroom.compliance.letter14 import LetterChannel, letter_dates
from kasstroom.errors import Refused
from kasstroom.money import Money

CONSUMER, BUSINESS = DebtorType
SENT = date(2026, 11, 2)
AMOUNTS = st.lists(st.integers(1, 200_000_00), min_size=1, max_size=8)


def claims(*minors: int, prefix: str = "F") -> tuple[tuple[str, Money], ...]:
    return tuple((f"{prefix}{at}", Money(minor)) for at, minor in enumerate(minors))


def demand(minors, kind=CONSUMER, deducts=True, *, prefix="F", sent_on=SENT, **more):
    found = claims(*minors, prefix=prefix)
    return fourteen_day_demand(found, kind, deducts, sent_on, LetterChannel.POST, **more)


def test_three_claims_in_one_letter_bear_the_costs_of_their_sum():
    found = demand([10_000, 10_000, 10_000])
    assert (found.principal, found.costs, found.vat) == (Money(30_000), Money(4_500), Money(0))
    assert (found.total_costs, found.total) == (Money(4_500), Money(34_500))
    assert found.dates == letter_dates(SENT, LetterChannel.POST)
    assert found.claims == claims(10_000, 10_000, 10_000)


@pytest.mark.parametrize(
    ("service", "deducts", "vat"),
    [(True, False, 1_299), (True, True, 0), (False, False, 0), (False, True, 0)],
)
def test_vat_only_when_a_service_charges_it_and_the_creditor_cannot_set_it_off(
    service, deducts, vat
):
    found = demand([41_230], deducts=deducts, collected_by_service=service)
    assert (found.costs.minor, found.vat.minor) == (6_185, vat)
    assert found.total_costs == found.costs + found.vat


def test_five_monthly_instalments_bear_the_minimum_once():
    """Each with its own letter, and again once the last costs are more than six months old."""
    earlier, costs = [], []
    for month in (1, 2, 3, 4, 5, 8):
        sent_on = date(2026, month, 20)
        found = demand(
            [10_000], prefix=f"T{month}-", sent_on=sent_on, contract="C1", earlier=earlier
        )
        costs.append(found.costs.minor)
        names = tuple(name for name, _ in found.claims)
        earlier.append(EarlierLetter(sent_on, names, found.principal, found.costs, "C1"))
    assert costs == [4_000, 0, 0, 0, 0, 4_000]


def test_five_instalments_in_one_letter_bear_the_minimum_once():
    assert demand([10_000] * 5, contract="C1").costs == Money(4_000)
    assert demand([60_000], contract="C1").costs == Money(9_000)


def test_a_claim_of_an_earlier_letter_bears_no_costs_again():
    earlier = [EarlierLetter(date(2026, 9, 1), ("F0",), Money(10_000), Money(4_000))]
    found = demand([10_000, 50_000], earlier=earlier)
    assert (found.claims, found.costs) == ((("F1", Money(50_000)),), Money(7_500))
    with pytest.raises(Refused) as refused:
        demand([10_000], earlier=earlier)
    assert refused.value.code == "demanded_before"


@pytest.mark.parametrize(("since", "costs"), [(date(2026, 8, 1), 0), (date(2026, 10, 1), 4_000)])
def test_what_could_have_been_in_the_earlier_letter_shares_its_costs(since, costs):
    earlier = [EarlierLetter(date(2026, 9, 1), ("A",), Money(10_000), Money(4_000))]
    assert demand([10_000], earlier=earlier, in_default_on=since).costs == Money(costs)


def test_a_business_owes_forty_euros_an_invoice_without_a_letter():
    found = demand([1_000, 1_000], BUSINESS)
    assert (found.costs, found.dates) == (Money(8_000), None)


@pytest.mark.parametrize(
    ("agreed", "costs"),
    [
        (AgreedCosts(Decimal(10)), 10_000),
        (AgreedCosts(Decimal(10), Money(15_000)), 15_000),
        (AgreedCosts(Decimal(1)), 4_000),
    ],
)
def test_a_business_can_agree_on_other_costs_but_not_below_the_minimum(agreed, costs):
    assert demand([100_000], BUSINESS, agreed=agreed).costs == Money(costs)


@pytest.mark.parametrize(
    ("code", "minors", "kind", "more"),
    [
        ("nothing_to_demand", [], CONSUMER, {}),
        ("nothing_unpaid", [100, 0], CONSUMER, {}),
        ("negative_amount", [-100], CONSUMER, {}),
        ("agreed_with_a_consumer", [100], CONSUMER, {"agreed": AgreedCosts(Decimal(1))}),
        ("instalments_of_a_business", [100], BUSINESS, {"contract": "C1"}),
        ("negative_percent", [100], BUSINESS, {"agreed": AgreedCosts(Decimal(-1))}),
        ("before_the_scale", [100], CONSUMER, {"in_default_on": date(2012, 6, 30)}),
    ],
)
def test_a_demand_that_is_refused(code, minors, kind, more):
    with pytest.raises(Refused) as refused:
        demand(minors, kind, **more)
    assert refused.value.code == code


def test_a_claim_is_named_once():
    with pytest.raises(Refused, match="named twice"):
        fourteen_day_demand(
            claims(100) + claims(200), CONSUMER, True, SENT, LetterChannel.EMAIL
        )  # fmt: skip


@given(AMOUNTS, st.booleans())
def test_a_consumer_never_owes_more_than_the_scale_over_the_sum(minors, instalments):
    found = demand(minors, contract="C1" if instalments else "")
    scale = collection_costs([sum(minors)], CONSUMER).costs_minor
    assert 0 <= found.costs.minor <= scale <= 677_500


@given(AMOUNTS, st.sampled_from(DebtorType))
def test_one_letter_never_costs_more_than_letters_apart(minors, kind):
    apart = sum(demand([minor], kind).costs.minor for minor in minors)
    # Rounded to the cent once: apart each may lose half a cent, together they gain half a cent.
    assert demand(minors, kind).costs.minor <= apart + (len(minors) + 1) // 2


@given(AMOUNTS, AMOUNTS)
def test_two_letters_for_what_fits_in_one_cost_no_more_than_one(first, second):
    since = date(2026, 8, 1)
    one = demand(first + second, in_default_on=since).costs.minor
    before = demand(first, prefix="A", sent_on=date(2026, 9, 1), in_default_on=since)
    names = tuple(name for name, _ in before.claims)
    earlier = [EarlierLetter(date(2026, 9, 1), names, before.principal, before.costs)]
    after = demand(second, in_default_on=since, earlier=earlier)
    assert before.costs.minor + after.costs.minor <= one
