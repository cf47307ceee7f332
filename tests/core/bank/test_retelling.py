"""One account told of in two formats is booked once, or the second one is not believed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kasstroom.bank.accepted import StatementFile
from kasstroom.bank.importing import import_file
from kasstroom.bank.model import BankLine
from kasstroom.bank.quarantine import Quarantined
from kasstroom_documents.limits import Limits
from kasstroom_documents.mt940 import read_mt940
from tests.bank_files import DAY, Jobs, Paper, mt940, read, receipt, source
from tests.memory_books import MemoryBooks
from tests.people import ORG, organisation

NAMED = Paper((receipt(10_000, "R1"), receipt(5_000, "R2", iban="NL02ABNA0123456789")))
BARE = replace(NAMED, lines=tuple(replace(line, reference="") for line in NAMED.lines))
OTHERWISE = replace(
    NAMED, lines=tuple(replace(line, reference=f"X{line.reference}") for line in NAMED.lines)
)


@pytest.fixture
def memory():
    books = MemoryBooks()
    organisation(books)
    return books


def camt_053(*papers):
    return read(*papers)


def as_mt940(*papers):
    return read_mt940(mt940(*papers), Limits())


def send(books, parsed, name="a"):
    return import_file(
        books, Jobs(), StatementFile(name, parsed), source(f"import:{name}:{name}", ORG)
    )


def refused(books, parsed):
    with pytest.raises(Quarantined) as caught:
        send(books, parsed, "b")
    return caught.value


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (camt_053(NAMED), as_mt940(BARE)),
        (as_mt940(BARE), camt_053(NAMED)),
        (camt_053(NAMED), as_mt940(OTHERWISE)),
        (read(replace(NAMED, format="054")), as_mt940(BARE)),
        (camt_053(NAMED), read(replace(OTHERWISE, format="052"))),
    ],
)
def test_the_same_day_in_another_format_is_never_booked_twice(memory, first, then):
    send(memory, first)
    before = list(memory.every(BankLine))
    error = refused(memory, then)
    assert error.code == "told_in_another_format" and error.position
    assert "100.00" in error.detail
    assert [line.id for line in memory.every(BankLine)] == [line.id for line in before]


def test_days_of_a_week_that_came_as_a_week(memory):
    second = NAMED.next(receipt(700, "R3"))
    send(memory, camt_053(NAMED, second))
    assert refused(memory, as_mt940(BARE, BARE.next(receipt(700)))).code
    assert len(list(memory.every(BankLine))) == 3


def test_the_other_format_goes_on_where_the_first_one_ended(memory):
    """A change from MT940 to camt in the middle of a day, and on a day of its own."""
    send(memory, as_mt940(BARE))
    afternoon = replace(NAMED, number=8, opening=BARE.ends, lines=(receipt(10_000, "R8"),))
    send(memory, camt_053(afternoon), "b")
    send(memory, camt_053(afternoon.next(receipt(10_000, "R9"))), "c")
    assert len(list(memory.every(BankLine))) == 4


def test_a_second_equal_payment_that_only_the_statement_tells_of_is_money(memory):
    during = replace(NAMED, format="052", lines=NAMED.lines[:1])
    twice = replace(NAMED, lines=(*NAMED.lines, receipt(10_000, "R9")))
    send(memory, read(during))
    assert [row.code for row in send(memory, camt_053(twice), "b")] == [
        "duplicate", "booked", "booked",
    ]  # fmt: skip


def test_another_payer_or_day_is_other_money(memory):
    send(memory, camt_053(NAMED))
    lines = (receipt(10_000, "N1", iban="NL20INGB0001234567"), receipt(5_000, "N2"))
    earlier = DAY - timedelta(days=1)
    dated = replace(receipt(10_000, "N3"), on=earlier)
    report = replace(NAMED, format="052", lines=(*lines, dated), balances=False)
    assert {row.code for row in send(memory, read(report), "b")} == {"booked"}
