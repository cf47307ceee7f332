"""In which segments a debtor is: a pure function of what is known, and what it writes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kasstroom.credit.model import CoverTerms, CreditLimit, LimitSource
from kasstroom.debtors.model import Address, Contact, DebtorKind
from kasstroom.debtors.vulnerability import Vulnerability
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.segments.assigning import HORIZON_DAYS, assigned, decide, matching
from kasstroom.segments.catalogue import AMOUNT, FACTS, FLAG, NUMBER, RESTRICTED, TIMED
from kasstroom.segments.defaults import DOCUMENT, built_in
from kasstroom.segments.explaining import because
from kasstroom.segments.facts import facts_of
from kasstroom.segments.model import MOST_TAGS
from kasstroom.segments.reading import read
from kasstroom.time import day_of
from tests.portfolio import NOW, TODAY, habits, known

INSOLVENT = {"profile": replace(known().account.profile, insolvent=True)}
INSURED = {
    "cover": CoverTerms("c", Money(50_000), 90, 60, TODAY),
    "limits": (CreditLimit(LimitSource.INSURED, Money(50_000), "insurer", NOW),),
}
BUSINESS, CONSUMER = ("business",), ("consumers",)
CASES = {
    "nothing special": (known(), BUSINESS),
    "a consumer": (known(kind=DebtorKind.CONSUMER), CONSUMER),
    "just met": (known(days_known=10), ("new", *BUSINESS)),
    "met 90 days ago": (known(days_known=90), BUSINESS),
    "paid three times already": (
        known(days_known=10, paid=habits(3)), ("good_payers", *BUSINESS)
    ),
    "large": (known(due={30: 5_000_000}), ("key_accounts", *BUSINESS)),
    "a cent less": (known(due={30: 4_999_999}), BUSINESS),
    "on time": (known(paid=habits()), ("good_payers", *BUSINESS)),
    "three days late": (known(paid=habits(days=3)), ("slow_payers", *BUSINESS)),
    "two weeks late": (known(paid=habits(days=15)), ("slow_payers", *BUSINESS)),
    "something old is open": (known(due={-45: 100}), ("slow_payers", *BUSINESS)),
    "a day less": (known(due={-44: 100}), BUSINESS),
    "promises nothing kept": (
        known(paid=replace(habits(), promises_broken=2)), ("slow_payers", *BUSINESS)
    ),
    "who died comes first": (
        known(kind=DebtorKind.CONSUMER, paid=habits(), care=frozenset({Vulnerability.DECEASED})),
        ("vulnerable", "good_payers", *CONSUMER),
    ),
    "a person in an insolvency": (
        known(kind=DebtorKind.SOLE_TRADER, account=INSOLVENT), ("vulnerable", *BUSINESS)
    ),
    "a company in one": (known(account=INSOLVENT), BUSINESS),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_built_in_segments(case):
    of, expected = CASES[case]
    assert assigned(built_in(), of, NOW).segments == expected


def test_facts_of_a_debtor():
    of = known(
        paid=habits(2, 10_000, days=4), due={-10: 20_000, 20: 80_000}, language=Language.EN,
        account=INSURED, sector="4711", employees=49,
        contact=Contact("a@b.nl", "+31612345678"),
        address=Address("Kerkstraat", "1", "3511 ED", "Utrecht"),
        care=frozenset({Vulnerability.NEEDS_CARE}),
    )  # fmt: skip
    expected = {
        "language": "en", "sector": "4711", "size": "small", "relation_value": 110_000,
        "year_days_late": 4, "year_late_percent": 100, "paid_invoices": 2, "overdue": 20_000,
        "oldest_overdue_days": 10, "insured_share": 45, "reach_email": True, "reach_sms": True,
        "reach_whatsapp": False, "reach_letter": True, "reachable": True, "needs_care": True,
        "deceased": False, "vulnerable": True, "known_days": 400,
    }  # fmt: skip
    facts = facts_of(of, "EUR", NOW)
    assert {name: facts[name] for name in expected} == expected
    assert facts.keys() == FACTS.keys()


def test_a_fact_is_of_its_kind_or_not_known():
    allowed = {AMOUNT: int, NUMBER: int, FLAG: bool}
    for of, _ in CASES.values():
        for name, value in facts_of(of, "EUR", NOW).items():
            assert value is None or isinstance(value, allowed.get(FACTS[name][0], str)), name


def test_amounts_in_another_currency_are_not_known():
    facts = facts_of(known(due={30: 9_000_000}), "USD", NOW)
    assert facts["open"] is facts["relation_value"] is None and facts["paid_invoices"] == 0
    assert assigned(
        read(2, DOCUMENT | {"currency": "USD"}), known(due={9: 9**9}), NOW
    ).segments == (BUSINESS)


@pytest.mark.parametrize(
    ("of", "size"),
    [
        (known(kind=DebtorKind.CONSUMER, employees=3), None), (known(), "micro"),
        (known(employees=10), "small"), (known(employees=250), "large"),
        (known(due={1: 5_000_000}), "medium"), (known(employees=0, due={1: 10**9}), "micro"),
    ],
)  # fmt: skip
def test_size_is_by_employees_else_by_what_the_relation_is_worth(of, size):
    assert facts_of(of, "EUR", NOW)["size"] == size


def test_what_is_timed_is_what_moves_when_days_go_by():
    of = known(
        paid=habits(days=3), due={1: 900_000}, account=INSURED, days_known=0,
    )  # fmt: skip
    later = facts_of(of, "EUR", NOW + timedelta(days=500))
    moved = {name for name, value in facts_of(of, "EUR", NOW).items() if later[name] != value}
    assert moved <= TIMED
    assert moved >= {"overdue", "known_days", "relation_value", "year_days_late", "cover_state"}


FACT_VALUES = {AMOUNT: st.integers(0, 10**7), NUMBER: st.integers(0, 100), FLAG: st.booleans()}
ANY_FACTS = st.fixed_dictionaries(
    {
        name: st.none() | FACT_VALUES.get(kind, st.sampled_from(["company", "consumer", "NL"]))
        for name, (kind, _) in FACTS.items()
    }
)


@settings(max_examples=200, deadline=None)
@given(ANY_FACTS, st.randoms(use_true_random=False))
def test_the_same_facts_give_the_same_segments_in_one_order(facts, random):
    shuffled = list(DOCUMENT["segments"])
    random.shuffle(shuffled)
    names = [one.name for one in matching(built_in(), facts)]
    other = read(2, DOCUMENT | {"segments": shuffled})
    mixed = dict(sorted(facts.items(), key=lambda _: random.random()))
    assert [one.name for one in matching(other, mixed)] == names
    places = [one.priority for one in matching(built_in(), facts)]
    assert places == sorted(places) and len(set(places)) == len(places)


@settings(max_examples=200, deadline=None)
@given(ANY_FACTS)
def test_what_is_told_of_a_segment_is_enough_to_be_in_it(facts):
    """Only the facts that are named, and the segment still matches."""
    for segment in matching(built_in(), facts):
        told = {held.fact: held.value for held in because(built_in(), segment, facts)}
        assert told and all(facts[name] == value for name, value in told.items())
        assert segment.test(told)


@settings(max_examples=200, deadline=None)
@given(ANY_FACTS, ANY_FACTS)
def test_what_a_system_sees_says_nothing_of_care(facts, other):
    """Whatever the restricted facts are, the segments that are shown are the same."""
    mixed = {name: (other if name in RESTRICTED else facts)[name] for name in facts}
    one, two = (
        [s.name for s in matching(built_in(), given) if not s.restricted]
        for given in (facts, facts | {name: mixed[name] for name in RESTRICTED})
    )
    assert one == two


@pytest.mark.parametrize("overdue_days", [0, 1, 20, 44])
def test_the_day_time_alone_changes_the_answer_is_planned(overdue_days):
    of = known(due={-overdue_days: 100})
    found = assigned(built_in(), of, NOW)
    planned = NOW + timedelta(days=(found.look_again_on - day_of(NOW)).days)
    assert day_of(NOW) < found.look_again_on <= day_of(NOW) + timedelta(days=HORIZON_DAYS)
    the_day_before = assigned(built_in(), of, planned - timedelta(days=1))
    assert the_day_before.segments == found.segments
    if overdue_days > 45 - HORIZON_DAYS:
        assert assigned(built_in(), of, planned).primary == "slow_payers"
        assert found.due.at.isoformat().endswith("00:00:00+02:00")


def test_no_day_is_planned_when_time_decides_nothing():
    timeless = {"segments": [{"name": "a", "priority": 1, "when": {"fact": "country", "is": "NL"}}]}
    found = assigned(read(2, timeless), known(), NOW)
    assert found.look_again_on is None and found.due is None
    assert found.facts == {"country": None} and found.segments == ()


def test_looking_again_writes_only_what_changed():
    changes, first = decide(built_in(), known(), None, "debtor.created", NOW)
    assert changes.update == (first,) and len(changes.events) == 1
    stored = replace(first, version=1)
    later = NOW + timedelta(days=3)
    for of in (known(), known(due={5: 100})):
        assert not decide(built_in(), of, stored, "invoice.issued", later)[0]
    changes, after = decide(built_in(), known(due={-45: 100}), stored, "day", later)
    assert after.version == 1 and after.at == later
    (told,) = changes.events
    assert (told.previous, told.segments) == (BUSINESS, ("slow_payers", *BUSINESS))
    assert (told.previous_primary, told.primary) == ("business", "slow_payers")
    assert told.cause == "day" and told.because == ("slow_payers: oldest_overdue_days 48",)


def test_a_day_that_came_is_planned_anew_and_tells_nobody():
    _, first = decide(built_in(), known(), None, "debtor.created", NOW)
    then = NOW + timedelta(days=HORIZON_DAYS)
    changes, after = decide(built_in(), known(), replace(first, version=1), "day", then)
    assert changes.update == (after,) and changes.events == ()
    assert after.look_again_on == day_of(then) + timedelta(days=HORIZON_DAYS)


def test_another_set_is_written_down_also_when_the_segments_stay():
    _, first = decide(built_in(), known(), None, "debtor.created", NOW)
    again = replace(built_in(), number=2)
    changes, after = decide(again, known(), replace(first, version=1), "everybody", NOW)
    assert after.set_number == 2 and changes.update == (after,) and changes.events == ()


def test_care_is_told_apart_and_leaves_no_trace_in_what_everybody_hears():
    _, first = decide(built_in(), known(), None, "debtor.created", NOW)
    care = frozenset({Vulnerability.DEBT_COUNSELLING})
    changes, after = decide(
        built_in(), known(care=care), replace(first, version=1), "asked_for_care", NOW
    )
    assert after.primary == "vulnerable" and after.public == BUSINESS
    (told,) = changes.events
    assert told.TYPE == "debtor.restricted_segment_changed"
    assert told.segments == ("vulnerable", *BUSINESS) and told.previous == BUSINESS


def test_a_debtor_carries_no_more_tags_than_one_transaction_moves():
    fifty = [
        {"name": f"s{n}", "priority": n + 1, "when": {"fact": "known_days", "ge": n}}
        for n in range(50)
    ]
    found = assigned(read(2, {"segments": fifty}), known(), NOW)
    assert len(found.segments) == MOST_TAGS == 45 and found.primary == "s0"
