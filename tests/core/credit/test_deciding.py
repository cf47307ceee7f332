"""The decision: what is granted, what is offered instead, and what the buyer may read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kasstroom.compliance.consumer_credit import SellerTerms
from kasstroom.credit.asking import CreditCheck
from kasstroom.credit.deciding import Asked, decide
from kasstroom.credit.decision import Audience, Outcome, Reservation
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.model import (
    CoverTerms,
    CreditAccount,
    CreditLimit,
    HeldAmount,
    Hold,
    LimitSource,
    Profile,
)
from kasstroom.credit.policies import FALLBACK
from kasstroom.credit.policy import judge
from kasstroom.credit.reasons import BUYER_TEXT, CODES
from kasstroom.credit.reviews import Review
from kasstroom.credit.room import Ground
from kasstroom.credit.views import decision_view
from kasstroom.debtors.model import Address
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from tests.people import NOW, ORG, eur

OWN = CreditLimit(LimitSource.OWN, eur("1000.00"), "anna", NOW)
ACCOUNT = CreditAccount(ORG, "D1", limits=(OWN,))
CONSUMER = replace(ACCOUNT, kind="consumer", natural_person=True)
GROUND = Ground(default_policy())
LATE = {date(2026, 6, 1): 10_000}


def decided(account=ACCOUNT, amount="100.00", ground=GROUND, now=NOW, **request):
    asked = Asked(CreditCheck(eur(amount), account.debtor, **request), "r", "f", now)
    return decide(account, asked, ground)


def answer(*args, **named):
    return decided(*args, **named)[1]


def kinds(made):
    return [alternative.kind for alternative in made.alternatives]


def test_a_part_is_held_when_the_shop_takes_parts():
    made = answer(amount="1500.00", accept_partial=True)
    assert (made.outcome, made.approved) == ("approved_partial", eur("1000.00"))
    (reservation,) = [
        e for e in decided(amount="1500.00", accept_partial=True)[0].create
        if isinstance(e, Reservation)
    ]  # fmt: skip
    assert (reservation.amount, reservation.held_minor) == (eur("1000.00"), 100_000)
    rest = [a for a in made.alternatives if a.kind == "part_prepayment"]
    assert [a.amount for a in rest] == [eur("500.00")]


def test_a_part_too_small_to_matter_is_no_part():
    nearly_full = replace(ACCOUNT, open_by_due={date(2026, 12, 1): 95_001})
    made = answer(nearly_full, "100.00", accept_partial=True)
    assert (made.outcome, made.approved, made.reservation_id) == ("declined", eur("0.00"), None)
    just_enough = replace(ACCOUNT, open_by_due={date(2026, 12, 1): 95_000})
    assert answer(just_enough, "100.00", accept_partial=True).approved == eur("50.00")


def test_the_largest_order_counts_beside_the_limit():
    capped = replace(ACCOUNT, per_order_cap=eur("300.00"))
    made = answer(capped, "400.00")
    assert [r.code for r in made.reasons] == ["order_above_max"]
    lower = next(a for a in made.alternatives if a.kind == "lower_amount")
    assert (made.outcome, lower.amount) == ("declined", eur("300.00"))
    assert answer(capped, "300.00").outcome == "approved"


@pytest.mark.parametrize(
    "account",
    [
        replace(ACCOUNT, hold=Hold("bounced", NOW)),
        replace(ACCOUNT, limits=()),
        replace(ACCOUNT, open_by_due=LATE),
        replace(ACCOUNT, profile=Profile(insolvent=True)),
    ],
    ids=["hold", "no limit", "late", "insolvent"],
)
def test_an_order_paid_in_advance_is_always_possible(account):
    made = answer(account, "100.00", prepaid=eur("100.00"))
    assert (made.outcome, made.reservation_id, made.approved) == ("approved", None, eur("0.00"))


def test_who_may_be_on_a_sanctions_list_is_looked_at_however_they_pay():
    listed = replace(ACCOUNT, profile=Profile(sanctions="possible"))
    made = answer(listed, "100.00", prepaid=eur("100.00"))
    assert (made.outcome, made.reservation_id) == ("refer", None)


def test_only_what_is_not_prepaid_is_held():
    made = answer(amount="1500.00", prepaid=eur("500.00"))
    assert (made.outcome, made.approved, made.requested) == (
        "approved",
        eur("1000.00"),
        eur("1500.00"),
    )
    assert answer(amount="1500.01", prepaid=eur("500.00")).outcome == "declined"


def test_asking_softly_holds_nothing_and_opens_no_review():
    changes, made = decided(amount="400.00", commit=False)
    assert (made.outcome, made.committed, made.reservation_id) == ("approved", False, None)
    (account,) = changes.update
    assert (account.held, account.orders) == ((), 0)
    changes, made = decided(replace(ACCOUNT, limits=()), commit=False)
    assert made.outcome == "refer"
    assert not [e for e in changes.create if isinstance(e, Review)]


def test_what_is_referred_waits_for_a_person():
    changes, made = decided(replace(CONSUMER, open_by_due=LATE), term_days=14)
    (review,) = [e for e in changes.create if isinstance(e, Review)]
    assert (made.outcome, review.subject, review.natural_person) == ("refer", made.id, True)
    assert review.reasons == ("in_arrears",)


@pytest.mark.parametrize(
    ("term", "seller", "outcome", "instead"),
    [
        (50, SellerTerms(), "approved", []),
        (51, SellerTerms(), "refer", [50]),
        (14, SellerTerms(sme=False), "approved", []),
        (30, SellerTerms(sme=False), "refer", [14]),
        (14, SellerTerms(third_party=True), "refer", []),
        (14, SellerTerms(fees=True), "refer", []),
        (14, SellerTerms(platform=True), "refer", []),
    ],
)
def test_regulated_consumer_credit_is_not_given_by_accident(term, seller, outcome, instead):
    ground = Ground(default_policy(), seller)
    made = answer(CONSUMER, ground=ground, term_days=term)
    assert made.outcome == outcome
    assert [a.days for a in made.alternatives if a.kind == "shorter_term"] == instead
    business = answer(ACCOUNT, ground=ground, term_days=term)
    assert business.outcome == "approved"


def test_a_seller_whom_the_law_forbids_it_refuses_regulated_credit_at_once():
    """Art. 22 GDPR asks for a person where a person could decide otherwise; who has no licence may
    not give it at all, and says so in the policy."""
    policy = default_policy()
    terms = replace(policy.terms, regulated_credit=Outcome.DECLINED)
    forbidden = replace(policy, terms=terms)
    made = answer(CONSUMER, ground=Ground(forbidden), term_days=90)
    assert (made.outcome, [r.rule for r in made.reasons]) == ("declined", ["regulated_credit"])
    platform = Ground(forbidden, SellerTerms(platform=True))
    assert answer(CONSUMER, ground=platform, term_days=14).outcome == "refer"


def test_the_term_agreed_with_the_debtor_counts_when_none_is_asked():
    assert answer(replace(ACCOUNT, terms_days=45)).term_days == 45
    assert answer(replace(ACCOUNT, terms_days=45), term_days=10).term_days == 10
    assert answer().term_days == GROUND.terms_days


def test_cover_that_stopped_is_for_a_person():
    cover = CoverTerms("cov_1", eur("1000.00"), 90, 60, date(2026, 12, 31))
    insured = CreditLimit(LimitSource.INSURED, eur("1000.00"), "insurer", NOW)
    covered = replace(ACCOUNT, limits=(insured,), cover=cover)
    assert answer(covered).outcome == "approved"
    past_extension = NOW.date() - timedelta(days=61)
    stopped = replace(covered, open_by_due={past_extension: 2_000})
    assert [r.code for r in answer(stopped).reasons] == ["cover_expired"]
    assert answer(stopped).facts["cover_state"] == "stopped"
    expired = replace(covered, cover=replace(cover, valid_to=date(2026, 8, 31)))
    assert answer(expired).facts["cover_state"] == "expired"


def test_another_spelling_of_the_address_is_the_same_address():
    known = replace(ACCOUNT, profile=Profile(address_key="3511ED-9A"))
    same = Address("Stationsplein 9-a", "", "3511 ed", "Utrecht")
    other = Address("Stationsplein", "9b", "3511ED", "Utrecht")
    assert answer(known, billing_address=same).facts["address_match"] == "match"
    assert answer(known, billing_address=other).facts["address_match"] == "mismatch"
    assert answer(known).facts["address_match"] == "unknown"


def test_a_buyer_never_reads_what_is_for_the_merchant():
    secret = [code for code, known in CODES.items() if known.audience is Audience.MERCHANT]
    assert not set(secret) & set(BUYER_TEXT)
    for account in (replace(ACCOUNT, hold=Hold("rude on the phone", NOW)), ACCOUNT):
        made = answer(account, "1000.01")
        shown = decision_view(made, Language.NL).buyer
        assert (shown.answer, shown.reasons) == ("refused", ())
        assert shown.text == BUYER_TEXT["neutral"][Language.NL]


def test_the_fallback_neither_approves_nor_refuses():
    ground = Ground(FALLBACK)
    for account in (ACCOUNT, replace(ACCOUNT, hold=Hold("x", NOW)), CONSUMER):
        assert answer(account, ground=ground, term_days=14).outcome == "refer"


@pytest.mark.parametrize("skew", [timedelta(days=-400), timedelta(hours=-3), timedelta(days=400)])
def test_a_reservation_counts_until_its_end_by_the_clock_of_who_asks(skew):
    """A clock that is behind gives nothing away; one that is ahead of a reservation's end treats it
    as over, as the expiry run of that clock would."""
    later = HeldAmount("rsv_later", 60_000, NOW + timedelta(days=21))
    account = replace(ACCOUNT, held=(later,))
    made = answer(account, "500.00", now=NOW + skew)
    expected = "approved" if NOW + skew >= later.expires_at else "declined"
    assert made.outcome == expected
    assert made.available.minor >= 0


FACTS = {
    "limits": st.integers(0, 10**9),
    "open": st.dictionaries(
        st.dates(date(2026, 1, 1), date(2027, 6, 1)), st.integers(-(10**8), 10**8), max_size=6
    ),
    "amount": st.integers(1, 10**9),
    "partial": st.booleans(),
}


@settings(max_examples=300, deadline=None)
@given(**FACTS)
def test_nothing_is_ever_held_above_what_is_left_and_every_decision_replays(
    limits, open, amount, partial
):
    own = replace(OWN, amount=Money(limits))
    account = replace(ACCOUNT, limits=(own,), open_by_due=open)
    request = CreditCheck(Money(amount), "D1", accept_partial=partial)
    changes, made = decide(account, Asked(request, "r", "f", NOW), GROUND)
    (after,) = [e for e in changes.update if isinstance(e, CreditAccount)]
    used = max(0, account.open_minor) + after.reserved_minor(NOW)
    assert after.reserved_minor(NOW) == 0 or used <= limits
    again = judge(GROUND.policy, made.facts)
    assert (again.fired, again.reasons) == (made.fired, made.reasons)
