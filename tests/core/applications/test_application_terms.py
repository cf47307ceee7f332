"""The rules approve or ask for a person; they reject nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.access.model import Actor, Role
from kasstroom.applications.model import CreditApplication, Lookalike
from kasstroom.applications.terms import (
    ApplicationTerms,
    ApplicationTermsData,
    found_by_rules,
    set_terms,
)
from kasstroom.credit.deciding import Ground
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.model import CreditAccount, Hold, Profile
from kasstroom.debtors.model import DebtorKind
from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from tests.applicants import COMPANY
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, eur

TERMS = ApplicationTerms(ORG, eur("10000.00"))
FACTS = Profile(registered=True, score=70, rating="A", screened_at=NOW - timedelta(days=1))
ACCOUNT = CreditAccount(ORG, "D1", profile=FACTS)
APPLICATION = CreditApplication(
    ORG, "D1", "app_1", DebtorKind.COMPANY, Language.NL, "hash", NOW, NOW + timedelta(days=30),
    data=COMPANY,
)  # fmt: skip
GROUND = Ground(default_policy())


def reasons(terms=TERMS, application=APPLICATION, account=ACCOUNT):
    return found_by_rules(terms, application, account, GROUND, NOW).reasons


def facts(**changes):
    return {"account": replace(ACCOUNT, profile=replace(FACTS, **changes))}


def asked(**changes):
    return {"application": replace(APPLICATION, data=replace(COMPANY, **changes))}


def test_a_company_with_good_facts_is_approved():
    assert found_by_rules(TERMS, APPLICATION, ACCOUNT, GROUND, NOW).approve
    assert reasons(**asked(requested=eur("10000.00"))) == ()
    assert reasons(**facts(score=None)) == () and reasons(**facts(rating="")) == ()


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"terms": ApplicationTerms(ORG)}, "no_automatic_approval"),
        (asked(requested=eur("10000.01")), "above_automatic_limit"),
        (asked(terms_days=60), "longer_term"),
        ({"application": replace(APPLICATION, kind=DebtorKind.SOLE_TRADER)}, "natural_person"),
        ({"application": replace(APPLICATION, kind=DebtorKind.CONSUMER)}, "natural_person"),
        (
            {"application": replace(APPLICATION, duplicates=(Lookalike("debtor", "D9", "kvk"),))},
            "possible_duplicate",
        ),
        ({"account": replace(ACCOUNT, hold=Hold("x", NOW))}, "blocked"),
        ({"account": replace(ACCOUNT, open_by_due={NOW.date() - timedelta(1): 1})}, "in_arrears"),
        ({"account": replace(ACCOUNT, currency="SEK")}, "wrong_currency"),
        (facts(insolvent=True), "insolvent_or_ceased"),
        (facts(sanctions="possible"), "sanctions_possible"),
        (facts(registered=False), "not_registered"),
        (facts(registered=None), "insufficient_data"),
        (facts(score=None, rating=""), "insufficient_data"),
        (facts(screened_at=None), "insufficient_data"),
        (facts(screened_at=NOW - timedelta(days=31)), "insufficient_data"),
        (facts(score=59), "score_below_threshold"),
        (facts(rating="C"), "score_below_threshold"),
    ],
)
def test_one_doubt_is_for_a_person(given, reason):
    assert reasons(**given) == (reason,)


def test_an_amount_for_four_eyes_is_never_approved_by_the_rules():
    wide = replace(TERMS, auto_approve_up_to=eur("1000000.00"))
    above = GROUND.policy.terms.four_eyes_above + Money(1)
    assert reasons(wide, **asked(requested=above)) == ("four_eyes",)


@given(
    st.sampled_from(list(DebtorKind)), st.integers(1, 10**9), st.none() | st.integers(0, 100),
    st.sampled_from(["", "A", "B", "C", "D", "E"]), st.none() | st.booleans(), st.booleans(),
)  # fmt: skip
def test_approval_always_stands_on_facts(kind, minor, score, rating, registered, insolvent):
    known = Profile(registered=registered, score=score, rating=rating, insolvent=insolvent,
                    screened_at=NOW)  # fmt: skip
    application = replace(APPLICATION, kind=kind, data=replace(COMPANY, requested=Money(minor)))
    account = replace(ACCOUNT, profile=known)
    if found_by_rules(TERMS, application, account, GROUND, NOW).approve:
        assert kind is DebtorKind.COMPANY and registered is True and not insolvent
        assert minor <= 1_000_000 and (score is not None or rating)
        assert (score is None or score >= 60) and rating in ("", "A", "B")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ApplicationTermsData(eur("0.00")), "negative_amount"),
        (ApplicationTermsData(eur("1.00"), lowest_score=101), "invalid_score"),
        (ApplicationTermsData(eur("1.00"), ratings=("F",)), "invalid_rating"),
        (ApplicationTermsData(eur("1.00"), lowest_score=None, ratings=()), "nothing_looked_at"),
        (ApplicationTermsData(facts_days=0), "invalid_days"),
        (ApplicationTermsData(privacy_url="javascript:x"), "invalid_url"),
    ],
)
def test_terms_that_cannot_be_meant_are_refused(data, code):
    with pytest.raises(Refused) as refused:
        set_terms(MemoryBooks(), ORG, data, Actor("anna", (Role.CREDIT_MANAGER,)))
    assert refused.value.code == code
