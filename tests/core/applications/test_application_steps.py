"""What an application does to the books: facts that come in, one decision, nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kasstroom.access.model import Actor, Role
from kasstroom.applications.deciding import ApplicationAnswer, DecisionRequest
from kasstroom.applications.facts import Learned
from kasstroom.applications.finding import by_id, by_token
from kasstroom.applications.model import ApplicationState, CreditApplication
from kasstroom.applications.noting import note_facts
from kasstroom.applications.opening import NewApplication, create, fill_in
from kasstroom.applications.sending import Sender, submit
from kasstroom.applications.terms import ApplicationTerms
from kasstroom.applications.usecases import decide, expire_due, withdraw
from kasstroom.applications.views import BuyerView, buyer_view
from kasstroom.changes import Changes
from kasstroom.compliance.consumer_credit import SellerTerms
from kasstroom.credit.deciding import Ground
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.model import CreditAccount, LimitSource, Profile
from kasstroom.credit.reviews import QueuedReview
from kasstroom.debtors.addresses import address_key
from kasstroom.debtors.model import Debtor, DebtorKind
from kasstroom.errors import NotFound, Refused
from kasstroom.settle import settle
from kasstroom_partners.identities import CheckedIdentities
from tests.applicants import COMPANY, PERSON
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, eur, organisation

ANNA = Actor("anna", (Role.CREDIT_MANAGER,))
TOKEN = "t" * 22
FACTS = Profile(
    legal_form="bv", registered=True, score=90, rating="A", screened_at=NOW, address_key="x",
)  # fmt: skip


def grounds(account):
    return Ground(default_policy(), SellerTerms())


@pytest.fixture
def books():
    made = MemoryBooks()
    organisation(made)
    return made


def opened(books, **given):
    new = NewApplication(**({"debtor": "D77"} | given))
    return settle(
        books, lambda: create(books, ORG, new, token=TOKEN, by="webshop", now=NOW)
    ).application


def sent(books, data=COMPANY, *, by="buyer", allow=True, **given):
    id = opened(books, **given).id
    sender = Sender(by, allow_duplicates=allow)
    plan = lambda: submit(  # noqa: E731
        books, CheckedIdentities(), grounds, by_id(books, ORG, id), sender, NOW, data
    )
    return settle(books, plan)


def say(books, application, verdict=ApplicationAnswer.APPROVED, actor=ANNA, **more):
    request = DecisionRequest(verdict, "gezien", **more)
    return settle(books, lambda: decide(books, ORG, application.id, request, actor, NOW, grounds))


def types(books):
    return [event.TYPE for event in books.events]


def test_facts_for_somebody_new_are_kept_and_let_the_rules_approve(books):
    books.commit(Changes(create=(ApplicationTerms(ORG, eur("10000.00")),)))
    waiting = sent(books)
    assert waiting.history[-1].why == "insufficient_data"

    def facts(profile):
        return settle(
            books,
            lambda: note_facts(books, ORG, "D77", waiting.id, Learned(profile), grounds, NOW),
        )

    assert facts(replace(FACTS, score=20)).state is ApplicationState.IN_REVIEW
    after = facts(FACTS)
    assert (after.state, after.verdict.by) == (ApplicationState.APPROVED, "rules")
    assert not books.get(QueuedReview, ORG, id=waiting.review_id).open
    account = books.get(CreditAccount, ORG, "D77")
    assert account.limit_of(LimitSource.OWN).amount == COMPANY.requested
    # What came from outside goes along; the address is the debtor's own.
    assert (account.profile.score, account.profile.address_key) == (
        90,
        address_key(COMPANY.address),
    )
    assert facts(replace(FACTS, score=1)) == books.get(CreditApplication, ORG, "D77", after.id)


def test_an_existing_debtor_keeps_their_master_data(books):
    debtor(books, "D77")
    before = books.get(Debtor, ORG, "D77")
    say(books, sent(books))
    assert books.get(Debtor, ORG, "D77") == before
    assert books.get(CreditAccount, ORG, "D77").terms_days == 30
    assert types(books).count("debtor.created") == 1


def test_every_step_is_told_once_and_without_personal_data(books):
    say(books, sent(books))
    told = [e for e in books.events if e.TYPE.startswith("application.")]
    assert [e.TYPE for e in told] == [
        "application.created", "application.submitted", "application.decided",
    ]  # fmt: skip
    assert "jansen" not in repr(told).lower()
    assert {"credit.limit.changed", "debtor.created", "credit.review.decided"} <= set(types(books))


def test_a_decision_stands(books):
    application = say(books, sent(books), ApplicationAnswer.REJECTED)
    for verdict in ApplicationAnswer:
        with pytest.raises(Refused) as refused:
            say(books, application, verdict)
        assert refused.value.code == "application_not_waiting"
    with pytest.raises(Refused):
        withdraw(books, by_id(books, ORG, application.id), "buyer", "", NOW)
    assert books.find(CreditAccount, ORG, "D77") is None


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"limit": eur("0.00")}, "invalid_limit"),
        ({"limit": eur("10000000.01")}, "invalid_limit"),
        ({"terms_days": 0}, "invalid_term"),
    ],
)
def test_what_cannot_be_granted_is_refused(books, more, code):
    with pytest.raises(Refused) as refused:
        say(books, sent(books), **more)
    assert refused.value.code == code


def test_an_open_sanctions_hit_stops_the_approval_and_not_the_rejection(books):
    waiting = sent(books)
    hit = replace(FACTS, sanctions="possible")
    settle(books, lambda: note_facts(books, ORG, "D77", waiting.id, Learned(hit), grounds, NOW))
    with pytest.raises(Refused) as refused:
        say(books, waiting)
    assert refused.value.code == "sanctions"
    assert say(books, waiting, ApplicationAnswer.REJECTED).state is ApplicationState.REJECTED


def test_withdrawing_twice_changes_nothing_and_a_draft_leaves_no_data(books):
    draft = opened(books, email="daan@jansen.example")
    plan = lambda: withdraw(books, by_id(books, ORG, draft.id), "buyer", "", NOW)  # noqa: E731
    after = settle(books, plan)
    assert (after.state, after.data.email) == (ApplicationState.WITHDRAWN, "")
    assert not plan()[0]


def test_what_is_too_late_cannot_be_filled_in_any_more(books):
    draft = opened(books)
    late = NOW + timedelta(days=30)
    with pytest.raises(Refused) as refused:
        fill_in(books, ORG, draft.id, COMPANY, late)
    assert refused.value.code == "application_not_open"
    assert expire_due(books, late) == 1
    assert by_token(books, TOKEN, late).state is ApplicationState.EXPIRED
    with pytest.raises(NotFound):
        by_token(books, TOKEN, late + timedelta(days=90))


def test_the_token_is_not_in_the_books(books):
    opened(books)
    assert TOKEN not in repr(books._items)


def test_a_buyer_reads_nothing_of_what_is_the_merchants(books):
    """The view has no field for notes, scores, names of colleagues or lookalikes."""
    fields = set(BuyerView.__dataclass_fields__)
    assert not fields & {"duplicates", "facts", "history", "verdict", "note", "first_approval"}
    waiting = sent(books, PERSON, kind=DebtorKind.CONSUMER)
    rejected = say(books, waiting, ApplicationAnswer.REJECTED)
    shown = repr(buyer_view(rejected, NOW))
    for secret in ("anna", "gezien", "jansen", "natural_person'"):
        assert secret not in shown.lower()


def test_the_stricter_of_two_bounds_counts_for_four_eyes(books):
    """Asking for little and granting much takes two as well."""
    application = say(books, sent(books), limit=eur("60000.00"))
    assert application.state is ApplicationState.IN_REVIEW and application.first_approval
