"""Whoever was second looks again; what is really there twice is refused."""

from __future__ import annotations

from datetime import date

import pytest

from kasstroom.bank.candidates import IbanMemory
from kasstroom.bank.learning import confirmed
from kasstroom.changes import Changes
from kasstroom.errors import Duplicate
from kasstroom.settle import ATTEMPTS, settle
from tests.memory_books import MemoryBooks

ORG, IBAN, ON = "vandijk", "NL91ABNA0417164300", date(2026, 9, 1)


def remembered(books: MemoryBooks) -> Changes:
    known = books.find(IbanMemory, ORG, id=IBAN)
    after = confirmed(known or IbanMemory(ORG, IBAN), "10001", ON)
    return Changes(update=(after,)) if known else Changes(create=(after,))


def test_what_two_begin_at_once_is_begun_by_one_and_kept_up_by_the_other():
    books, looks = MemoryBooks(), 0

    def plan() -> tuple[Changes, None]:
        nonlocal looks
        looks += 1
        changes = remembered(books)
        if looks == 1:
            books.commit(remembered(books))
        return changes, None

    settle(books, plan)
    assert books.get(IbanMemory, ORG, id=IBAN).payers[0].times == 2


def test_who_wants_to_create_the_same_again_is_told_after_one_more_look():
    books, looks = MemoryBooks(), 0
    books.commit(remembered(books))

    def plan() -> tuple[Changes, None]:
        nonlocal looks
        looks += 1
        return Changes(create=(IbanMemory(ORG, IBAN),)), None

    with pytest.raises(Duplicate):
        settle(books, plan)
    assert looks == 2


def test_a_new_clash_at_every_look_ends():
    books = MemoryBooks()
    made = iter(range(100))

    def plan() -> tuple[Changes, None]:
        one = IbanMemory(ORG, f"NL{next(made)}")
        books.commit(Changes(create=(one,)))
        return Changes(create=(one,)), None

    with pytest.raises(Duplicate):
        settle(books, plan, pause=lambda seconds: None)
    assert next(made) == ATTEMPTS
