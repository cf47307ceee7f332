"""Facts that come in while others are at work: kept, weighed once, and decided once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kasstroom.access.model import Actor, Role
from kasstroom.applications.deciding import ApplicationAnswer, DecisionRequest
from kasstroom.applications.facts import Learned
from kasstroom.applications.finding import by_id
from kasstroom.applications.gathering import FOLLOWED, Gathered, ask_again, gather
from kasstroom.applications.model import ApplicationState, CreditApplication
from kasstroom.applications.opening import NewApplication, create
from kasstroom.applications.sending import Sender, submit
from kasstroom.applications.terms import ApplicationTerms
from kasstroom.applications.usecases import decide, decide_review
from kasstroom.changes import Changes
from kasstroom.compliance.consumer_credit import SellerTerms
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.model import CreditAccount, LimitSource, Profile
from kasstroom.credit.reviews import QueuedReview, Review, ReviewKind, ReviewState
from kasstroom.credit.room import Ground
from kasstroom.errors import NotFound, Refused
from kasstroom.events.applications import ApplicationFactsAsked
from kasstroom.settle import settle
from kasstroom_partners.identities import CheckedIdentities
from tests.applicants import COMPANY
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, eur, organisation

GOOD = Profile(legal_form="bv", registered=True, score=90, rating="A", screened_at=NOW)


def grounds(account):
    return Ground(default_policy(), SellerTerms())


@pytest.fixture
def books():
    made = MemoryBooks()
    organisation(made)
    made.commit(Changes(create=(ApplicationTerms(ORG, eur("10000.00")),)))
    return made


@pytest.fixture
def waiting(books):
    return sent(books)


def sent(books, **changes):
    new = NewApplication(debtor="D77")
    plan = lambda: create(books, ORG, new, token="t" * 22, by="webshop", now=NOW)  # noqa: E731
    id = settle(books, plan).application.id
    data, who = replace(COMPANY, **changes), Sender(allow_duplicates=True)
    return settle(
        books,
        lambda: submit(books, CheckedIdentities(), grounds, by_id(books, ORG, id), who, NOW, data),
    )


def gathered(books, application, ask=lambda application: Learned(GOOD)):
    return gather(books, ask, ORG, application.debtor, application.id, grounds, NOW)


def decided(books, application, verdict, name):
    actor, request = Actor(name, (Role.CREDIT_MANAGER,)), DecisionRequest(verdict, "gezien")
    return settle(books, lambda: decide(books, ORG, application.id, request, actor, NOW, grounds))


def stored(books, application):
    return books.get(CreditApplication, ORG, "D77", application.id)


def types(books):
    return [event.TYPE for event in books.events]


def test_facts_are_asked_for_once(books, waiting):
    asked = []

    def ask(application):
        asked.append(application.id)
        return Learned(replace(GOOD, score=20))

    assert gathered(books, waiting, ask) is Gathered.FOR_A_PERSON
    assert gathered(books, waiting, ask) is Gathered.NOT_NEEDED
    assert asked == [waiting.id]


def test_no_answer_counts_as_asked(books, waiting):
    assert gathered(books, waiting, lambda a: Learned()) is Gathered.FOR_A_PERSON
    assert gathered(books, waiting) is Gathered.NOT_NEEDED
    assert stored(books, waiting).state is ApplicationState.IN_REVIEW


def test_two_deliveries_at_once_decide_once(books, waiting):
    def ask(application):
        assert gathered(books, waiting) is Gathered.APPROVED
        return Learned(replace(GOOD, score=1))

    assert gathered(books, waiting, ask) is Gathered.APPROVED
    assert stored(books, waiting).facts.score == 90
    told = types(books)
    assert told.count("application.decided") == told.count("credit.limit.changed") == 1
    assert told.count("debtor.created") == 1


def test_a_person_who_was_first_is_not_overruled(books, waiting):
    def ask(application):
        decided(books, application, ApplicationAnswer.REJECTED, "anna")
        return Learned(GOOD)

    assert gathered(books, waiting, ask) is Gathered.FOR_A_PERSON
    after = stored(books, waiting)
    assert (after.state, after.verdict.by) == (ApplicationState.REJECTED, "anna")
    assert books.find(CreditAccount, ORG, "D77") is None


def test_a_doubt_keeps_the_rules_from_approving(books, waiting):
    doubts = ("insolvency_possible",)
    assert gathered(books, waiting, lambda a: Learned(GOOD, doubts)) is Gathered.FOR_A_PERSON
    after = stored(books, waiting)
    assert books.get(Review, ORG, "D77", after.review_id).reasons == doubts
    assert books.get(QueuedReview, ORG, id=after.review_id).open
    assert after.history[-1].why == ""


def test_who_agreed_first_keeps_the_decision_with_people(books):
    application = sent(books, requested=eur("60000.00"))
    decided(books, application, ApplicationAnswer.APPROVED, "anna")
    assert gathered(books, application) is Gathered.FOR_A_PERSON
    after = decided(books, application, ApplicationAnswer.APPROVED, "bram")
    assert (after.state, after.facts.score) == (ApplicationState.APPROVED, 90)
    assert books.get(CreditAccount, ORG, "D77").profile.score == 90


def test_news_of_an_application_that_is_not_here(books, waiting):
    with pytest.raises(NotFound):
        gathered(books, replace(waiting, id="app_unknown"))


ANNA = Actor("anna", (Role.CREDIT_MANAGER,))
LATER = NOW + timedelta(hours=2)


def review_of(books, application):
    return books.get(Review, ORG, "D77", application.review_id)


def asked_again(books, application, actor=ANNA, now=LATER):
    return settle(books, lambda: ask_again(books, review_of(books, application), actor, now))


def test_a_person_has_the_registers_asked_again_and_decides_on_what_they_say(books, waiting):
    out = Learned(Profile(), missing=("bureau",))
    gathered(books, waiting, lambda a: out)
    before = stored(books, waiting).facts_request
    assert (before.state, before.asked_by, before.missing) == ("incomplete", "rules", ("bureau",))
    after = asked_again(books, waiting)
    assert (after.facts_request.state, after.facts_request.asked_by) == ("asked", "anna")
    assert after.history[-1].by == "anna"
    assert types(books)[-1] == ApplicationFactsAsked.TYPE in FOLLOWED
    assert gathered(books, waiting) is Gathered.FOR_A_PERSON  # the rules would, and do not
    known = stored(books, waiting)
    assert (known.facts.score, known.facts_request.state) == (90, "complete")
    assert known.facts_request.answered_at == NOW
    assert review_of(books, waiting).reasons == ("rules_would_approve",)
    assert gathered(books, waiting) is Gathered.NOT_NEEDED


def test_asking_while_the_answer_is_on_its_way_asks_once(books, waiting):
    gathered(books, waiting, lambda a: Learned())
    asked_again(books, waiting)
    told = len(books.events)
    asked_again(books, waiting, now=LATER + timedelta(minutes=14))
    assert len(books.events) == told
    asked_again(books, waiting, now=LATER + timedelta(minutes=15))
    assert len(books.events) == told + 1


@pytest.mark.parametrize("roles", [(), (Role.SALES,), (Role.AUDITOR,)])
def test_who_may_not_decide_may_not_ask_either(books, waiting, roles):
    with pytest.raises(Refused) as refused:
        asked_again(books, waiting, Actor("webshop", roles))
    assert refused.value.code == "role_required"


def test_nothing_is_asked_about_what_does_not_wait(books, waiting):
    decided(books, waiting, ApplicationAnswer.REJECTED, "anna")
    with pytest.raises(Refused) as refused:
        asked_again(books, waiting)
    assert refused.value.code == "application_not_waiting"
    other = replace(review_of(books, waiting), kind=ReviewKind.PERIODIC)
    with pytest.raises(Refused) as refused:
        ask_again(books, other, ANNA, LATER)
    assert refused.value.code == "not_an_application"


def test_a_person_behind_a_company_is_seen_in_the_queue(books, waiting):
    assert not books.get(QueuedReview, ORG, id=waiting.review_id).natural_person
    trader = replace(GOOD, legal_form="eenmanszaak")
    assert gathered(books, waiting, lambda a: Learned(trader)) is Gathered.FOR_A_PERSON
    assert review_of(books, waiting).reasons == ("natural_person",)
    assert review_of(books, waiting).natural_person
    assert books.get(QueuedReview, ORG, id=waiting.review_id).natural_person
    decided(books, waiting, ApplicationAnswer.APPROVED, "anna")
    assert books.get(CreditAccount, ORG, "D77").natural_person


def closed(books, application, name="anna", **given):
    who = Actor(name, (Role.CREDIT_MANAGER,))
    more = (ReviewState.APPROVED, who, "Iets minder.", NOW, grounds)
    return settle(
        books,
        lambda: decide_review(books, ORG, "D77", application.review_id, *more, **given),
    )


def test_approving_for_less_is_in_the_history_the_ledger_and_the_event(books, waiting):
    asked = waiting.data.requested
    assert eur("1500.00") < asked
    closed(books, waiting, amount=eur("1500.00"), terms_days=14)
    after = stored(books, waiting)
    assert (after.verdict.limit, after.verdict.terms_days) == (eur("1500.00"), 14)
    why = after.history[-1].why
    assert f"limit {eur('1500.00')} instead of {asked}" in why and why.endswith("Iets minder.")
    (told,) = (event for event in books.events if event.TYPE == "application.decided")
    assert (told.limit, told.requested, told.terms_days) == (eur("1500.00"), asked, 14)
    account = books.get(CreditAccount, ORG, "D77")
    assert account.limit_of(LimitSource.OWN).amount == eur("1500.00")
    assert account.terms_days == 14


def test_what_was_asked_for_is_granted_without_a_word_about_less(books, waiting):
    closed(books, waiting, amount=waiting.data.requested)
    assert stored(books, waiting).history[-1].why == "Iets minder."


@pytest.mark.parametrize("amount", ["0.00", "1000000.00"])
def test_no_more_than_was_asked_for_at_the_desk(books, waiting, amount):
    with pytest.raises(Refused) as refused:
        closed(books, waiting, amount=eur(amount))
    assert (refused.value.code, refused.value.pointer) == ("invalid_amount", "/body/amount")


def test_the_second_person_gives_what_the_first_did_or_less(books):
    application = sent(books, requested=eur("60000.00"))
    closed(books, application, amount=eur("55000.00"))
    with pytest.raises(Refused):
        closed(books, application, "bram", amount=eur("56000.00"))
    closed(books, application, "bram", amount=eur("55000.00"))
    assert stored(books, application).verdict.limit == eur("55000.00")
