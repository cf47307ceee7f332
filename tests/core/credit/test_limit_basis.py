"""Which limit counts: what a person set is a ceiling for machines, and bad news gives no room."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes
from kasstroom.credit.basis import OF_MACHINES, LimitBasis, Take, effective
from kasstroom.credit.limit_usecases import Withdrawable, Withdrawal, withdraw_limit
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource
from kasstroom.credit.policy_document import PolicyRefused, read
from kasstroom.credit.proposals import LimitProposal, decide_review
from kasstroom.credit.reviews import ReviewState
from kasstroom.credit.room import Ground
from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom.screening.asking import Heard
from kasstroom.screening.bureau_limit import advised
from kasstroom.screening.learning import NOBODY, of_bureau
from kasstroom.screening.model import Outcome, Source
from kasstroom.screening.ports import BureauAnswer, Subject
from kasstroom.screening.recording import Known, recorded
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, eur

TODAY = date(2026, 9, 1)
RULE = {"id": "r", "when": {"fact": "hold", "is": True}, "outcome": "refer", "reason": "blocked"}
OWN, BUREAU = LimitSource.OWN, LimitSource.BUREAU
AUTOMATIC, INSURED = LimitSource.AUTOMATIC, LimitSource.INSURED
COMPANY = Subject("De Hoeksteen B.V.", "NL", "20000001", "NL800000043B01")
ANNA, BORIS = Actor("anna", (Role.CREDIT_MANAGER,)), Actor("boris", (Role.CREDIT_MANAGER,))
LATER = NOW + timedelta(days=1)

STANDING = tuple(source for source in LimitSource if source is not LimitSource.TEMPORARY)
KINDS = [kinds for n in range(1, 6) for kinds in combinations(STANDING, n)]
bases = st.builds(LimitBasis, st.sampled_from(Take), st.sampled_from(KINDS), st.booleans())
amounts = st.integers(0, 10**8).map(Money)
days = st.none() | st.dates(TODAY - timedelta(days=40), TODAY + timedelta(days=40))
limits = st.builds(
    CreditLimit, st.sampled_from(LimitSource), amounts, st.just("anna"), st.just(NOW), days, days
)
accounts = st.lists(limits, unique_by=lambda li: li.source).map(
    lambda found: CreditAccount(ORG, "D1", limits=tuple(found))
)


def limit(source, amount, **more):
    return CreditLimit(source, eur(amount), "anna", NOW, **more)


def account(*limits):
    return CreditAccount(ORG, "D1", limits=limits)


def policy(**limit):
    return read("default", 1, {"rules": [RULE], "limit": limit})


@pytest.mark.parametrize(
    ("given", "counts"),
    [
        ({}, "300.00"),
        ({"own_is_ceiling": False}, "900.00"),
        ({"of": ["bureau", "automatic"]}, "900.00"),
        ({"take": "lowest"}, "300.00"),
        ({"take": "sum"}, "1700.00"),
    ],
)
def test_a_machine_outranks_a_person_only_where_the_policy_says_so(given, counts):
    known = account(limit(OWN, "300.00"), limit(BUREAU, "900.00"), limit(AUTOMATIC, "500.00"))
    assert effective(known, policy(**given).terms.basis, TODAY) == eur(counts)


def test_what_people_and_insurers_grant_counts_above_the_own_limit():
    known = account(limit(OWN, "300.00"), limit(BUREAU, "900.00"), limit(INSURED, "400.00"))
    assert effective(known, LimitBasis(), TODAY) == eur("400.00")


def test_an_own_limit_that_is_over_is_no_ceiling_any_more():
    known = account(limit(OWN, "300.00", valid_to=TODAY), limit(BUREAU, "900.00"))
    assert effective(known, LimitBasis(), TODAY) == eur("300.00")
    assert effective(known, LimitBasis(), TODAY + timedelta(days=1)) == eur("900.00")


@given(accounts, st.sampled_from(KINDS), st.integers(-50, 50))
def test_a_machine_s_limit_never_counts_beside_a_person_s_own(known, of, ahead):
    basis, day = LimitBasis(of=(OWN, *of)), TODAY + timedelta(days=ahead)
    own = known.limit_of(OWN)
    if own and own.counts_on(day):
        people = tuple(li for li in known.limits if li.source not in OF_MACHINES)
        alone = effective(replace(known, limits=people), basis, day)
        assert effective(known, basis, day) == alone


def test_the_term_is_true_or_false():
    assert policy(own_is_ceiling=False).terms.basis.own_is_ceiling is False
    with pytest.raises(PolicyRefused) as refused:
        policy(own_is_ceiling="no")
    assert refused.value.mistakes[0].pointer == "/limit/own_is_ceiling"


def report(amount, day=1):
    """What the bureau answers; None: it has no rating of them any more."""
    if amount is None:
        return Heard(Source.BUREAU, Outcome.NOT_FOUND, NOBODY[Source.BUREAU])
    as_of = datetime(2026, 8, day, tzinfo=UTC)
    return Heard(Source.BUREAU, Outcome.FOUND, of_bureau(BureauAnswer("N", "A", 80, amount, as_of)))


def rated(known, amount=Money(100)):
    """The account and the reports after a first answer, which leaves its limits as they are."""
    _, _, reports = recorded(Known(known, COMPANY, {}), [report(amount)], NOW)
    return reports


@given(accounts, bases, st.booleans())
def test_bad_news_of_a_bureau_raises_nobody_s_limit_on_any_day(known, basis, by_report):
    ruled = replace(policy(), terms=replace(policy().terms, basis=basis))
    before = rated(known)
    gone = report(None) if by_report else replace(report(Money(0), 9), cost_minor=0)
    _, _, after = recorded(Known(known, COMPANY, before), [gone], LATER)
    left, _ = advised(known, before, after, ruled, tuple, LATER)
    for ahead in range(-45, 46, 5):
        day = TODAY + timedelta(days=ahead)
        assert room(left, basis, day) <= room(known, basis, day)


def room(known, basis, day):
    """Without a limit nobody has any."""
    found = effective(known, basis, day)
    return found.minor if found else 0


LOWEST = policy(take="lowest")
DROPPED = account(limit(OWN, "10000.00"), limit(BUREAU, "0.00"))
CAREFUL = account(limit(OWN, "900000.00"), limit(BUREAU, "0.00"))


def end(known, actor=ANNA):
    books = MemoryBooks()
    books.commit(Changes(create=(known,)))
    known_by = lambda account: Ground(LOWEST)  # noqa: E731
    facts = (ORG, "D1", Withdrawable.BUREAU, Withdrawal("gebeld: fusie"), actor, LATER, known_by)
    return books, settle(books, lambda: withdraw_limit(books, *facts))


def test_a_credit_manager_ends_the_zero_that_bad_news_left():
    assert effective(DROPPED, LOWEST.terms.basis, TODAY) == eur("0.00")
    _, after = end(DROPPED)
    assert effective(after, LOWEST.terms.basis, TODAY) == eur("10000.00")


@pytest.mark.parametrize(
    ("known", "actor", "code"),
    [
        (DROPPED, Actor("shop"), "role_required"),
        (account(limit(BUREAU, "1.00")), ANNA, "advice_stands"),
    ],
)
def test_nobody_else_ends_it_and_no_advice_is_ended(known, actor, code):
    with pytest.raises(Refused) as refused:
        end(known, actor)
    assert refused.value.code == code


def test_above_the_bound_two_people_end_it():
    books, found = end(CAREFUL)
    assert isinstance(found, LimitProposal)
    assert (found.ends, found.amount) == (True, eur("900000.00"))
    facts = (ORG, "D1", found.review_id, ReviewState.APPROVED)
    lowest = lambda account: Ground(LOWEST)  # noqa: E731
    with pytest.raises(Refused) as refused:
        settle(books, lambda: decide_review(books, *facts, ANNA, "gezien", LATER, lowest))
    assert refused.value.code == "four_eyes"
    settle(books, lambda: decide_review(books, *facts, BORIS, "gezien", LATER, lowest))
    after = books.get(CreditAccount, ORG, "D1")
    assert after.limit_of(BUREAU) is None
    assert effective(after, LOWEST.terms.basis, TODAY) == eur("900000.00")
