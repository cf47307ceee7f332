"""Many at once: the limit holds, and one question gets one answer."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from kasstroom.changes import Changes
from kasstroom.credit import reservations
from kasstroom.credit.asking import CreditCheck
from kasstroom.credit.deciding import Asked
from kasstroom.credit.decision import Decision, Reservation
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.expiry import expire_due
from kasstroom.credit.groups import CreditGroup
from kasstroom.credit.model import CreditAccount, CreditLimit, LimitSource
from kasstroom.credit.order_changes import Amend
from kasstroom.credit.room import Ground
from kasstroom.credit.usecases import check, earlier
from kasstroom.errors import Conflict, Duplicate, Refused
from kasstroom.settle import settle
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, eur

AT_ONCE = 200
GROUND = Ground(default_policy())


@pytest.fixture
def books():
    return MemoryBooks()


def opened(books, number="D1", limit="1000.00", group=""):
    own = CreditLimit(LimitSource.OWN, eur(limit), "anna", NOW)
    account = CreditAccount(ORG, number, limits=(own,), group=group)
    books.commit(Changes(create=(account,)))


def ask(books, key, debtor="D1", value="100.00", now=NOW):
    """As the handler does it: settle, and the earlier answer for a key that was used."""
    asked = Asked(CreditCheck(eur(value), debtor), key, value, now)
    known = {"grounds": lambda account: GROUND, "newcomer": None}
    try:
        return settle(books, lambda: check(books, ORG, asked, **known))
    except Duplicate:
        return earlier(books, ORG, key, value)


def at_once(count, work):
    start = threading.Barrier(count)

    def one(n):
        start.wait(30)
        while True:
            try:
                return work(n)
            except Conflict:  # what the caller of the API does with a 409
                continue

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_two_hundred_checks_on_one_limit_never_overshoot_it(books):
    opened(books)
    decisions = at_once(AT_ONCE, lambda n: ask(books, f"k{n}"))
    assert sum(d.outcome == "approved" for d in decisions) == 10
    assert sum(d.outcome == "declined" for d in decisions) == AT_ONCE - 10
    assert books.get(CreditAccount, ORG, "D1").reserved_minor(NOW) == 100_000
    held = books.all_of(Reservation, ORG, "D1")
    assert sum(r.held_minor for r in held) == 100_000


def test_fifty_with_the_same_key_are_one_decision(books):
    opened(books)
    decisions = at_once(50, lambda n: ask(books, "one key"))
    assert len({d.id for d in decisions}) == 1
    assert len({d.reservation_id for d in decisions}) == 1
    assert len(books.all_of(Decision, ORG, "D1")) == 1
    assert books.get(CreditAccount, ORG, "D1").reserved_minor(NOW) == 10_000


def test_the_members_of_a_group_share_the_last_euro(books):
    numbers = ("D1", "D2", "D3")
    for number in numbers:
        opened(books, number, group="bouw")
    group = CreditGroup(ORG, "bouw", "Bouwgroep", "D1", eur("1000.00"), numbers)
    books.commit(Changes(create=(group,)))
    decisions = at_once(60, lambda n: ask(books, f"k{n}", numbers[n % 3]))
    assert sum(d.outcome == "approved" for d in decisions) == 10
    reserved = [books.get(CreditAccount, ORG, n).reserved_minor(NOW) for n in numbers]
    assert sum(reserved) == 100_000


def test_neither_amending_nor_renewing_goes_round_the_group(books):
    for number in ("D1", "D2"):
        opened(books, number, group="bouw")
    group = CreditGroup(ORG, "bouw", "Bouwgroep", "D1", eur("1000.00"), ("D1", "D2"))
    books.commit(Changes(create=(group,)))
    mine = ask(books, "a", "D1", "600.00")
    ask(books, "b", "D2", "300.00")
    step = lambda move, now=NOW: settle(  # noqa: E731
        books, lambda: reservations.step(books, ORG, mine.reservation_id, move, now, known)
    )
    known = lambda account: GROUND  # noqa: E731
    assert step(reservations.amended(Amend(eur("700.00")))).held_minor == 70_000
    with pytest.raises(Refused):
        step(reservations.amended(Amend(eur("700.01"))))
    assert step(reservations.renewed).held_minor == 70_000
    over = NOW + timedelta(days=22)
    assert expire_due(books, over, known) == 2
    ask(books, "c", "D2", "600.00", over)
    with pytest.raises(Refused):
        step(reservations.renewed, over)


def test_a_changed_group_limit_counts_for_the_check_that_is_under_way(books):
    opened(books, group="bouw")
    group = CreditGroup(ORG, "bouw", "Bouwgroep", "D1", eur("1000.00"), ("D1",))
    books.commit(Changes(create=(group,)))
    asked = Asked(CreditCheck(eur("800.00"), "D1"), "k", "f", NOW)
    readings = []

    def plan():
        planned = check(books, ORG, asked, grounds=lambda account: GROUND, newcomer=None)
        readings.append(planned[1].outcome)
        if len(readings) == 1:
            known = books.get(CreditGroup, ORG, id="bouw")
            books.commit(Changes(update=(replace(known, limit=eur("500.00")),)))
        return planned

    decision = settle(books, plan, pause=lambda seconds: None)
    assert readings == ["approved", "declined"]
    assert decision.available == eur("1000.00")
