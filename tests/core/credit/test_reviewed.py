"""What a buyer reads after a person decided: the answer, and never what a colleague wrote."""

from __future__ import annotations

import pytest

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes
from kasstroom.credit.asking import CreditCheck
from kasstroom.credit.deciding import Asked
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.explaining import explain
from kasstroom.credit.human import decide_review
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.reviewed import with_review
from kasstroom.credit.reviews import QueuedReview, ReviewState
from kasstroom.credit.room import Ground
from kasstroom.credit.usecases import check
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, eur

GROUND = Ground(default_policy())
ANNA = Actor("anna", (Role.CREDIT_MANAGER,))
NOTE = "looks shady"


def decided(verdict, amount=None):
    books = MemoryBooks()
    known = lambda account: GROUND  # noqa: E731
    books.commit(Changes(create=(CreditAccount(ORG, "D1", natural_person=True),)))
    asked = Asked(CreditCheck(eur("400.00"), "D1"), "r", "f", NOW)
    made = settle(books, lambda: check(books, ORG, asked, grounds=known, newcomer=None))
    assert with_review(books, made).buyer.answer == "review"
    (queued,) = books.every(QueuedReview)
    plan = lambda: decide_review(  # noqa: E731
        books, ORG, "D1", queued.id, verdict, ANNA, NOTE, NOW, known, amount=amount
    )
    settle(books, plan)
    return with_review(books, made).buyer, explain(books, ORG, made.id).for_buyer


@pytest.mark.parametrize("amount", [None, eur("150.00")])
def test_an_approval_is_told(amount):
    shown, said = decided(ReviewState.APPROVED, amount)
    assert (shown.answer, shown.text) == ("accepted", "")
    (sentence,) = said
    assert (amount or eur("400.00")).value in sentence.en and "on account" in sentence.en


def test_a_refusal_is_told_without_what_was_written():
    shown, said = decided(ReviewState.DECLINED)
    assert (shown.answer, shown.reasons) == ("refused", ())
    assert shown.text.startswith("Betalen op rekening kan niet")
    assert "cannot pay" in said[0].en and "will look" not in repr(said)
    assert NOTE not in repr((shown, said)) and "anna" not in repr((shown, said))
