"""A stored decision is judged again on its facts: the same answer, and what would have helped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kasstroom.compliance.consumer_credit import SellerTerms
from kasstroom.credit.asking import CreditCheck
from kasstroom.credit.counterfactual import counterfactuals, with_order, without_overdue
from kasstroom.credit.deciding import Asked, decide
from kasstroom.credit.decision import Decision, Outcome
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.explaining import explanation
from kasstroom.credit.fact_catalogue import CATALOGUE
from kasstroom.credit.fact_views import LABELS, amount_of
from kasstroom.credit.facts import Ask, facts_of
from kasstroom.credit.model import CreditAccount, CreditLimit, Hold, LimitSource, Profile
from kasstroom.credit.policy_document import read
from kasstroom.credit.reasons import CODES, reason
from kasstroom.credit.replay import judged, replayed, same
from kasstroom.credit.room import Ground, room_of
from kasstroom.money import Money
from kasstroom.risk.model import PaymentBehaviour
from kasstroom_aws.shapes import from_json, to_json
from tests.people import NOW, eur

TODAY = date(2026, 9, 1)
STEPS = read(
    "default",
    2,
    {
        "smallest_partial": "10.00",
        "rules": [
            {"id": "floor", "when": {"fact": "order_amount", "lt": "5.00"}, "outcome": "declined",
             "reason": "order_below_min"},
            {"id": "late", "when": {"fact": "overdue", "gt": "0.00"}, "outcome": "refer",
             "reason": "in_arrears", "alternatives": ["settle_overdue"]},
            {"id": "room", "when": {"fact": "shortfall", "gt": "0.00"},
             "outcome": "approved_partial", "reason": "limit_exceeded"},
            {"id": "group", "when": {"fact": "group_shortfall", "gt": "0.00"},
             "outcome": "approved_partial", "reason": "limit_exceeded"},
            {"id": "use", "when": {"fact": "used_percent", "gt": 60},
             "outcome": "approved_with_conditions", "reason": "policy_other",
             "condition": {"kind": "part_prepayment", "percent": 30}},
            {"id": "score", "when": {"fact": "score", "lt": 30}, "outcome": "declined",
             "reason": "score_below_threshold"},
        ],
    },
)  # fmt: skip
CENTS = st.integers(0, 200_000)


@st.composite
def accounts(draw) -> CreditAccount:
    limit = draw(st.none() | CENTS)
    limits = (CreditLimit(LimitSource.OWN, Money(limit), "a", NOW),) if limit is not None else ()
    days = st.integers(-40, 40).map(lambda n: TODAY + timedelta(days=n))
    cap = draw(st.none() | CENTS)
    kind = draw(st.sampled_from(["company", "sole_trader", "consumer"]))
    return CreditAccount(
        "vandijk", "D1", limits=limits, kind=kind, natural_person=kind != "company",
        per_order_cap=Money(cap) if cap is not None else None,
        hold=draw(st.sampled_from([None, None, None, Hold("x", NOW)])),
        open_by_due=draw(st.dictionaries(days, st.integers(-50_000, 100_000), max_size=3)),
        profile=Profile(score=draw(st.none() | st.integers(0, 100)), address_key="1234AB-25A"),
        behaviour=PaymentBehaviour(paid_minor=1000, late_minor=draw(st.integers(0, 1000))),
    )  # fmt: skip


@st.composite
def decisions(draw) -> tuple[Decision, Ground, CreditAccount]:
    account = draw(accounts())
    amount = draw(st.integers(1, 250_000))
    prepaid = draw(st.none() | st.integers(0, amount))
    request = CreditCheck(
        Money(amount), "D1", accept_partial=draw(st.booleans()), commit=draw(st.booleans()),
        prepaid=Money(prepaid) if prepaid is not None else None,
        term_days=draw(st.sampled_from([None, 14, 60])),
    )  # fmt: skip
    ground = Ground(
        draw(st.sampled_from([default_policy(), STEPS])), SellerTerms(),
        group_available=draw(st.none() | CENTS),
    )  # fmt: skip
    return decide(account, Asked(request, "r", "f", NOW), ground)[1], ground, account


@given(decisions())
@settings(max_examples=200, deadline=None)
def test_a_decision_read_back_from_the_books_replays_bit_for_bit(made):
    decision, ground, _ = made
    stored = from_json(Decision, to_json(decision))
    assert stored == decision
    again = replayed(stored, ground.policy)
    assert same(stored, again), again
    assert explanation(stored, ground.policy, None).replayed
    assert replayed(stored, ground.policy) == again


@given(decisions(), st.integers(1, 250_000))
@settings(max_examples=200, deadline=None)
def test_a_changed_order_has_the_facts_of_an_order_of_that_size(made, minor):
    decision, ground, account = made
    asked = decision.facts["order_amount"]
    smaller = min(minor, asked)
    ask = Ask(smaller, decision.term_days, regulated=decision.facts["regulated_credit"])
    fresh = facts_of(account, ask, room_of(account, ground, NOW), NOW)
    assert with_order(decision.facts, smaller) == fresh


@given(decisions())
@settings(max_examples=200, deadline=None)
def test_paying_what_is_overdue_has_the_facts_of_an_account_that_paid(made):
    decision, ground, account = made
    due = {day: m for day, m in account.open_by_due.items() if day >= TODAY}
    late = sum(m for day, m in account.open_by_due.items() if day < TODAY)
    if late <= 0 or ground.group_available is not None or any(m < 0 for m in due.values()):
        return
    paid = replace(account, open_by_due=due)
    asked = decision.facts["order_amount"]
    ask = Ask(asked, decision.term_days, regulated=decision.facts["regulated_credit"])
    fresh = facts_of(paid, ask, room_of(paid, ground, NOW), NOW)
    changed = without_overdue(decision.facts)
    names = [name for name in fresh if name != "first_order"]
    assert [(n, changed[n]) for n in names] == [(n, fresh[n]) for n in names]


@given(decisions())
@settings(max_examples=300, deadline=None)
def test_what_would_have_helped_is_what_the_rules_answer(made):
    decision, ground, _ = made
    for one in counterfactuals(decision, ground.policy):
        changed = decision.facts | one.changed
        assert judged(ground.policy, changed, takes_part=False).outcome is one.outcome
        assert one.outcome.holds and not decision.outcome.holds or decision.approved
        if one.kind == "smaller_order":
            above = with_order(decision.facts, one.minor + 1)
            if one.minor + 1 < decision.facts["order_amount"]:
                assert not judged(ground.policy, above, takes_part=False).outcome.holds


def decided(account, amount="1500.00", policy=STEPS, **more):
    asked = Asked(CreditCheck(eur(amount), "D1", **more), "r", "f", NOW)
    return decide(account, asked, Ground(policy))[1]


OWN = CreditAccount(
    "vandijk", "D1", limits=(CreditLimit(LimitSource.OWN, eur("1000.00"), "a", NOW),)
)


def kinds(decision, policy=STEPS):
    return {one.kind: one for one in counterfactuals(decision, policy)}


def test_above_the_limit_the_edge_is_named_to_the_cent():
    found = kinds(decided(OWN))
    assert found["smaller_order"].minor == 100_000
    assert found["higher_limit"].minor == 150_000 and not found["higher_limit"].buyer


def test_an_order_can_also_be_too_small_for_what_helps():
    """Below five euros another rule speaks: parts of the order are tried from the top."""
    assert kinds(decided(OWN, "1000.01"))["smaller_order"].minor == 100_000
    assert kinds(decided(replace(OWN, limits=()), "4.00")) == {}


def test_overdue_and_too_large_at_once_says_both():
    late = replace(OWN, open_by_due={TODAY - timedelta(days=3): 20_000})
    found = kinds(decided(late))
    both = found["pay_overdue_smaller_order"]
    assert (both.minor, both.second_minor) == (20_000, 100_000)
    assert "smaller_order" not in found
    assert kinds(decided(late, "1000.00"))["pay_overdue"].minor == 20_000


def test_an_edge_that_no_limit_has_is_found_to_the_cent():
    rule = {
        "id": "cap", "when": {"fact": "order_amount", "gt": "333.33"}, "outcome": "refer",
        "reason": "order_above_max",
    }  # fmt: skip
    policy = read("default", 2, {"rules": [rule]})
    assert kinds(decided(OWN, "1000.00", policy), policy)["smaller_order"].minor == 33_333


@pytest.mark.parametrize(("limit", "outcome"), [(1000, "approved_partial"), (999, "declined")])
def test_the_smallest_part_replays_on_its_edge(limit, outcome):
    least = replace(OWN, limits=(CreditLimit(LimitSource.OWN, Money(limit), "a", NOW),))
    made = decided(least, accept_partial=True)
    assert made.outcome == outcome
    assert same(made, replayed(made, STEPS))


def test_an_approval_needs_no_help():
    assert kinds(decided(OWN, "100.00")) == {}


def test_a_natural_person_reads_every_ground_and_a_company_only_its_own():
    held = replace(OWN, hold=Hold("cheques bounced", NOW), natural_person=True, kind="sole_trader")
    said = explanation(decided(held, policy=default_policy()), default_policy(), None)
    dutch = " ".join(words.nl for words in said.for_buyer)
    assert "stopgezet" in dutch and "medewerker" in dutch and "cheques" not in dutch
    firm = replace(held, natural_person=False, kind="company")
    said = explanation(decided(firm, policy=default_policy()), default_policy(), None)
    assert [words.nl for words in said.for_buyer] == [
        "U kunt uw bestelling van € 1.500,00 nu niet op rekening betalen."
    ]


@pytest.mark.parametrize("outcome", [Outcome.REFER, Outcome.DECLINED])
def test_what_the_law_says_is_named_as_the_reason(outcome):
    person = replace(OWN, natural_person=True, kind="consumer")
    policy = replace(STEPS, terms=replace(STEPS.terms, regulated_credit=outcome))
    said = explanation(decided(person, "100.00", policy, term_days=90), policy, None)
    first, *others = said.rules
    assert (first.id, first.decisive, first.outcome) == ("regulated_credit", True, outcome)
    assert not any(rule.decisive for rule in others)
    assert "consumentenkrediet" in " ".join(words.nl for words in said.for_buyer)
    assert "extra controle" not in " ".join(words.nl for words in said.for_buyer)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("natural_person", [True, False])
def test_no_sentence_tells_what_only_the_merchant_wrote(code, natural_person):
    secret = reason(code, detail="our secret remark about them")
    made = replace(decided(OWN), reasons=(secret,), outcome=Outcome.DECLINED)
    made = replace(made, facts=made.facts | {"natural_person": natural_person})
    said = explanation(made, None, None)
    for words in said.for_buyer:
        for text in (words.nl, words.en):
            assert "secret" not in text and "!" not in text and "{" not in text
            assert "fraud" not in text.lower() and "sancti" not in text.lower()


def test_every_fact_has_a_dutch_label():
    assert [name for name in CATALOGUE if name not in LABELS] == []


@pytest.mark.parametrize(
    ("money", "nl", "en"),
    [
        (Money(125_000), "€ 1.250,00", "EUR 1,250.00"),
        (Money(-5), "€ -0,05", "EUR -0.05"),
        (Money(1234567, "JPY"), "JPY 1.234.567", "JPY 1,234,567"),
    ],
)
def test_an_amount_is_written_as_people_write_it(money, nl, en):
    assert (amount_of(money).nl, amount_of(money).en) == (nl, en)
