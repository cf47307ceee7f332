"""What is written down of an answer, and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kasstroom.credit.limits import LimitChange
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource
from kasstroom.credit.proposals import LimitProposal, ProposalState
from kasstroom.credit.reviews import Review
from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom.screening.asking import Heard
from kasstroom.screening.at_checkout import fresh_enough
from kasstroom.screening.learning import NOBODY, of_bureau, of_insolvency
from kasstroom.screening.model import Basis, Facts, Hit, Outcome, Source, StatedBasis
from kasstroom.screening.policy import basis_of, is_fresh, is_resting, skipped_because
from kasstroom.screening.ports import BureauAnswer, Insolvency, Sources, Subject
from kasstroom.screening.recording import Known, recorded

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
COMPANY = Subject("De Hoeksteen B.V.", "NL", "20000001", "NL800000043B01")
PERSON = Subject("Jansen", "NL", "20000007", natural_person=True)
FOUND, NOT_FOUND, UNAVAILABLE = Outcome


def known(account=None, reports=None, subject=COMPANY, expected=()):
    account = account or CreditAccount("vandijk", "D1", natural_person=subject.natural_person)
    return Known(account, subject, reports or {}, expected)


def rating(letter, score, limit, day=1, cost=195):
    as_of = datetime(2026, 8, day, tzinfo=UTC)
    answer = BureauAnswer("NL-X-1", letter, score, Money(limit), as_of)
    return Heard(Source.BUREAU, FOUND, of_bureau(answer), cost)


def types(changes):
    return [event.TYPE for event in changes.events]


def after(before, heard, now=NOW):
    changes, account, reports = recorded(before, [heard], now)
    return changes, account, replace(before, account=account, reports=reports)


def test_an_answer_becomes_report_profile_limit_and_events_in_one_go():
    changes, account, reports = recorded(known(), [rating("A", 82, 4_000_000)], NOW)
    assert (account.profile.rating, account.profile.score) == ("A", 82)
    assert account.limit_of(LimitSource.BUREAU).amount == Money(4_000_000)
    assert account.review_on is not None
    report = reports[Source.BUREAU]
    assert (report.outcome, report.cost_minor, report.spent_minor) == (FOUND, 195, 195)
    assert report.fresh_until == NOW + timedelta(days=30)
    assert types(changes) == ["debtor.screened", "credit.limit.changed"]
    assert any(isinstance(item, LimitChange) for item in changes.create)
    assert changes.update == (report, account)


def test_a_change_of_rating_is_told_with_both_and_the_limit_follows():
    _, _, before = after(known(), rating("A", 82, 4_000_000))
    changes, account, _ = after(before, rating("D", 31, 100_000, day=9), NOW + timedelta(days=9))
    (told,) = [e for e in changes.events if e.TYPE == "bureau.rating.changed"]
    assert (told.previous, told.rating, told.previous_score, told.score) == ("A", "D", "82", "31")
    assert account.limit_of(LimitSource.BUREAU).amount == Money(100_000)


def test_when_the_rating_goes_the_limit_falls_to_nothing_and_stays_there():
    _, _, before = after(known(), rating("A", 82, 4_000_000))
    gone = Heard(Source.BUREAU, NOT_FOUND, NOBODY[Source.BUREAU])
    changes, account, _ = after(before, gone, NOW + timedelta(days=1))
    assert account.limit_of(LimitSource.BUREAU).amount == Money(0)
    assert (account.profile.rating, account.profile.score) == ("", None)
    assert "bureau.rating.changed" in types(changes)
    (line,) = [item for item in changes.create if isinstance(item, LimitChange)]
    assert (line.before, line.after, line.reason) == (Money(4_000_000), Money(0), "no rating")
    _, account, _ = after(replace(before, account=account), rating("B", 70, 100_000, day=9))
    assert account.limit_of(LimitSource.BUREAU).amount == Money(100_000)


def test_an_older_report_that_comes_later_changes_nothing_but_its_price():
    _, _, before = after(known(), rating("D", 31, 100_000, day=9))
    later = NOW + timedelta(hours=1)
    changes, account, now_known = after(before, rating("A", 82, 4_000_000, day=2), later)
    assert account.profile.rating == "D"
    assert account.limit_of(LimitSource.BUREAU).amount == Money(100_000)
    assert types(changes) == ["debtor.screened"]
    report = now_known.reports[Source.BUREAU]
    assert (report.facts.rating, report.spent_minor) == ("D", 390)


def test_an_answer_asked_before_the_one_we_have_changes_nothing():
    vat = Heard(Source.VAT, NOT_FOUND, NOBODY[Source.VAT])
    _, _, before = after(known(), vat)
    early = Heard(Source.VAT, FOUND, Facts(vat_valid=True))
    _, account, _ = after(before, early, NOW - timedelta(seconds=1))
    assert account.profile.vat_valid is False


def test_unavailable_is_not_invalid():
    _, _, before = after(known(), Heard(Source.VAT, FOUND, Facts(vat_valid=True, proof="W1")))
    down = Heard(Source.VAT, UNAVAILABLE)
    changes, account, now_known = after(before, down, NOW + timedelta(days=8))
    report = now_known.reports[Source.VAT]
    assert account.profile.vat_valid is True
    assert (report.outcome, report.facts.proof) == (FOUND, "W1")
    assert is_resting(report, NOW + timedelta(days=8, minutes=14))
    assert not is_resting(report, NOW + timedelta(days=8, minutes=15))
    assert changes.events[0].missing == ("vat",)
    first, account, _ = after(known(), down)
    assert account.profile.vat_valid is None and account.profile.screened_at is None


def test_fresh_by_source_by_policy_and_by_what_was_asked():
    _, _, before = after(known(), rating("A", 82, 100))
    report = before.reports[Source.BUREAU]
    assert is_fresh(report, COMPANY, NOW + timedelta(days=29))
    assert not is_fresh(report, COMPANY, NOW + timedelta(days=30))
    assert not is_fresh(report, COMPANY, NOW + timedelta(days=3), max_age_days=3)
    assert not is_fresh(report, replace(COMPANY, kvk="20000002"), NOW)


def test_a_corrected_number_is_about_somebody_else():
    _, _, before = after(known(), rating("D", 31, 100, day=9))
    moved = replace(before, subject=replace(COMPANY, kvk="20000002"))
    _, account, _ = after(moved, rating("A", 82, 100, day=2))
    assert account.profile.rating == "A"


def test_screened_at_is_the_oldest_answer_once_all_have_answered():
    both = (Source.VAT, Source.BUREAU)
    _, account, before = after(known(expected=both), rating("A", 82, 100))
    assert account.profile.screened_at is None
    vat = Heard(Source.VAT, FOUND, Facts(vat_valid=True))
    _, account, _ = after(before, vat, NOW + timedelta(days=2))
    assert account.profile.screened_at == NOW
    assert fresh_enough(account, 3, NOW + timedelta(days=2))
    assert not fresh_enough(account, 2, NOW + timedelta(days=2))
    assert fresh_enough(CreditAccount("o", "d"), None, NOW)
    assert not fresh_enough(CreditAccount("o", "d"), 30, NOW)


def test_less_credit_for_a_natural_person_waits_for_somebody():
    _, account, before = after(known(subject=PERSON), rating("A", 82, 400_000))
    assert account.limit_of(LimitSource.BUREAU).amount == Money(400_000)
    changes, account, again = after(before, rating("D", 31, 100_000, day=9))
    assert account.limit_of(LimitSource.BUREAU).amount == Money(400_000)
    (review,) = [item for item in changes.create if isinstance(item, Review)]
    assert (review.kind, review.amount, review.natural_person) == ("limit", Money(100_000), True)
    (proposal,) = [item for item in changes.create if isinstance(item, LimitProposal)]
    assert review.subject == proposal.id and review.reasons == ("bureau_limit_lower",)
    again = replace(again, proposals=lambda: (proposal,))
    changes, _, _ = after(again, rating("D", 30, 100_000, day=10), NOW + timedelta(days=1))
    assert not changes.create


@pytest.mark.parametrize("own", [None, Money(750_000)])
def test_what_one_person_could_not_grant_no_bureau_grants_either(own):
    limits = (CreditLimit(LimitSource.OWN, own, "bram", NOW),) if own else ()
    account = CreditAccount("vandijk", "D1", limits=limits)
    changes, account, before = after(known(account), rating("A", 94, 25_000_000))
    assert account.limits == limits and account.profile.rating == "A"
    (proposal,) = [item for item in changes.create if isinstance(item, LimitProposal)]
    (review,) = [item for item in changes.create if isinstance(item, Review)]
    assert (proposal.amount, proposal.asked_by) == (Money(25_000_000), "screening")
    assert (review.subject, review.reasons) == (proposal.id, ("four_eyes",))
    assert sum(isinstance(item, CreditAccount) for item in changes.update) == 1
    waiting = replace(before, proposals=lambda: (proposal,))
    changes, account, _ = after(waiting, rating("A", 95, 26_000_000, day=9))
    assert not changes.create and account.limits == limits


def test_advice_that_was_refused_is_asked_again_only_when_it_moved():
    changes, _, before = after(known(), rating("A", 94, 25_000_000))
    (proposal,) = [item for item in changes.create if isinstance(item, LimitProposal)]
    turned_down = replace(proposal, state=ProposalState.REFUSED)
    refused = replace(before, proposals=lambda: (turned_down,))
    same, _, _ = after(refused, rating("A", 93, 25_000_000, day=9))
    assert not same.create
    moved, _, _ = after(refused, rating("A", 93, 26_000_000, day=9))
    assert [p.amount for p in moved.create if isinstance(p, LimitProposal)] == [Money(26_000_000)]


def test_no_rating_any_more_is_put_to_a_person_too_when_it_is_about_one():
    _, _, before = after(known(subject=PERSON), rating("A", 82, 400_000))
    gone = Heard(Source.BUREAU, NOT_FOUND, NOBODY[Source.BUREAU])
    changes, account, _ = after(before, gone, NOW + timedelta(days=1))
    assert account.limit_of(LimitSource.BUREAU).amount == Money(400_000)
    (proposal,) = [item for item in changes.create if isinstance(item, LimitProposal)]
    assert (proposal.amount, proposal.reason) == (Money(0), "no rating")


@pytest.mark.parametrize(("subject", "insolvent"), [(COMPANY, True), (PERSON, False)])
def test_insolvency_is_a_fact_for_a_company_and_a_question_for_a_person(subject, insolvent):
    facts = of_insolvency(subject, [Insolvency("F.1", subject.name, subject.kvk)])
    heard = Heard(Source.INSOLVENCY, FOUND, facts)
    changes, account, again = after(known(subject=subject), heard)
    assert account.profile.insolvent is insolvent
    assert ("debtor.insolvent" in types(changes)) is insolvent
    reviews = [item for item in changes.create if isinstance(item, Review)]
    assert [r.reasons for r in reviews] == ([] if insolvent else [("insolvency_possible",)])
    changes, _, _ = after(again, heard, NOW + timedelta(days=1))
    assert not changes.create and types(changes) == ["debtor.screened"]


def test_another_company_s_insolvency_is_not_ours():
    assert of_insolvency(COMPANY, [Insolvency("F.1", COMPANY.name, "99999999")]) is None


def test_a_possible_sanctions_hit_opens_one_review_and_tells_only_ids():
    heard = Heard(Source.SANCTIONS, FOUND, Facts(hits=(Hit("NK-1", ("eu_fsf",), 96),)))
    changes, account, again = after(known(), heard)
    assert account.profile.sanctions == "possible" and account.hold is None
    (review,) = [item for item in changes.create if isinstance(item, Review)]
    assert (review.kind, review.reasons) == ("periodic", ("sanctions_possible",))
    (told,) = [e for e in changes.events if e.TYPE == "sanctions.possible_hit"]
    assert (told.entries, told.lists) == (("NK-1",), ("eu_fsf",))
    changes, _, _ = after(again, heard, NOW + timedelta(days=1))
    assert not changes.create
    clear = Heard(Source.SANCTIONS, NOT_FOUND)
    _, account, _ = after(again, clear, NOW + timedelta(days=2))
    assert account.profile.sanctions == "clear"


def test_a_recommended_limit_in_another_currency_is_left_alone():
    facts = replace(rating("A", 82, 1).facts, limit=Money(100, "USD"))
    _, account, _ = recorded(known(), [Heard(Source.BUREAU, FOUND, facts)], NOW)
    assert account.limits == ()


@pytest.mark.parametrize(
    "stated", [None, StatedBasis(Basis.CONSENT), StatedBasis(Basis.CONSENT, "  ")]
)
def test_a_person_s_credit_data_need_a_stated_basis(stated):
    with pytest.raises(Refused) as refused:
        basis_of(Source.BUREAU, PERSON, stated)
    assert refused.value.code == "consent_required"
    assert basis_of(Source.BUREAU, COMPANY, None).kind is Basis.LEGITIMATE_INTEREST
    assert basis_of(Source.INSOLVENCY, PERSON, None).kind is Basis.LEGITIMATE_INTEREST


def test_why_a_source_is_left_out():
    everything = Sources(*[object()] * 5)
    assert skipped_because(Source.BUREAU, COMPANY, Sources(), None) == "not_set_up"
    assert skipped_because(Source.BUREAU, PERSON, everything, None) == "consent_required"
    bare = Subject("Klant D1")
    assert skipped_because(Source.INSOLVENCY, bare, everything, None) == "no_identifier"
    assert skipped_because(Source.SANCTIONS, bare, everything, None) == ""
