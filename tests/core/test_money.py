import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.errors import Refused
from kasstroom.money import Money

amounts = st.integers(min_value=-(10**14), max_value=10**14)


@given(amounts, st.sampled_from(["EUR", "JPY", "BHD"]))
def test_what_is_printed_reads_back(minor, currency):
    money = Money(minor, currency)
    assert Money.parse(money.value, currency) == money


@given(amounts, amounts)
def test_adding_and_taking_away_loses_no_cent(one, other):
    assert (Money(one) + Money(other)) - Money(other) == Money(one)


@pytest.mark.parametrize("value", ["1.005", "1e3", "1,00", "", "NaN", "١", " 1", "1.", "--1"])
def test_anything_but_a_plain_decimal_is_refused(value):
    with pytest.raises(Refused):
        Money.parse(value)


def test_decimals_follow_the_currency():
    assert Money.parse("1000.0000") == Money(100000)
    assert Money.parse("5", "JPY").value == "5"
    with pytest.raises(Refused, match="more decimals"):
        Money.parse("5.1", "JPY")


def test_an_unknown_currency_is_refused():
    with pytest.raises(Refused, match="ISO 4217"):
        Money.parse("1.00", "EURO")


def test_currencies_do_not_mix():
    with pytest.raises(Refused, match="cannot be added"):
        Money(1, "EUR") + Money(1, "SEK")
