"""Who may be on a sanctions list: nothing is sold to them, and only people read why."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kasstroom.access.model import Actor, Role
from kasstroom.credit.asking import CreditCheck
from kasstroom.credit.backtest import cases, compare, why_skipped
from kasstroom.credit.deciding import Asked, decide
from kasstroom.credit.decision import Outcome
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.explaining import explanation
from kasstroom.credit.model import CreditAccount, CreditLimit, Hold, LimitSource, Profile
from kasstroom.credit.policy_document import read
from kasstroom.credit.restricted import NEUTRAL, sees_lists
from kasstroom.credit.reviews import Review
from kasstroom.credit.room import Ground
from kasstroom.credit.views import decision_view
from kasstroom.events import Event
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from tests.people import NOW, ORG, eur

OWN = CreditLimit(LimitSource.OWN, eur("1000.00"), "anna", NOW)
LISTED = CreditAccount(ORG, "D1", limits=(OWN,), profile=Profile(sanctions="possible"))
NO_RULE = read("default", 2, {"rules": [
    {"id": "large", "when": {"fact": "order_amount", "gt": "900.00"}, "outcome": "declined",
     "reason": "order_above_max", "alternatives": ["lower_amount", "prepay"]},
]})  # fmt: skip
OWN_RULE = read("default", 3, {"rules": [
    {"id": "op de lijst", "when": {"fact": "sanctions", "is": "possible"}, "outcome": "declined",
     "reason": "in_arrears", "detail": "Staat op de sanctielijst.", "fixable_by": "buyer",
     "alternatives": ["prepay", "settle_overdue"]},
]})  # fmt: skip
POLICIES = {"default": default_policy(), "none": NO_RULE, "own": OWN_RULE}


def decided(account=LISTED, policy=NO_RULE, amount="100.00", **more):
    asked = Asked(CreditCheck(eur(amount), account.debtor, **more), "r", "f", NOW)
    return decide(account, asked, Ground(policy))


def told(value) -> str:
    return repr(value).lower().replace("sanctions_law", "sanction")


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
@pytest.mark.parametrize("prepaid", [None, "100.00"])
@pytest.mark.parametrize("natural_person", [True, False])
def test_nothing_is_offered_and_the_buyer_reads_only_whom_to_ask(policy, prepaid, natural_person):
    kind = "sole_trader" if natural_person else "company"
    account = replace(LISTED, kind=kind, natural_person=natural_person)
    paid = eur(prepaid) if prepaid else None
    changes, made = decided(account, policy, prepaid=paid)
    assert made.alternatives == ()
    assert made.outcome in ("refer", "declined")
    assert made.outcome == "refer" or not natural_person
    assert made.reservation_id is None
    dutch, english, german, frisian = (decision_view(made, language).buyer for language in Language)
    assert (german, frisian) == (english, dutch), "read as what its readers read as well"
    assert dutch.text == "Neem over deze bestelling contact op met de verkoper."
    assert english.text == "Please contact the seller about this order."
    assert dutch.reasons == ()


@given(
    amount=st.integers(1, 250_000),
    parts=st.booleans(),
    open_minor=st.integers(0, 150_000),
    hold=st.booleans(),
    person=st.booleans(),
    policy=st.sampled_from(list(POLICIES.values())),
)
@settings(max_examples=100, deadline=None)
def test_a_listed_party_never_gets_anything(amount, parts, open_minor, hold, person, policy):
    account = replace(
        LISTED, natural_person=person, open_by_due={NOW.date(): open_minor},
        hold=Hold("x", NOW) if hold else None,
    )  # fmt: skip
    asked = Asked(CreditCheck(Money(amount), "D1", accept_partial=parts), "r", "f", NOW)
    made = decide(account, asked, Ground(policy))[1]
    assert not made.outcome.holds
    assert made.alternatives == ()
    seen = explanation(made, policy, None, sees_lists=True)
    assert seen.replayed
    assert seen.would_help == ()


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_a_system_reads_nothing_of_it_and_people_all(policy):
    made = decided(policy=policy)[1]
    views = (decision_view(made), explanation(made, policy, None))
    for seen in views:
        assert "sanction" not in told(seen)
        assert "lijst" not in told(seen)
        assert NEUTRAL.code in told(seen)
    assert [r.code for r in views[0].reasons] == [NEUTRAL.code]
    assert "sanctions" not in {fact.name for fact in views[1].facts}
    for seen in (
        decision_view(made, sees_lists=True),
        explanation(made, policy, None, sees_lists=True),
    ):
        assert "sancti" in told(seen)


def test_that_a_rule_looks_at_lists_tells_nothing_when_it_did_not_speak():
    """Else its absence would be the answer."""
    clear = replace(LISTED, profile=Profile(sanctions="clear"))
    for account in (clear, LISTED):
        made = decided(account, default_policy())[1]
        seen = explanation(made, default_policy(), None)
        assert "sanctions" not in {rule.id for rule in seen.rules}
        assert "sanctions" not in {fact.name for fact in seen.facts}


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_no_event_tells_and_the_reviewer_reads_it(policy):
    changes, made = decided(replace(LISTED, natural_person=True), policy)
    events = [event for event in changes.events if isinstance(event, Event)]
    assert events
    assert all("sanction" not in told(asdict(event)) for event in events)
    (review,) = (entity for entity in changes.create if isinstance(entity, Review))
    assert review.reasons == ("sanctions_possible",)


def test_a_back_test_for_a_system_leaves_who_may_be_listed_out():
    made = decided(policy=default_policy())[1]
    names = {"default"}
    assert why_skipped(made, "default", names, None, None) == "without_facts"
    assert why_skipped(made, "default", names, None, None, sees_lists=True) == ""
    changed = [compare(OWN_RULE, made)]
    (shown,) = cases(changed, sees_lists=True)
    assert (shown.rules_gone, shown.rules_new) == (("sanctions",), ("op de lijst",))
    (neutral,) = cases(changed)
    assert (neutral.rules_gone, neutral.rules_new) == ((NEUTRAL.code,), (NEUTRAL.code,))


def test_people_with_the_role_see_lists_and_nobody_else():
    seeing = {role for role in Role if sees_lists(Actor("x", (role,)))}
    assert seeing == {Role.CREDIT_MANAGER, Role.AUDITOR}
    assert not sees_lists(Actor("webshop"))


def test_a_rule_that_looks_at_lists_for_another_reason_keeps_what_is_possible():
    unknown = read("default", 4, {"rules": [
        {"id": "unseen", "when": {"fact": "sanctions", "known": False}, "outcome": "refer",
         "reason": "insufficient_data"},
    ]})  # fmt: skip
    made = decided(replace(LISTED, profile=Profile()), unknown)[1]
    assert (made.outcome, [a.kind for a in made.alternatives]) == (Outcome.REFER, ["prepay"])
    assert [r.code for r in decision_view(made).reasons] == [NEUTRAL.code]
