"""The brakes on a real table: counted by a conditional write, and gone by themselves."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from kasstroom.payments.throttle import Brake, counter_of
from kasstroom.settings import TableSettings
from kasstroom_aws.counters import TableCounters
from tests.people import NOW


@pytest.fixture
def counters(books):
    return TableCounters(TableSettings("books"))


def test_a_full_counter_is_not_written_to(books, counters):
    counter = counter_of(Brake("pay_link", 3), "someone", NOW)
    assert [counters.allows(counter) for _ in range(5)] == [True, True, True, False, False]
    (item,) = books._item._get_connection().scan()["Items"]
    assert item["n"] == {"N": "3"}
    assert item["ttl"] == {"N": str(int((NOW + timedelta(seconds=660)).timestamp()))}
    assert set(item) == {"pk", "sk", "n", "kind", "ttl"}


def test_windows_and_people_are_counted_apart(counters):
    brake = Brake("b", 1)
    assert counters.allows(counter_of(brake, "a", NOW))
    assert counters.allows(counter_of(brake, "b", NOW))
    assert not counters.allows(counter_of(brake, "a", NOW + timedelta(seconds=59)))
    assert counters.allows(counter_of(brake, "a", NOW + timedelta(seconds=60)))


def test_many_at_once_are_all_counted(atomic, counters):
    counter = counter_of(Brake("b", 5), "a", NOW)
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: counters.allows(counter), range(16))) == 5


def test_a_brake_that_cannot_be_reached_stops_no_payment(aws):
    nowhere = TableCounters(TableSettings("no_such_table"))
    assert nowhere.allows(counter_of(Brake("b", 1), "a", NOW))


def test_the_books_do_not_trip_over_a_counter(books, counters):
    from kasstroom.payments.model import PaymentLink

    counters.allows(counter_of(Brake("b", 1), "a", NOW))
    assert list(books.every(PaymentLink)) == []
