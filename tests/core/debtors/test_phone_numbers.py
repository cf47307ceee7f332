"""A telephone number as it is written, and as it can be dialled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.debtors.model import Address, Contact
from kasstroom.debtors.phone_numbers import e164
from kasstroom.debtors.usecases import DebtorData, DebtorPatch, correct, register
from kasstroom.errors import Refused
from tests.memory_books import MemoryBooks
from tests.people import NOW, ORG, debtor, organisation

SPELLINGS = (
    "06-12345678", "0612345678", "+31 6 12345678", "0031612345678", "+31(0)6 1234 5678",
    "06 1234 5678", "+310612345678", "0031 (0)6-12 34 56 78", "06\u201112345678",
    "06\u00a01234\u00a05678", "+31.6.1234.5678", "06/12345678",
)  # fmt: skip


@pytest.mark.parametrize("written", SPELLINGS)
def test_many_spellings_are_one_number(written):
    assert e164(written) == "+31612345678"


@pytest.mark.parametrize(
    ("written", "country", "expected"),
    [
        ("0475 12 34 56", "BE", "+32475123456"),
        ("02 123 45 67", "BE", "+3221234567"),
        ("0151 23456789", "DE", "+4915123456789"),
        ("030 901820", "DE", "+4930901820"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("+44 20 7946 0958", "NL", "+442079460958"),
        ("0031612345678", "BE", "+31612345678"),
    ],
)
def test_neighbours_have_their_own_plans(written, country, expected):
    assert e164(written, country) == expected


@pytest.mark.parametrize(
    ("written", "country"),
    [
        ("06-1234567", "NL"), ("06-123456789", "NL"), ("0612345678", "BE"), ("612345678", "NL"),
        ("0612345678", "ES"), ("112", "NL"), ("0900-1234", "NL"), ("+3161234", "NL"),
        ("+0612345678", "NL"), ("bel mij", "NL"), ("", "NL"), ("06 1234 5678 tst 12", "NL"),
        ("+31 6 12345678 / +31 30 1234567", "NL"), ("+1234567890123456", "NL"),
    ],
)  # fmt: skip
def test_what_cannot_be_dialled_is_nothing(written, country):
    assert e164(written, country) == ""


@given(st.text(max_size=30), st.sampled_from(["NL", "BE", "DE", "FR", "ES", ""]))
def test_what_comes_out_is_dialled_as_it_is(written, country):
    found = e164(written, country)
    assert found == "" or (found[0] == "+" and found[1:].isascii() and found[1:].isdigit())
    assert e164(found, country) == found


@given(st.integers(100_000_000, 999_999_999))
def test_every_dutch_number_survives_its_national_form(number):
    assert e164(f"0{number}") == f"+31{number}"


def test_a_debtor_is_kept_with_the_number_that_can_be_dialled():
    books = MemoryBooks()
    organisation(books)
    debtor(books)
    data = DebtorData(
        "Klant", contact=Contact(phone="0475 12 34 56"), address=Address(country="BE")
    )
    _, made = register(books, ORG, "D2", data, NOW)
    assert made.contact.phone == "+32475123456"
    _, after = correct(books, ORG, "D1", DebtorPatch(contact=Contact(phone="06-12345678")), NOW)
    assert after.contact.phone == "+31612345678"


def test_a_number_nobody_can_dial_is_refused_where_it_stands():
    books = MemoryBooks()
    organisation(books)
    data = DebtorData("Klant", contact=Contact(phone="06 1234"))
    with pytest.raises(Refused) as refused:
        register(books, ORG, "D2", data, NOW)
    assert (refused.value.code, refused.value.pointer) == ("invalid_phone", "/body/contact/phone")
