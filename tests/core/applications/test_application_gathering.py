"""Facts that come in while others are at work: kept, weighed once, and decided once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kasstroom.access.model import Actor, Role
from kasstroom.applications.deciding import ApplicationAnswer, DecisionRequest
from kasstroom.applications.finding import by_id
from kasstroom.applications.gathering import Gathered, gather
from kasstroom.applications.model import ApplicationState, CreditApplication
from kasstroom.applications.opening import NewApplication, create
from kasstroom.applications.sending import Sender, submit
from kasstroom.applications.terms import ApplicationTerms
from kasstroom.applications.usecases import decide
from kasstroom.changes import Changes
from kasstroom.compliance.consumer_credit import SellerTerms
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.model import CreditAccount, Profile
from kasstroom.credit.reviews import QueuedReview, Review
from kasstroom.credit.room import Ground
from kasstroom.errors import NotFound
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


def gathered(books, application, ask=lambda application: (GOOD, ())):
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
        return replace(GOOD, score=20), ()

    assert gathered(books, waiting, ask) is Gathered.FOR_A_PERSON
    assert gathered(books, waiting, ask) is Gathered.NOT_NEEDED
    assert asked == [waiting.id]


def test_no_answer_counts_as_asked(books, waiting):
    assert gathered(books, waiting, lambda a: (Profile(), ())) is Gathered.FOR_A_PERSON
    assert gathered(books, waiting) is Gathered.NOT_NEEDED
    assert stored(books, waiting).state is ApplicationState.IN_REVIEW


def test_two_deliveries_at_once_decide_once(books, waiting):
    def ask(application):
        assert gathered(books, waiting) is Gathered.APPROVED
        return replace(GOOD, score=1), ()

    assert gathered(books, waiting, ask) is Gathered.APPROVED
    assert stored(books, waiting).facts.score == 90
    told = types(books)
    assert told.count("application.decided") == told.count("credit.limit.changed") == 1
    assert told.count("debtor.created") == 1


def test_a_person_who_was_first_is_not_overruled(books, waiting):
    def ask(application):
        decided(books, application, ApplicationAnswer.REJECTED, "anna")
        return GOOD, ()

    assert gathered(books, waiting, ask) is Gathered.FOR_A_PERSON
    after = stored(books, waiting)
    assert (after.state, after.verdict.by) == (ApplicationState.REJECTED, "anna")
    assert books.find(CreditAccount, ORG, "D77") is None


def test_a_doubt_keeps_the_rules_from_approving(books, waiting):
    doubts = ("insolvency_possible",)
    assert gathered(books, waiting, lambda a: (GOOD, doubts)) is Gathered.FOR_A_PERSON
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
