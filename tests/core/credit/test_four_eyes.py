"""Nobody gets above the bound alone: not by taking away what kept the limit low, nor by asking for
little beside something large."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.access.model import Actor, Role
from kasstroom.applications.deciding import ApplicationAnswer, DecisionRequest
from kasstroom.applications.finding import by_id
from kasstroom.applications.model import ApplicationState
from kasstroom.applications.opening import NewApplication, create
from kasstroom.applications.sending import Sender, submit
from kasstroom.applications.terms import ApplicationTerms
from kasstroom.applications.usecases import decide
from kasstroom.changes import Changes
from kasstroom.credit.adjusting import Adjusted
from kasstroom.credit.adjusting import decide as adjusted
from kasstroom.credit.basis import effective
from kasstroom.credit.limit_rules import change, check_withdrawal, needs_four_eyes
from kasstroom.credit.limit_usecases import (
    NewLimit,
    SetByHand,
    Withdrawal,
    set_limit,
    withdraw_limit,
)
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource, Profile
from kasstroom.credit.policy_document import read
from kasstroom.credit.proposals import LimitProposal
from kasstroom.credit.room import Ground
from kasstroom.debtors.credit_terms import CreditTerms, set_credit
from kasstroom.debtors.model import DebtorKind
from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom.risk.model import MonthPaid, PaymentBehaviour
from kasstroom.settle import settle
from kasstroom_partners.identities import CheckedIdentities
from tests.applicants import COMPANY
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, eur, organisation

TODAY = date(2026, 9, 1)
RULE = {"id": "r", "when": {"fact": "hold", "is": True}, "outcome": "refer", "reason": "blocked"}
OWN, INSURED = LimitSource.OWN, LimitSource.INSURED
ANNA = Actor("anna", (Role.CREDIT_MANAGER,))


def policy(**terms):
    return read("default", 1, {"rules": [RULE]} | terms)


LOWEST = policy(limit={"take": "lowest"})
ADDED = policy(limit={"take": "sum"})


def limit(source, amount, valid_to=None):
    return CreditLimit(source, eur(amount), "anna", NOW, None, valid_to)


def account(*limits, **more):
    return CreditAccount(ORG, "D1", limits=limits, **more)


CAREFUL = account(limit(OWN, "10000.00"), limit(INSURED, "900000.00"))
"""Where the lowest counts, 10,000."""


def test_an_earlier_end_of_the_lowest_limit_is_a_raise():
    ends = limit(OWN, "10000.00", TODAY + timedelta(days=1))
    assert needs_four_eyes(CAREFUL, ends, LOWEST, TODAY)
    assert not needs_four_eyes(CAREFUL, ends, policy(), TODAY)
    assert not needs_four_eyes(CAREFUL, limit(OWN, "9000.00"), LOWEST, TODAY)


def test_taking_the_lowest_limit_away_is_a_raise():
    with pytest.raises(Refused, match="900000.00") as refused:
        check_withdrawal(CAREFUL, OWN, LOWEST, TODAY, "/x")
    assert (refused.value.code, refused.value.pointer) == ("four_eyes_required", "/x")
    for harmless in (policy(), ADDED):
        check_withdrawal(CAREFUL, OWN, harmless, TODAY, "/x")
    check_withdrawal(CAREFUL, INSURED, LOWEST, TODAY, "/x")


small = st.integers(0, 90_000).map(lambda minor: Money(minor))
days = st.none() | st.dates(TODAY + timedelta(days=1), TODAY + timedelta(days=40))
hands = st.sampled_from([OWN, LimitSource.DISCRETIONARY, LimitSource.TEMPORARY])


@given(
    st.lists(hands | st.builds(CreditLimit, hands, small, st.just("anna"), st.just(NOW),
                               st.none(), days), max_size=6),
    st.sampled_from(["highest", "lowest", "sum"]),
)  # fmt: skip
def test_one_person_alone_never_lets_more_count_than_the_bound_or_what_two_agreed(taken, take):
    bound = policy(four_eyes_above="1000.00", limit={"take": take})
    known = account(limit(OWN, "300.00"), limit(INSURED, "5000.00"))
    ahead = [TODAY + timedelta(days=n) for n in range(45)]
    agreed = {day: effective(known, bound.terms.basis, day) for day in ahead}
    for what in taken:
        if isinstance(what, CreditLimit):
            if needs_four_eyes(known, what, bound, TODAY):
                continue
        else:
            try:
                check_withdrawal(known, what, bound, TODAY, "/x")
            except Refused:
                continue
        known, _ = change(known, what, bound, by="anna", reason="because", now=NOW)
    for day in ahead:
        found = effective(known, bound.terms.basis, day)
        assert found is None or found.minor <= max(100_000, agreed[day].minor)


def in_books(known):
    books = MemoryBooks()
    books.commit(Changes(create=(known,)))
    return books


def lowest(account):
    return Ground(LOWEST)


@pytest.mark.parametrize("way", ["limits", "terms"])
def test_neither_route_takes_the_lowest_limit_away_alone(way):
    books = in_books(CAREFUL)
    with pytest.raises(Refused) as refused:
        if way == "limits":
            withdraw_limit(
                books, ORG, "D1", SetByHand.OWN, Withdrawal(force=True), ANNA, NOW, lowest
            )
        else:
            terms = CreditTerms(None, force=True)
            set_credit(books, ORG, "D1", terms, NOW, actor=ANNA, grounds=lowest)
    assert refused.value.code == "four_eyes_required"


def test_an_earlier_end_waits_for_a_second_person():
    books = in_books(CAREFUL)
    new = NewLimit(eur("10000.00"), "ends", valid_to=TODAY + timedelta(days=1), force=True)
    _, found = set_limit(books, ORG, "D1", SetByHand.OWN, new, ANNA, NOW, lowest)
    assert isinstance(found, LimitProposal)


FACTS = Profile(
    legal_form="bv", registered=True, score=90, rating="A", screened_at=NOW, kvk=COMPANY.kvk
)


def applied(take):
    """A debtor with 48,000 insured asks for 5,000 more; the bound is 50,000."""
    books = MemoryBooks()
    organisation(books)
    debtor(books, "D1")
    known = books.get(CreditAccount, ORG, "D1")
    insured = replace(known, limits=(limit(INSURED, "48000.00"),), profile=FACTS)
    books.commit(Changes(update=(insured,), create=(ApplicationTerms(ORG, eur("10000.00")),)))
    grounds = lambda account: Ground(take)  # noqa: E731
    new = NewApplication("D1", DebtorKind.COMPANY)
    opened = settle(
        books, lambda: create(books, ORG, new, token="t" * 22, by="webshop", now=NOW)
    ).application
    plan = lambda: submit(  # noqa: E731
        books, CheckedIdentities(), grounds, by_id(books, ORG, opened.id), Sender(), NOW, COMPANY
    )
    return books, grounds, settle(books, plan)


def test_the_rules_do_not_approve_what_comes_above_the_bound_together():
    _, _, application = applied(ADDED)
    assert application.state is ApplicationState.IN_REVIEW
    assert application.history[-1].why == "four_eyes"
    assert applied(policy())[2].state is ApplicationState.APPROVED


def test_one_person_does_not_approve_what_comes_above_the_bound_together():
    books, grounds, application = applied(ADDED)
    say = lambda name: settle(  # noqa: E731
        books,
        lambda: decide(
            books, ORG, application.id, DecisionRequest(ApplicationAnswer.APPROVED, "gezien"),
            Actor(name, (Role.CREDIT_MANAGER,)), NOW, grounds,
        ),
    )  # fmt: skip
    assert say("anna").state is ApplicationState.IN_REVIEW
    with pytest.raises(Refused) as refused:
        say("anna")
    assert refused.value.code == "four_eyes"
    assert say("bram").state is ApplicationState.APPROVED


@pytest.mark.parametrize(("person", "done"), [(True, Adjusted.PROPOSED), (False, Adjusted.SET)])
def test_a_first_automatic_limit_cuts_nobody_where_the_lowest_counts(person, done):
    """Art. 22 GDPR: what was granted by a person falls to what a machine counted."""
    earns = PaymentBehaviour(
        paid_invoices=5, paid_minor=100_000, by_month={"2026-08": MonthPaid(100_000)}
    )
    known = account(limit(OWN, "10000.00"), natural_person=person, behaviour=earns)
    counted = policy(limit={"take": "lowest"}, automatic={})
    changes, found = adjusted(known, (), counted, NOW)
    assert found is done
    after = next(e for e in changes.update if isinstance(e, CreditAccount))
    counts = effective(after, counted.terms.basis, TODAY)
    assert counts == (eur("10000.00") if person else eur("1500.00"))


def test_a_longer_validity_counts_on_the_days_it_adds():
    """Two agreed on both together until the end of the week; one person adds the days after."""
    known = account(
        limit(OWN, "30000.00", TODAY + timedelta(days=5)),
        limit(LimitSource.DISCRETIONARY, "30000.00"),
    )
    assert needs_four_eyes(known, limit(OWN, "30000.00"), ADDED, TODAY)
    assert not needs_four_eyes(known, limit(OWN, "20000.00"), ADDED, TODAY)


def test_until_further_notice_is_no_last_day():
    """Insurers write it as 9999-12-31."""
    known = account(limit(INSURED, "900.00", date.max))
    assert known.due is None
    assert not needs_four_eyes(known, limit(OWN, "900.00", date.max), policy(), TODAY)
