"""Paying later by consumers under Directive (EU) 2023/2225, row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.compliance.consumer_credit import (
    EXEMPTIONS,
    Regime,
    SellerTerms,
    bnpl_regime,
    exemption_on,
    longest_exempt_days,
)
from kasstroom.credit.asking import CreditCheck
from kasstroom.credit.deciding import Asked, decide
from kasstroom.credit.decision import Outcome
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource
from kasstroom.credit.room import Ground
from kasstroom.debtors.model import DebtorKind
from tests.people import NOW, ORG, eur

SME, LARGE = SellerTerms(), SellerTerms(sme=False)
BY_A_THIRD_PARTY = SellerTerms(third_party=True)
"""Also when the supplier is not the one who offers it: then a third party does."""
FACTORED = SellerTerms(sme=False, third_party=True)
WITH_A_FEE = SellerTerms(fees=True)
"""One euro is a fee."""
sellers = st.builds(SellerTerms, *[st.booleans()] * 5)
days = st.integers(0, 400)


@pytest.mark.parametrize(
    ("seller", "days", "expected"),
    [
        (SME, 0, "exempt"),
        (SME, 30, "exempt"),
        (SME, 50, "exempt"),
        (SME, 51, "regulated"),
        (LARGE, 14, "exempt"),
        (LARGE, 15, "regulated"),
        (LARGE, 30, "regulated"),
        (FACTORED, 14, "regulated"),
        (WITH_A_FEE, 14, "regulated"),
        (SellerTerms(interest=True), 14, "regulated"),
        (BY_A_THIRD_PARTY, 14, "regulated"),
        (BY_A_THIRD_PARTY, 0, "regulated"),
        (SellerTerms(platform=True), 14, "review"),
        (SellerTerms(platform=True), 51, "regulated"),
        (SellerTerms(platform=True, fees=True), 14, "regulated"),
        (SellerTerms(platform=True, sme=False), 15, "regulated"),
    ],
)
def test_what_the_directive_says(seller, days, expected):
    assert bnpl_regime(seller, days) == expected


@given(sellers, days, days)
def test_a_longer_term_is_never_more_exempt(seller, one, other):
    strictness = [Regime.EXEMPT, Regime.REVIEW, Regime.REGULATED]
    shorter, longer = (bnpl_regime(seller, d) for d in sorted((one, other)))
    assert strictness.index(shorter) <= strictness.index(longer)


@given(sellers, days, st.sampled_from(["third_party", "interest", "fees", "platform"]))
def test_charging_or_involving_more_is_never_more_exempt(seller, days, name):
    more, less = replace(seller, **{name: True}), replace(seller, **{name: False})
    if bnpl_regime(more, days) is Regime.EXEMPT:
        assert bnpl_regime(less, days) is Regime.EXEMPT


@given(sellers)
def test_the_longest_exempt_term_is_the_last_one_that_is(seller):
    longest = longest_exempt_days(seller)
    exempt = [d for d in range(400) if bnpl_regime(seller, d) is Regime.EXEMPT]
    assert longest == (exempt[-1] if exempt else None)


def test_the_first_day_is_data():
    assert EXEMPTIONS[0].applies_from == date(2026, 11, 20)
    starts = [row.applies_from for row in EXEMPTIONS]
    assert starts == sorted(set(starts))


@pytest.mark.parametrize("on", [None, *(date(2026, 11, d) for d in (19, 20)), date(2020, 1, 1)])
def test_the_guard_is_on_before_the_first_day_too(on):
    assert exemption_on(on) == EXEMPTIONS[0]
    assert bnpl_regime(SME, 51, on) is Regime.REGULATED
    assert bnpl_regime(LARGE, 15, on) is Regime.REGULATED


def outcome(kind, term_days, seller=SME, prepaid=None):
    limit = CreditLimit(LimitSource.OWN, eur("1000.00"), "anna", NOW)
    account = CreditAccount(
        ORG, "D1", kind=kind, limits=(limit,), natural_person=kind == DebtorKind.CONSUMER
    )
    request = CreditCheck(eur("10.00"), "D1", term_days=term_days, prepaid=prepaid)
    return decide(account, Asked(request, "r", "f", NOW), Ground(default_policy(), seller))[1]


def test_only_consumers_are_asked_about():
    assert outcome(DebtorKind.COMPANY, 90).outcome is Outcome.APPROVED
    assert outcome(DebtorKind.SOLE_TRADER, 90).outcome is Outcome.APPROVED
    assert outcome(DebtorKind.CONSUMER, 50).outcome is Outcome.APPROVED
    long = outcome(DebtorKind.CONSUMER, 51)
    assert not long.outcome.holds
    assert [(a.kind, a.days) for a in long.alternatives if a.kind == "shorter_term"] == [
        ("shorter_term", 50)
    ]


def test_no_term_helps_where_a_third_party_pays():
    found = outcome(DebtorKind.CONSUMER, 14, FACTORED)
    assert not found.outcome.holds
    assert "shorter_term" not in [a.kind for a in found.alternatives]


def test_what_is_paid_in_advance_is_no_credit():
    paid = outcome(DebtorKind.CONSUMER, 90, prepaid=eur("10.00"))
    assert paid.outcome is Outcome.APPROVED
