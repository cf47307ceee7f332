"""Answers and claims at their edges: nothing, for ever, later, and in another currency."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kasstroom.changes import Changes, Work
from kasstroom.credit.model import LimitSource
from kasstroom.errors import Refused
from kasstroom.insurance import settlement
from kasstroom.insurance.claim import ClaimDocument
from kasstroom.insurance.codes import RequestKind, Response
from kasstroom.insurance.covers import OwnCover, grant_own
from kasstroom.insurance.model import CoverAnswer, CoverRequest, RequestState
from kasstroom.insurance.polling import poll_due
from kasstroom.insurance.settlement import DecideClaim, PayClaim, Verdict
from kasstroom.insurance.terms import DocumentKind as Kind
from kasstroom.insurance.watching import watch_due
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.money import Money
from kasstroom.settle import settle
from kasstroom.time import day_of
from tests.core.insurance.policyholder import (
    MANAGER,
    ScriptedInsurer,
    account_of,
    ask,
    cover_of,
    policies,
    policyholder,
    told,
    types,
)
from tests.core.insurance.test_answers import experienced, poll
from tests.core.insurance.test_claims import DOCUMENTS, JANUARY, claimable, file
from tests.people import NOW, ORG, eur

TODAY = day_of(NOW)
NOTHING = eur("0.00")
INSURED = LimitSource.INSURED


def insured(books, on=TODAY):
    """What the insured limit of that day is; None when none counts."""
    limit = account_of(books).limit_of(INSURED)
    return limit.amount if limit and limit.counts_on(on) else None


def test_a_claim_approved_for_nothing_brings_nothing():
    books = claimable()
    claim = file(books)
    nothing = DecideClaim(Verdict.APPROVED, NOTHING)
    decided = settle(books, lambda: settlement.decide(books, ORG, claim.id, nothing, MANAGER, NOW))
    assert decided.amount == NOTHING
    paid = settle(books, lambda: settlement.pay(books, ORG, claim.id, PayClaim(), MANAGER, NOW))
    assert paid.paid == NOTHING
    assert policies(books)[0].paid_minor == 0


def test_a_payment_of_nothing_is_no_payment_of_what_was_approved():
    books = claimable()
    claim = file(books)
    yes = DecideClaim(Verdict.APPROVED)
    settle(books, lambda: settlement.decide(books, ORG, claim.id, yes, MANAGER, NOW))
    nothing = PayClaim(NOTHING)
    paid = settle(books, lambda: settlement.pay(books, ORG, claim.id, nothing, MANAGER, NOW))
    assert paid.paid == NOTHING


def test_own_cover_of_nothing_is_not_all_there_is():
    books = policyholder()
    experienced(books)
    with pytest.raises(Refused) as refused:
        grant_own(books, ORG, "D1", OwnCover(NOTHING), policies(books), MANAGER, NOW)
    assert refused.value.pointer == "/body/amount"


def also(books, number, amount):
    new = Invoice(
        ORG, "D1", number, DocumentKind.INVOICE, date(2026, 2, 1), date(2026, 2, 28), amount,
        amount, JANUARY,
    )  # fmt: skip
    books.commit(Changes(create=(new,)))


def test_a_claim_adds_no_dollars_to_euros():
    books = claimable(None, "30000")
    also(books, "A0", Money.parse("70000.00", "USD"))
    claim = file(books)
    assert [line.number for line in claim.invoices] == ["N0"]
    assert claim.debt == eur("30000")
    with pytest.raises(Refused) as refused:
        file(books, "A0")
    assert (refused.value.code, refused.value.pointer) == ("wrong_currency", "/body/invoices/0")


@pytest.mark.parametrize("kind", ["answer", "own"])
def test_until_further_notice_may_be_written_as_the_last_day_there_is(kind):
    books = policyholder()
    if kind == "answer":
        told(books, Response.APPROVED, "50000", valid_to=date.max)
        assert insured(books) == eur("50000")
    else:
        experienced(books)
        policy = replace(policies(books)[0], valid_to=date.max)
        books.commit(Changes(update=(policy,)))
        plan = lambda: grant_own(  # noqa: E731
            books, ORG, "D1", OwnCover(), policies(books), MANAGER, NOW
        )
        settle(books, plan)
    assert account_of(books).due is None
    assert watch_due(books, NOW + timedelta(days=2))["watched"] == 1


def test_a_first_day_that_cannot_be_is_refused():
    books = policyholder()
    with pytest.raises(Refused) as refused:
        told(books, Response.APPROVED, "50000", valid_from=date.min)
    assert refused.value.code == "invalid_period"


@pytest.mark.parametrize("request_kind", [RequestKind.PROLONG, RequestKind.REDUCE])
def test_a_refused_change_leaves_the_cover_as_it_was(request_kind):
    books = policyholder()
    told(books, Response.APPROVED, "50000", valid_to=date(2026, 12, 31))
    asked = ask(books, "40000", kind=request_kind)
    told(books, Response.NOT_APPROVED, request=asked.id)
    assert cover_of(books).in_force and insured(books) == eur("50000")
    assert insured(books, date(2027, 1, 1)) is None


def test_an_answer_that_is_not_there_yet_is_not_asked_for_where_nobody_can_be_asked():
    books = policyholder(insurer="by_letter")
    asked = ask(books)
    told(books, Response.INVESTIGATING, request=asked.id)
    assert not list(books.due(Work.INSURER_JOB, NOW + timedelta(days=40)))
    assert poll(books, None, NOW + timedelta(days=1)).failed == 0
    told(books, Response.APPROVED, "50000", request=asked.id, now=NOW + timedelta(days=2))
    assert books.get(CoverRequest, ORG, "D1", asked.id).state is RequestState.ANSWERED


NEW_YEAR = date(2027, 1, 1)
ON_NEW_YEAR = NOW + (NEW_YEAR - TODAY) * 1


@pytest.mark.parametrize("granted", ["50000", "80000"])
def test_a_prolongation_in_advance_leaves_no_hole(granted):
    """Known in September, from 1 January: until then what was granted before counts."""
    books = policyholder()
    told(books, Response.APPROVED, "50000", valid_to=date(2026, 12, 31))
    told(
        books, Response.APPROVED, granted, decision_id="next", valid_from=NEW_YEAR,
        valid_to=date(2027, 12, 31),
    )  # fmt: skip
    for day in (TODAY, date(2026, 12, 31)):
        assert insured(books, day) == eur("50000")
    assert account_of(books).cover.insured == eur("50000")
    watch_due(books, NOW + timedelta(days=1))
    assert insured(books) == eur("50000")
    watch_due(books, ON_NEW_YEAR)
    assert insured(books, NEW_YEAR) == eur(granted)
    assert account_of(books).cover.insured == eur(granted)
    assert insured(books, date(2028, 1, 1)) is None
    before = types(books).count("credit.limit.changed")
    watch_due(books, ON_NEW_YEAR + timedelta(days=1))
    assert types(books).count("credit.limit.changed") == before


def test_a_first_cover_from_a_later_day_counts_from_that_day():
    books = policyholder()
    told(books, Response.APPROVED, "50000", valid_from=NEW_YEAR)
    assert insured(books) is None and insured(books, NEW_YEAR) == eur("50000")


def test_a_term_of_no_days_is_told_to_the_insurer():
    books = policyholder()
    books.commit(Changes(update=(replace(account_of(books), terms_days=0),)))
    assert ask(books).terms_days == 0


def test_an_insurer_that_answers_for_ever_stops_nobody_else():
    books = policyholder()
    ask(books)
    answer = CoverAnswer("d", Response.APPROVED, eur("50000"), valid_to=date.max)
    insurer = ScriptedInsurer([answer])
    poll(books, insurer)
    found = poll_due(
        books, lambda org, name: insurer, lambda *id: "https://x", NOW + timedelta(minutes=3)
    )
    assert found.answered == 1


def test_a_claim_that_would_not_fit_in_its_item_is_refused():
    books = claimable()
    many = tuple(ClaimDocument(Kind.OTHER, "€" * 500) for _ in range(100))
    with pytest.raises(Refused) as refused:
        file(books, documents=(*DOCUMENTS, *many))
    assert (refused.value.code, refused.value.pointer) == ("claim_too_large", "/body/documents")
    file(books, documents=(*DOCUMENTS, *many[:60]))


def test_an_answer_with_more_conditions_than_anybody_reads_is_refused():
    books = policyholder()
    with pytest.raises(Refused) as refused:
        told(books, Response.CONDITIONAL, "50000", conditions=("x" * 500,) * 51)
    assert refused.value.pointer == "/body/conditions"
