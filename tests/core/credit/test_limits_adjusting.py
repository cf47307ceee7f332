"""The limit that payment behaviour earns."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.credit.adjusting import Adjusted, decide, earned
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource, Profile
from kasstroom.credit.policy import AutomaticTerms
from kasstroom.credit.policy_document import read
from kasstroom.credit.proposals import LimitProposal, ProposalState
from kasstroom.credit.reviews import Review
from kasstroom.money import Money
from kasstroom.risk.model import MonthPaid, PaymentBehaviour
from tests.people import NOW, eur

RULE = {"id": "r", "when": {"fact": "hold", "is": True}, "outcome": "refer", "reason": "blocked"}
TODAY = date(2026, 9, 1)
TERMS = AutomaticTerms()
AUTOMATIC = LimitSource.AUTOMATIC


def policy(**automatic):
    return read("default", 1, {"rules": [RULE], "automatic": automatic})


def paid(invoices=5, days_late=0, **months):
    """`m2026_08=100000`: a thousand was paid in August."""
    by_month = {n[1:].replace("_", "-"): MonthPaid(minor) for n, minor in months.items()}
    total = sum(months.values())
    return PaymentBehaviour(
        paid_invoices=invoices, paid_minor=total, minor_days_late=total * days_late,
        by_month=by_month,
    )  # fmt: skip


def amount(behaviour, today=TODAY, terms=TERMS):
    found = earned(behaviour, terms, "EUR", today)
    return found.amount.value if found else None


def account(behaviour, standing=None, **more):
    limits = (CreditLimit(AUTOMATIC, eur(standing), "automatic", NOW),) if standing else ()
    return replace(CreditAccount("vandijk", "D1", limits=limits, behaviour=behaviour), **more)


@pytest.mark.parametrize(
    ("behaviour", "earns"),
    [
        (paid(invoices=2, m2026_08=100_000), None),
        (paid(m2026_08=100_000), "1500.00"),
        (paid(m2026_07=100_000, m2026_08=50_000), "1125.00"),
        # A month without payments counts too; the running month only when it is all there is.
        (paid(m2026_06=100_000, m2026_08=50_000), "750.00"),
        (paid(m2026_08=100_000, m2026_09=1), "1500.00"),
        (paid(m2026_09=100_000), "1500.00"),
        # Older than a year says nothing about today.
        (paid(m2025_08=900_000, m2026_08=100_000), "1500.00"),
        (paid(m2025_08=900_000), "0.00"),
        (paid(m2026_08=90_000_000), "25000.00"),
        (paid(m2026_08=100_000, days_late=14), "1500.00"),
        (paid(m2026_08=100_000, days_late=15), "750.00"),
    ],
)
def test_what_is_earned(behaviour, earns):
    assert amount(behaviour) == earns


def test_the_first_day_of_a_month_lowers_nobody():
    habits = paid(m2026_08=100_000)
    assert amount(habits, date(2026, 8, 31)) == amount(habits, date(2026, 9, 1)) == "1500.00"


@given(
    st.dictionaries(
        st.dates(date(2024, 1, 1), date(2026, 12, 31)).map(lambda d: f"{d:%Y-%m}"),
        st.integers(-(10**6), 10**9).map(MonthPaid),
        max_size=12,
    ),
    st.integers(0, 60),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_never_below_zero_nor_above_the_most(by_month, days_late, today):
    habits = PaymentBehaviour(
        paid_invoices=9, paid_minor=100, minor_days_late=100 * days_late, by_month=by_month
    )
    found = earned(habits, TERMS, "EUR", today)
    assert found and 0 <= found.amount.minor <= TERMS.most.minor


def test_the_ledger_names_the_figures():
    changes, done = decide(account(paid(m2026_08=100_000, days_late=20)), (), policy(), NOW)
    assert done is Adjusted.SET
    (line,) = changes.create
    assert line.by == "automatic"
    assert line.reason == (
        "EUR 1000.00 paid per month over 1 months; 150% of it, at most EUR 25000.00;"
        " less 50% because 20 days late on average"
    )


@pytest.mark.parametrize(
    ("standing", "done"),
    [("1364.00", "unchanged"), ("1363.00", "set"), ("1666.00", "unchanged"), ("1667.00", "set")],
)
def test_a_small_step_is_left_alone(standing, done):
    found = decide(account(paid(m2026_08=100_000), standing), (), policy(), NOW)
    assert found[1] == done


def test_once_adjusted_the_same_news_changes_nothing():
    changes, _ = decide(account(paid(m2026_08=100_000)), (), policy(), NOW)
    (after,) = changes.update
    assert after.limit_of(AUTOMATIC).amount == eur("1500.00")
    again, done = decide(after, (), policy(), NOW)
    assert (bool(again), done) == (False, Adjusted.UNCHANGED)


def test_a_policy_without_it_leaves_everything_as_it_is():
    bare = read("default", 1, {"rules": [RULE]})
    assert not decide(account(paid(m2026_08=100_000), "9.00"), (), bare, NOW)[0]


@pytest.mark.parametrize(("person", "done"), [(True, "proposed"), (False, "set")])
def test_a_machine_alone_never_cuts_the_limit_of_a_person(person, done):
    """Art. 22 GDPR; a raise is no harm and needs nobody."""
    cut = account(paid(m2026_08=100_000), "5000.00", natural_person=person)
    changes, found = decide(cut, (), policy(), NOW)
    assert found == done
    raised = account(paid(m2026_08=100_000), "1.00", natural_person=person)
    assert decide(raised, (), policy(), NOW)[1] is Adjusted.SET
    if person:
        (after,) = changes.update
        assert after.limit_of(AUTOMATIC).amount == eur("5000.00")
        proposal = next(e for e in changes.create if isinstance(e, LimitProposal))
        review = next(e for e in changes.create if isinstance(e, Review))
        assert (proposal.amount, proposal.before) == (eur("1500.00"), eur("5000.00"))
        assert (review.subject, review.natural_person) == (proposal.id, True)


@pytest.mark.parametrize(
    ("state", "days_ago", "done"),
    [("proposed", 90, "unchanged"), ("refused", 29, "unchanged"), ("refused", 31, "proposed"),
     ("granted", 1, "proposed")],
)  # fmt: skip
def test_what_a_person_has_on_the_desk_is_not_asked_twice(state, days_ago, done):
    cut = account(paid(m2026_08=100_000), "5000.00", natural_person=True)
    changes, _ = decide(cut, (), policy(), NOW)
    earlier = replace(
        changes.create[0], state=ProposalState(state), decided_at=NOW - timedelta(days=days_ago)
    )
    assert decide(cut, (earlier,), policy(), NOW)[1] == done


def test_above_the_bound_a_second_person_decides_about_a_raise_too():
    rich = account(paid(m2026_08=100_000_000))
    generous = policy(most="90000.00")
    changes, done = decide(rich, (), generous, NOW)
    assert done is Adjusted.PROPOSED
    assert changes.create[0].amount == Money(9_000_000)


def test_an_insolvent_debtor_earns_nothing_however_well_it_paid():
    gone = account(paid(m2026_08=100_000), "1500.00", profile=Profile(insolvent=True))
    changes, done = decide(gone, (), policy(), NOW)
    assert done is Adjusted.SET
    assert changes.update[0].limit_of(AUTOMATIC).amount == eur("0.00")
    assert changes.create[0].reason == "the debtor is insolvent"
