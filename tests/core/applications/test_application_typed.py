"""What people type in a form is understood, or said not to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.applications.typed import amount_of, phone_of, read, tidied, typed_of
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom_pages.apply_fields import amount_text
from tests.people import eur


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("5000", "5000.00"),
        ("5.000", "5000.00"),
        ("5,000", "5000.00"),
        ("5 000", "5000.00"),
        ("5.000,00", "5000.00"),
        ("5,000.50", "5000.50"),
        ("€ 5.000,-", "5000.00"),
        ("EUR 1.250.000", "1250000.00"),
        ("12,5", "12.50"),
        ("0", "0.00"),
    ],
)
def test_amounts_as_people_write_them(written, value):
    assert amount_of(written) == eur(value)


@pytest.mark.parametrize(
    "written",
    ["", "veel", "5.00.0", "5,000,0", "-5", "1e9", "5.000.00", "5k", "9" * 40, "５０００"],
)
def test_what_is_no_amount_is_not_guessed(written):
    assert amount_of(written) is None


@given(st.integers(0, 10**12), st.sampled_from(list(Language)))
def test_an_amount_shown_is_read_back_in_both_languages(minor, language):
    assert amount_of(amount_text(Money(minor), language)) == Money(minor)


@given(st.text(max_size=40))
def test_no_text_makes_the_reader_fall_over(text):
    applicant, _ = read({"requested": text, "terms_days": text, "house_number": text})
    assert applicant.requested is None or applicant.requested.minor >= 0


@pytest.mark.parametrize(
    ("written", "country", "kept"),
    [
        ("06 12 34 56 78", "NL", "+31612345678"),
        ("+31 (0)30-1234567", "NL", "+31301234567"),
        ("0032 2 123 45 67", "NL", "+3221234567"),
        ("02 123 45 67", "BE", "+3221234567"),
        ("12345", "NL", "12345"),
        ("bel mij", "NL", "bel mij"),
        ("", "NL", ""),
    ],
)
def test_phone_numbers_get_their_country(written, country, kept):
    assert phone_of(written, country) == kept


def test_the_form_gives_back_what_it_read():
    typed = {"name": " Jansen  B.V. ", "kvk": "1234 5678", "street": "Kerkstraat 25-1a",
             "postcode": "3511ed", "requested": "5.000", "consent": "yes"}  # fmt: skip
    applicant, unread = read(typed)
    assert unread == () and tidied(applicant) == applicant
    again = typed_of(applicant, amount_text(applicant.requested, Language.NL))
    assert (again["name"], again["kvk"], again["house_number"]) == (
        "Jansen B.V.",
        "12345678",
        "25-1a",
    )
    assert read(again)[0] == applicant
