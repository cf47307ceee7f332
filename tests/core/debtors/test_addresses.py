"""Addresses as people type them, in one field or in two."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.debtors.addresses import address_key, split_number, tidy
from kasstroom.debtors.model import Address


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("25", ("25", "")),
        ("25 1", ("25", "1")),
        ("25-1a", ("25", "1A")),
        ("25 - 1 a", ("25", "1A")),
        ("25/1/a", ("25", "1A")),
        ("25 hs", ("25", "HS")),
        ("25bis", ("25", "BIS")),
        ("25 bis A", ("25", "BISA")),
        ("12-14", ("12", "14")),
        ("025", ("25", "")),
        (" 25 ", ("25", "")),
        ("5 b", ("5", "B")),
        ("10 bus 3", ("10", "BUS3")),
        ("123456", ("123456", "")),
        ("woonboot Anna", ("woonboot Anna", "")),
        ("", ("", "")),
    ],
)
def test_a_number_and_its_addition(written, expected):
    assert split_number(written) == expected


@pytest.mark.parametrize(
    ("street", "expected"),
    [
        ("Kerkstraat 25", ("Kerkstraat", "25")),
        ("Kerkstraat 25-1a", ("Kerkstraat", "25-1a")),
        ("Kerkstraat 25 1", ("Kerkstraat", "25 1")),
        ("Kerkstraat 25 hs", ("Kerkstraat", "25 hs")),
        ("Kerkstraat 25bis", ("Kerkstraat", "25bis")),
        ("Kerkstraat, 25", ("Kerkstraat", "25")),
        ("Kerkstraat 12-14", ("Kerkstraat", "12-14")),
        ("Kerkstraat 2e", ("Kerkstraat", "2e")),
        ("1e Jan van der Heydenstraat 10", ("1e Jan van der Heydenstraat", "10")),
        ("Eerste 2e Hugo de Grootstraat 25 hs", ("Eerste 2e Hugo de Grootstraat", "25 hs")),
        ("1e Jan van der Heydenstraat", ("1e Jan van der Heydenstraat", "")),
        ("Plein 1944 10", ("Plein 1944", "10")),
        ("Plein 1944", ("Plein", "1944")),
        ("Burg. Plein 1940-1945 12a", ("Burg. Plein 1940-1945", "12a")),
        ("Hauptstr. 5 b", ("Hauptstr.", "5 b")),
        ("Straße des 17. Juni 135", ("Straße des 17. Juni", "135")),
        ("Kerkstraat 10 bus 3", ("Kerkstraat", "10 bus 3")),
        ("Postbus 1234", ("Postbus", "1234")),
        ("Kerkstraat", ("Kerkstraat", "")),
        ("25", ("25", "")),
        ("", ("", "")),
    ],
)
def test_a_number_in_the_street_field(street, expected):
    tidied = tidy(Address(street))
    assert (tidied.street, tidied.house_number) == expected


def test_an_addition_alone_finds_its_number_in_the_street():
    tidied = tidy(Address("Kerkstraat 25", "hs"))
    assert (tidied.street, tidied.house_number) == ("Kerkstraat", "25 hs")


def test_a_number_in_its_own_field_leaves_the_street_alone():
    tidied = tidy(Address("Plein 1944", "10"))
    assert (tidied.street, tidied.house_number) == ("Plein 1944", "10")


@pytest.mark.parametrize(
    ("country", "written", "expected"),
    [
        ("NL", "1234ab", "1234 AB"),
        ("NL", " 1234  aB ", "1234 AB"),
        ("NL", "0234ab", "0234AB"),
        ("NL", "10115", "10115"),
        ("DE", "10115", "10115"),
        ("BE", "1000", "1000"),
        ("GB", "sw1a 1aa", "SW1A 1AA"),
        ("DE", "1234ab", "1234AB"),
    ],
)
def test_a_postcode(country, written, expected):
    assert tidy(Address(postcode=written, country=country)).postcode == expected


SAME = [
    [("Kerkstraat", "25-1a", "1234ab"), ("Kerkstraat 25-1a", "", "1234 AB"),
     ("Kerkstr.", "25 1 A", "1234 ab"), ("Kerkstraat 25", "-1a", "1234AB"),
     ("kerkstraat, 25/1a", "", "1234AB"), ("", "025 1a", "1234AB")],
    [("Kerkstraat", "251a", "1234AB")],
    [("Kerkstraat", "25", "1234AB"), ("Kerkstraat 25", "", "1234AB")],
    [("Kerkstraat", "25 1", "1234AB"), ("Kerkstraat 25-1", "", "1234AB")],
    [("Kerkstraat", "251", "1234AB")],
    [("Kerkstraat", "25 hs", "1234AB"), ("Kerkstraat 25HS", "", "1234AB")],
    [("Plein 1944", "10", "6511JC"), ("Plein 1944 10", "", "6511jc")],
]  # fmt: skip


def test_equal_keys_for_equal_spellings_and_only_those():
    keys = [{address_key(Address(s, n, p)) for s, n, p in spellings} for spellings in SAME]
    assert all(len(found) == 1 for found in keys), keys
    assert len(set.union(*keys)) == len(SAME)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        (Address("Kerkstraat 9", "", "3511 ED"), "3511ED-9"),
        (Address("Kerkstraat 9a", "", "3511 ED"), "3511ED-9A"),
        (Address("Kerkstraat 9-1", "", "3511 ED"), "3511ED-9-1"),
        (Address("Hauptstr. 5 b", "", "10115", country="DE"), "DE-10115-5B"),
        (Address("Kerkstraat 10 bus 3", "", "1000", country="BE"), "BE-1000-10BUS3"),
        (Address("Kerkstraat", "", "3511 ED"), ""),
        (Address("Kerkstraat 9"), ""),
        (Address(), ""),
    ],
)
def test_the_key_reads_as_an_address(address, key):
    assert address_key(address) == key


def test_the_same_numbers_in_another_country_are_another_address():
    keys = {address_key(Address("", "5", "1000", country=c)) for c in ("BE", "DK", "CH")}
    assert len(keys) == 3


pieces = st.sampled_from(
    ["Kerkstraat", "1e", "2de", "Plein", "1944", "25", "25-1a", "hs", "bis", "bus", "3", "12-14",
     "17.", "Juni", "b", ",", "/", "-", "5", "123456"]
)  # fmt: skip
typed = st.one_of(st.text(max_size=30), st.lists(pieces, max_size=6).map(" ".join))
postcodes = st.one_of(
    typed, st.from_regex(r"\A\s?[0-9]{4}\s{0,2}[A-Za-z]{2}\s?\Z"), st.just("10115")
)
written = st.builds(
    Address, typed, typed, postcodes, typed, st.sampled_from(["NL", "DE", "BE", "GB"])
)


def characters(address):
    text = "".join(getattr(address, field.name) for field in fields(address))
    return sorted("".join(text.split()).replace(",", "").upper())


@given(written)
def test_tidying_twice_changes_nothing(address):
    assert tidy(tidy(address)) == tidy(address)


@given(written)
def test_everything_typed_is_still_there(address):
    assert characters(tidy(address)) == characters(address)


@given(written)
def test_tidying_does_not_make_it_another_address(address):
    assert address_key(tidy(address)) == address_key(address)


doors = st.tuples(st.integers(1, 99999), st.sampled_from(["", "A", "1", "12", "BIS", "HS", "1A"]))


@given(doors, doors)
def test_two_doors_have_two_keys(one, other):
    keys = [address_key(Address("Kerkstraat", f"{n} {add}", "1234AB")) for n, add in (one, other)]
    assert (keys[0] == keys[1]) == (one == other)
