"""The decimal mark shows in the column; where it does not, nothing is guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.errors import Refused
from kasstroom_documents.csv_amounts import decimal_marks, value, written_amount


def column(*texts: str) -> list[Decimal | str]:
    written = [written_amount(text) for text in texts]
    marks = decimal_marks(written)
    found: list[Decimal | str] = []
    for amount in written:
        try:
            found.append(value(amount, marks))
        except Refused as error:
            found.append(error.code)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1234.56", "1234.56"),
        ("1234,5", "1234.5"),
        ("€ 1.234,56", "1234.56"),
        ("€-12,00", "-12"),
        ("-€ 12,00", "-12"),
        ("12,00-", "-12"),
        ("\u221212,00", "-12"),
        ("(12,00)", "-12"),
        ("12,-", "12"),
        ("1.250,--", "1250"),
        ("+5", "5"),
        ("1 234,56", "1234.56"),
        ("1\u00a0234,56", "1234.56"),
        ("1'234.56", "1234.56"),
        ("1.234.567,89", "1234567.89"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("0.500", "0.5"),
        ("1234.000", "1234"),
        ("EUR 7,25", "7.25"),
        ("7,25 EUR", "7.25"),
        ("0", "0"),
    ],
)
def test_amounts_that_speak_for_themselves(text, expected):
    assert column(text) == [Decimal(expected)]


@pytest.mark.parametrize("text", ["1.234", "1,234", "12.000", "-999,999"])
def test_an_amount_that_can_be_read_in_two_ways_is_not_guessed(text):
    assert column(text) == ["ambiguous_amount"]


def test_the_column_tells_which_mark_is_decimal():
    assert column("1.234", "12,50") == [Decimal(1234), Decimal("12.50")]
    assert column("1,234", "12.50") == [Decimal(1234), Decimal("12.50")]
    assert column("1.234", "12.50") == [Decimal("1.234"), Decimal("12.50")]
    assert column("1.234", "12.50", "12,50")[0] == "ambiguous_amount"


@pytest.mark.parametrize(
    "text",
    ["", "tien", "1.23,45", "12 34", "1.2.3", "--5", "-5-", "(5", "5)", "(-5)", "1,234.567,8",
     "€ 5 EUR", "1e5", "0x10", "١٢", "5%", "9" * 61, "12.", ",5"],
)  # fmt: skip
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(Refused) as caught:
        value(written_amount(text), frozenset())
    assert caught.value.code == "invalid_amount"


@given(
    st.lists(st.integers(-(10**11), 10**11), min_size=1, max_size=8), st.booleans(), st.booleans()
)
def test_what_a_program_writes_is_what_is_read(cents, comma, grouped):
    texts = [_written(c, comma, grouped) for c in cents]
    assert column(*texts) == [Decimal(c).scaleb(-2) for c in cents]


def _written(cents: int, comma: bool, grouped: bool) -> str:
    text = f"{Decimal(cents).scaleb(-2):{',' if grouped else ''}.2f}"
    return text.translate(str.maketrans(",.", ".,")) if comma else text
