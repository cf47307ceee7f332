"""RF references (ISO 11649) and the Dutch betalingskenmerk, against published examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.errors import Refused
from kasstroom.payments.references import betalingskenmerk, is_betalingskenmerk, is_rf, rf_reference
from tests.shared import law

numbers = st.one_of(st.integers(7, 12), st.just(15)).flatmap(
    lambda size: st.text("0123456789", min_size=size, max_size=size)
)


def test_betalingskenmerk_as_published():
    assert [(n, k) for n, k in law()["betalingskenmerk_generate"] if betalingskenmerk(n) != k] == []


def test_tax_administration_references_are_valid():
    assert [k for k in law()["betalingskenmerk_valid"] if not is_betalingskenmerk(k)] == []


def test_rf_as_published():
    assert [(n, rf) for n, rf in law()["rf"] if rf_reference(n) != rf or not is_rf(rf)] == []


def test_examples_of_the_standards():
    assert betalingskenmerk("000056789012345") == "5000056789012345"
    assert betalingskenmerk("345346225670") == "12345346225670"
    assert rf_reference("539007547034") == "RF18539007547034"


def test_what_people_type_is_understood():
    assert is_rf("rf18 5390 0754 7034") and is_betalingskenmerk("5000 0567 8901 2345")
    assert rf_reference("f2026-000123") == "RF86F2026000123"


@given(numbers)
def test_every_betalingskenmerk_is_valid_and_one_wrong_digit_in_front_is_not(number):
    kenmerk = betalingskenmerk(number)
    assert is_betalingskenmerk(kenmerk)
    wrong = str((int(kenmerk[0]) + 1) % 10) + kenmerk[1:]
    assert not is_betalingskenmerk(wrong)


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=21))
def test_every_rf_reference_is_valid(base):
    assert is_rf(rf_reference(base)) and is_rf(rf_reference(base).lower())


@given(st.text("0123456789", min_size=1, max_size=21), st.data())
def test_rf_catches_one_wrong_digit(base, data):
    reference = rf_reference(base)
    at = data.draw(st.integers(2, len(reference) - 1))
    other = data.draw(st.sampled_from("0123456789").filter(lambda c: c != reference[at]))
    assert not is_rf(reference[:at] + other + reference[at + 1 :])


@pytest.mark.parametrize("length", [0, 1, 6, 8, 15, 17])
def test_lengths_that_never_are_a_betalingskenmerk(length):
    assert not is_betalingskenmerk("0" * length)


@pytest.mark.parametrize(
    "number", ["", "123456", "1234567890123", "12345678901234", "123456x", "１２３４５６７"]
)
def test_a_number_that_cannot_be_a_betalingskenmerk_is_refused(number):
    with pytest.raises(Refused):
        betalingskenmerk(number)


@pytest.mark.parametrize("number", ["", "2026_42", "é1", "A" * 22])
def test_a_number_that_cannot_be_an_rf_reference_is_refused(number):
    with pytest.raises(Refused):
        rf_reference(number)


@pytest.mark.parametrize("reference", ["", "RF", "RF18", "RF19539007547034", "RF00539007547034"])
def test_what_is_no_rf_reference(reference):
    assert not is_rf(reference)
