"""Less credit for a natural person is laid before somebody who can really decide on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.model import CreditAccount, LimitSource
from kasstroom.credit.reviews import QueuedReview, ReviewState
from kasstroom.credit.room import Ground
from kasstroom.debtors.model import Address, Debtor, DebtorKind, Identifier, IdentifierScheme
from kasstroom.money import Money
from kasstroom.screening.model import Basis, Source, StatedBasis
from kasstroom.screening.policy import Wanted
from kasstroom.screening.ports import BureauAnswer, Sources
from kasstroom.screening.usecases import screen
from kasstroom.settle import settle
from kasstroom.work.desk import decide
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG

ANNA = Actor("anna", (Role.CREDIT_MANAGER,))
BASIS = StatedBasis(Basis.CONTRACT, "order form")


class Bureau:
    cost_minor = 0

    def __init__(self):
        self.rating, self.limit, self.day = "A", 400_000, 1

    def report(self, kvk, country, *, budget_s):
        as_of = datetime(2026, 8, self.day, tzinfo=UTC)
        limit = None if self.limit is None else Money(self.limit)
        return BureauAnswer("NL-X-1", self.rating, 50 if self.rating else None, limit, as_of)


@pytest.fixture
def bureau():
    return Bureau()


@pytest.fixture
def books(bureau):
    made = MemoryBooks()
    kvk = Identifier(IdentifierScheme.KVK, "20000007")
    person = Debtor(
        ORG, "D1", "Jansen", DebtorKind.SOLE_TRADER, NOW, address=Address(), identifiers=(kvk,)
    )
    made.commit(
        Changes(create=(person, CreditAccount(ORG, "D1", kind="sole_trader", natural_person=True)))
    )
    heard(made, bureau, 400_000)
    return made


def heard(books, bureau, limit, rating="D", days=0):
    bureau.limit, bureau.rating, bureau.day = limit, rating, bureau.day + 1
    wanted = Wanted((Source.BUREAU,), BASIS, force=True)
    now = NOW + timedelta(days=days)
    screen(books, Sources(bureau=bureau), ORG, "D1", now, 5000, wanted)


def limit_of(books):
    return books.get(CreditAccount, ORG, "D1").limit_of(LimitSource.BUREAU).amount


def waiting(books):
    return [q for q in books.every(QueuedReview) if q.open]


def say(books, verdict, days):
    (queued,) = waiting(books)
    at, known = NOW + timedelta(days=days), lambda account: Ground(default_policy())
    return settle(books, lambda: decide(books, ORG, queued.id, verdict, ANNA, "gezien", at, known))


@pytest.mark.parametrize(("limit", "rating"), [(100_000, "D"), (None, "")])
def test_a_person_agrees_and_the_limit_follows(books, bureau, limit, rating):
    heard(books, bureau, limit, rating, days=1)
    assert limit_of(books) == Money(400_000)
    review = say(books, ReviewState.APPROVED, 2)
    assert (review.reasons, review.natural_person) == (("bureau_limit_lower",), True)
    assert limit_of(books) == Money(limit or 0)
    heard(books, bureau, limit, rating, days=3)
    assert not waiting(books)


def test_a_person_does_not_agree_and_is_not_asked_the_same_again(books, bureau):
    heard(books, bureau, 100_000, days=1)
    say(books, ReviewState.DECLINED, 2)
    heard(books, bureau, 100_000, days=3)
    assert limit_of(books) == Money(400_000) and not waiting(books)
    heard(books, bureau, 50_000, days=4)
    assert say(books, ReviewState.APPROVED, 5).amount == Money(50_000)
    assert limit_of(books) == Money(50_000)


def test_news_while_it_waits_opens_no_second_review_and_is_not_lost(books, bureau):
    heard(books, bureau, 100_000, days=1)
    heard(books, bureau, 50_000, days=2)
    say(books, ReviewState.APPROVED, 3)
    assert limit_of(books) == Money(100_000)
    heard(books, bureau, 50_000, days=4)
    assert len(waiting(books)) == 1
