"""Addresses, telephone numbers and e-mail addresses as people write them."""

from __future__ import annotations

import pytest

from kasstroom_documents.addresses import address, country_code
from kasstroom_documents.contacts import email, phone


@pytest.mark.parametrize(
    ("line", "street", "number"),
    [
        ("Hoofdstraat 25-1a", "Hoofdstraat", "25-1a"),
        ("Hoofdstraat 25 bis", "Hoofdstraat", "25 bis"),
        ("Plein 1940-1945 12", "Plein 1940-1945", "12"),
        ("2e Hugo de Grootstraat 5", "2e Hugo de Grootstraat", "5"),
        ("Kerkweg 7 / B", "Kerkweg", "7 / B"),
        ("Laan van Meerdervoort 1001A", "Laan van Meerdervoort", "1001A"),
        ("Dorpsstraat, 8", "Dorpsstraat", "8"),
        ("Postbus 367", "Postbus", "367"),
        ("Fjordgatan", "Fjordgatan", ""),
        ("12", "12", ""),
        ("", "", ""),
    ],
)
def test_the_house_number_is_taken_from_the_street_line(line, street, number):
    found = address(street=line)
    assert (found.street, found.house_number) == (street, number)


def test_a_second_line_counts_only_as_a_house_number():
    assert address(street="Kade", addition="14-b").house_number == "14-b"
    assert address(street="Kade", addition="Building 1").house_number == ""
    assert address(street="Kade 3", house_number="4").street == "Kade 3"


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("1234ab", "NL", "1234 AB"),
        ("1234 AB", "NL", "1234 AB"),
        ("1030", "BE", "1030"),
        ("sw1a 1aa", "GB", "SW1A 1AA"),
    ],
)
def test_postcodes(text, country, expected):
    assert address(postcode=text, country=country).postcode == expected


def test_countries_by_code_or_name():
    names = ["nl", "Nederland", "NLD", "België", "Deutschland", "Absurdistan", ""]
    assert [country_code(name) for name in names] == ["NL", "NL", "NL", "BE", "DE", "", ""]


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("06-12345678", "NL", "+31612345678"),
        ("06 12 34 56 78", "NL", "+31612345678"),
        ("+31 (0)6 12345678", "NL", "+31612345678"),
        ("0031612345678", "NL", "+31612345678"),
        ("020 - 123 45 67", "NL", "+31201234567"),
        ("612345678", "NL", "+31612345678"),
        ("31612345678", "NL", "+31612345678"),
        ("06-1234567", "NL", ""),
        ("+31 6 1234", "NL", ""),
        ("0900-1234", "NL", ""),
        ("0612345678", "BE", ""),
        ("612345678", "ES", ""),
        ("+32 475 12 34 56", "BE", "+32475123456"),
        ("0032475123456", "NL", "+32475123456"),
        ("n.v.t.", "NL", ""),
        ("", "NL", ""),
    ],
)
def test_telephone_numbers_are_e164_or_nothing(text, country, expected):
    assert phone(text, country) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a@b.nl", "a@b.nl"),
        (" info@zoë.nl; a@b.nl", "a@b.nl"),
        ("Jan <jan@b.nl>", "jan@b.nl"),
        ("a@b", ""),
        ("a@b..nl", ""),
        ("geen", ""),
    ],
)
def test_email_addresses_are_usable_or_nothing(text, expected):
    assert email(text) == expected
