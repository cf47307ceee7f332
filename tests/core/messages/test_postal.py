from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.debtors.model import Address, Debtor, DebtorKind
from kasstroom.messages.countries import COUNTRIES
from kasstroom.messages.postal import missing_address, postal_address
from tests.people import NOW, ORG


def debtor(*address: str, name: str = "Klant B.V.") -> Debtor:
    return Debtor(ORG, "D1", name, DebtorKind.COMPANY, NOW, address=Address(*address))


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (("Kerkstraat", "25 a", "8501ab", "Joure"), ("Kerkstraat 25 a", "8501 AB  JOURE")),
        (("Plein 1944 10", "", "6511 JE", "Nijmegen"), ("Plein 1944 10", "6511 JE  NIJMEGEN")),
        (
            ("Meir", "1", "2000", "Antwerpen", "BE"),
            ("Meir 1", "2000 ANTWERPEN", "BELGIË"),
        ),
        (
            ("Straße des 17. Juni", "135", "10623", "Berlin", "DE"),
            ("Straße des 17. Juni 135", "10623 BERLIN", "DUITSLAND"),
        ),
        (
            ("Rue de la Paix", "10", "75002", "Paris", "FR"),
            ("10 Rue de la Paix", "75002 PARIS", "FRANKRIJK"),
        ),
        (
            ("Downing Street", "10", "SW1A 2AA", "London", "GB"),
            ("10 Downing Street", "LONDON", "SW1A 2AA", "VERENIGD KONINKRIJK"),
        ),
        (
            ("Main Street", "1", "10001", "New York NY", "US"),
            ("1 Main Street", "NEW YORK NY  10001", "VERENIGDE STATEN"),
        ),
        (("Grafton Street", "5", "", "Dublin", "IE"), ("5 Grafton Street", "DUBLIN", "IERLAND")),
    ],
)
def test_an_address_is_written_as_the_post_of_the_country_reads_it(address, lines):
    assert postal_address(debtor(*address)) == ("Klant B.V.", *lines)


@pytest.mark.parametrize(
    ("address", "missing"),
    [
        ((), ("street", "city", "postcode", "house_number")),
        (("Kerkstraat", "", "8501 AB", "Joure"), ("house_number",)),
        (("Kerkstraat", "25", "", "Joure"), ("postcode",)),
        (("Meir", "", "2000", "Antwerpen", "BE"), ()),
        (("Street", "1", "1", "Town", "ZZ"), ("country",)),
    ],
)
def test_what_a_letter_lacks_is_named(address, missing):
    assert missing_address(debtor(*address)) == missing
    assert bool(postal_address(debtor(*address))) is not bool(missing)


@given(
    st.tuples(*[st.text(max_size=30)] * 4, st.sampled_from(sorted(COUNTRIES))),
    st.text(min_size=1, max_size=60).filter(str.strip),
)
def test_no_address_takes_more_lines_than_the_window_or_breaks_one(address, name):
    lines = postal_address(debtor(*address, name=name))
    assert len(lines) in (0, 3, 4, 5)
    assert all(line.strip() and "\n" not in line for line in lines)
    assert not lines or (lines[-1] in COUNTRIES.values()) == (address[4] != "NL")
