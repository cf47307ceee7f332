"""A person decides on what the rules referred."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kasstroom.access.model import Actor
from kasstroom.credit.asking import CreditCheck
from kasstroom.credit.deciding import Asked, decide
from kasstroom.credit.decision import Decision, Reservation
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.human import HumanDecision, decide_review
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource, Profile
from kasstroom.credit.reviews import QueuedReview, Review, ReviewKind, ReviewState
from kasstroom.credit.room import Ground
from kasstroom.errors import Refused
from kasstroom.ids import derived_id
from kasstroom.money import Money
from tests.people import NOW, eur

OWN = CreditLimit(LimitSource.OWN, eur("500.00"), "a", NOW)
LATE = CreditAccount(
    "vandijk", "D1", limits=(OWN,), open_by_due={date(2026, 9, 1) - timedelta(days=9): 20_000}
)
BAS = Actor("bas", ("credit_manager",))
LATER = NOW + timedelta(hours=2)
APPROVED, DECLINED = ReviewState.APPROVED, ReviewState.DECLINED


class Shelf:
    """The entities of one decision, by their class."""

    def __init__(self, *entities):
        self._by_class = {type(entity): entity for entity in entities}

    def get(self, kind, org, debtor="", id=""):
        return self._by_class[kind]


def ground(account=None):
    return Ground(default_policy())


def shelf(account=LATE, amount="400.00", **more):
    asked = Asked(CreditCheck(eur(amount), "D1", **more), "r", "f", NOW)
    changes, made = decide(account, asked, ground())
    wanted = (CreditAccount, Decision, Review, QueuedReview)
    found = {type(e): e for e in changes.create + changes.update if isinstance(e, wanted)}
    return Shelf(*found.values()), made


def decided(books, verdict=APPROVED, actor=BAS, note="called", **more):
    review = books.get(Review, "vandijk")
    return decide_review(
        books, "vandijk", "D1", review.id, verdict, actor, note, LATER, ground, **more
    )


def only(kind, entities):
    return next(entity for entity in entities if isinstance(entity, kind))


def test_an_approval_holds_what_was_asked_under_the_id_the_checkout_would_have_given():
    books, made = shelf()
    changes, review = decided(books)
    held = only(Reservation, changes.create)
    assert held.id == derived_id("rsv", "vandijk", made.request_id)
    assert (held.amount, held.decision_id) == (eur("400.00"), made.id)
    assert held.expires_at == LATER + timedelta(days=default_policy().terms.hold_days)
    account = only(CreditAccount, changes.update)
    assert (account.reserved_minor(LATER), account.orders) == (40_000, 1)
    said = only(HumanDecision, changes.create)
    assert (said.id, said.verdict, said.by, said.note) == (made.id, APPROVED, "bas", "called")
    assert review.state is APPROVED
    assert {event.TYPE for event in changes.events} == {
        "credit.review.decided", "credit.decision.reviewed", "credit.reservation.held",
        "credit.limit.exceeded",
    }  # fmt: skip


def test_what_was_prepaid_is_not_held():
    books, _ = shelf(prepaid=eur("100.00"))
    changes, _ = decided(books)
    assert only(Reservation, changes.create).amount == eur("300.00")


def test_a_person_may_give_less_and_never_more():
    books, _ = shelf()
    changes, _ = decided(books, amount=eur("150.00"))
    assert only(Reservation, changes.create).amount == eur("150.00")
    for amount in (eur("400.01"), eur("0.00"), Money(100, "SEK")):
        with pytest.raises(Refused) as refused:
            decided(books, amount=amount)
        assert (refused.value.code, refused.value.pointer) == ("invalid_amount", "/body/amount")


def test_a_refusal_keeps_nothing_held():
    books, made = shelf()
    changes, review = decided(books, DECLINED)
    assert review.state is DECLINED
    kinds = {type(entity) for entity in changes.create + changes.update}
    assert kinds == {HumanDecision, Review, QueuedReview}
    assert only(HumanDecision, changes.create).approved == eur("0.00")


def test_nobody_approves_what_may_be_on_a_sanctions_list():
    listed = replace(LATE, profile=Profile(sanctions="possible"))
    books, _ = shelf(listed)
    with pytest.raises(Refused, match="sanctions"):
        decided(books)
    assert decided(books, DECLINED)[1].state is DECLINED


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"actor": Actor("shop")}, "role_required"),
        ({"note": " "}, "note_missing"),
    ],
)
def test_who_and_why_are_asked(more, code):
    with pytest.raises(Refused) as refused:
        decided(shelf()[0], **more)
    assert refused.value.code == code


def test_it_is_decided_once_and_only_about_a_decision():
    books, _ = shelf()
    closed = replace(books.get(Review, "vandijk"), state=DECLINED, decided_by="anna")
    other = replace(books.get(Review, "vandijk"), kind=ReviewKind.LIMIT)
    for review, code in ((closed, "review_closed"), (other, "not_a_decision")):
        again = Shelf(*{**books._by_class, Review: review}.values())
        with pytest.raises(Refused) as refused:
            decided(again)
        assert refused.value.code == code
