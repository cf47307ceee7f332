"""A limit that was proposed on a bureau's advice is looked at again when somebody approves it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.model import CreditAccount, LimitSource
from kasstroom.credit.reviews import QueuedReview, Review, ReviewState
from kasstroom.credit.room import Ground
from kasstroom.debtors.model import Address, Debtor, DebtorKind, Identifier, IdentifierScheme
from kasstroom.errors import Conflict
from kasstroom.money import Money
from kasstroom.screening.model import Source
from kasstroom.screening.policy import Wanted
from kasstroom.screening.ports import BureauAnswer, Sources
from kasstroom.screening.usecases import screen
from kasstroom.settle import settle
from kasstroom.work.desk import decide
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG

ANNA = Actor("anna", (Role.CREDIT_MANAGER,))
HIGH = Money(25_000_000)


class Bureau:
    """Advises `amount`, in a report of that `day`."""

    cost_minor = 0

    def __init__(self, amount, day):
        self.amount, self.day = amount, day

    def report(self, kvk, country, *, budget_s):
        rating = "A" if self.amount else ""
        as_of = datetime(2026, 8, self.day, tzinfo=UTC)
        return BureauAnswer("NL-X-1", rating, 90 if rating else None, self.amount, as_of)


@pytest.fixture
def books():
    made = MemoryBooks()
    kvk = Identifier(IdentifierScheme.KVK, "20000001")
    company = Debtor(
        ORG, "D1", "De Hoeksteen", DebtorKind.COMPANY, NOW, address=Address(), identifiers=(kvk,)
    )
    made.commit(Changes(create=(company, CreditAccount(ORG, "D1"))))
    advise(made, HIGH, 1)
    return made


def advise(books, amount, day):
    wanted = Wanted((Source.BUREAU,), force=True)
    now = NOW + timedelta(days=day)
    screen(books, Sources(bureau=Bureau(amount, day)), ORG, "D1", now, 5000, wanted)


def waiting(books):
    return [queued for queued in books.every(QueuedReview) if queued.open]


def say(books, verdict):
    (queued,) = waiting(books)
    at, known = NOW + timedelta(days=20), lambda account: Ground(default_policy())
    return settle(books, lambda: decide(books, ORG, queued.id, verdict, ANNA, "gezien", at, known))


def limit_of(books):
    found = books.get(CreditAccount, ORG, "D1").limit_of(LimitSource.BUREAU)
    return found.amount if found else None


@pytest.mark.parametrize("later", [None, HIGH, Money(30_000_000)])
def test_advice_that_still_stands_is_granted_as_it_was_asked(books, later):
    if later:
        advise(books, later, 2)
    say(books, ReviewState.APPROVED)
    assert limit_of(books) == HIGH


@pytest.mark.parametrize(
    ("later", "counts", "said"),
    [
        (Money(10_000), Money(10_000), "EUR 100.00"),
        (Money(20_000_000), None, "EUR 200000.00"),
        (None, None, "no limit"),
    ],
)
def test_advice_that_fell_or_went_is_not_granted_any_more(books, later, counts, said):
    advise(books, later, 2)
    with pytest.raises(Conflict, match=f"advises {said} now") as overtaken:
        say(books, ReviewState.APPROVED)
    assert overtaken.value.code == "advice_changed"
    assert limit_of(books) == counts and len(waiting(books)) == 1
    say(books, ReviewState.DECLINED)
    assert limit_of(books) == counts and not waiting(books)


def test_what_is_advised_after_that_is_asked_anew(books):
    advise(books, Money(20_000_000), 2)
    say(books, ReviewState.DECLINED)
    advise(books, Money(20_000_000), 3)
    (review,) = [r for r in books.every(Review) if r.state is ReviewState.OPEN]
    assert review.amount == Money(20_000_000)
    say(books, ReviewState.APPROVED)
    assert limit_of(books) == Money(20_000_000)
