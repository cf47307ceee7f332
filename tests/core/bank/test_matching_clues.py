"""What payers write is found, however it is spoilt; what nobody meant is not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.bank.clues import Strength
from kasstroom.bank.model import BankLine, LineKind, ReferenceKind
from kasstroom.bank.reading import MOST_NUMBERS, MOST_REFERENCES, clues
from kasstroom.bank.shapes import MOST_SHAPES, NumberShapes, shape_of, with_number
from kasstroom.bank.text import likeness, within_one_edit
from kasstroom.money import Money
from kasstroom.payments.references import betalingskenmerk, rf_reference

SHAPES = ("F-####-####", "CN-####")
RF = rf_reference("F20268826")
KENMERK = betalingskenmerk("000056789012345")
DAY = date(2026, 9, 1)


def line(text="", **more):
    now = datetime(2026, 9, 1, tzinfo=UTC)
    return BankLine(
        "o", "1", "NL", "s", "p", LineKind.RECEIPT, Money(100), DAY, DAY, now, text=text, **more
    )


def numbers(text, shapes=SHAPES, **more):
    return {one.number: one.strength for one in clues(line(text, **more), shapes).numbers}


@pytest.mark.parametrize(
    "text",
    [
        "F-2026-8826", "f 2026 8826 betaling", "F20268826", "F.2026.8826",
        "F-2O26-8826", "uw factuur F-2026-\n8826", "F-2026-88\n26", "f/2026/8826!",
        "F 20268826 dank",
    ],
)  # fmt: skip
def test_a_number_of_ours_is_found_as_it_is_written(text):
    assert numbers(text)["F-2026-8826"] is Strength.EXACT


@pytest.mark.parametrize("text", ["2026-8826", "20268826", "factuurF-2026-8826", "2 0 2 6 8 8 2 6"])
def test_without_its_prefix_it_is_a_weaker_clue(text):
    assert numbers(text) == {"F-2026-8826": Strength.WEAK}


def test_a_day_is_no_more_than_a_weak_number():
    assert numbers("31-08-2026", ("########",)) == {"31082026": Strength.WEAK}
    assert numbers("20261399", ("########",)) == {"20261399": Strength.EXACT}


def test_few_digits_need_a_word_before_them():
    assert numbers("3511 ED, 06-1234", ("####",)) == {}
    assert numbers("factuur 1234", ("####",)) == {"1234": Strength.WEAK}


@pytest.mark.parametrize("field", ["end_to_end_id", "reference"])
def test_other_fields_are_read_too(field):
    assert "F-2026-8826" in numbers("", **{field: "F-2026-8826"})


@pytest.mark.parametrize(
    "text",
    [RF, f"{RF[:4]} {RF[4:8]} {RF[8:12]} {RF[12:]}", RF.lower(), f"ref {RF[:9]}\n{RF[9:]} dank u",
     f"kenmerk:{RF}bedankt", ".".join(RF[at : at + 4] for at in range(0, len(RF), 4))],
)  # fmt: skip
def test_an_rf_reference_is_found_with_the_invoice_inside(text):
    found = clues(line(text), SHAPES)
    assert RF in found.references
    assert {n.number: n.strength for n in found.numbers}["F-2026-8826"] is Strength.PROTECTED


@pytest.mark.parametrize(
    "text",
    [KENMERK, f"{KENMERK[:4]} {KENMERK[4:8]} {KENMERK[8:12]} {KENMERK[12:]}",
     f"{KENMERK[:15]}\n{KENMERK[15:]}", ".".join(KENMERK[at : at + 4] for at in (0, 4, 8, 12)),
     KENMERK.replace("0", "O")],
)  # fmt: skip
def test_a_betalingskenmerk_is_found(text):
    found = clues(line(f"acceptgiro {text}"), SHAPES)
    assert found.references == (KENMERK,)
    assert not found.numbers, "its digits name nothing else"


@pytest.mark.parametrize("kind", [ReferenceKind.RF, ReferenceKind.BETALINGSKENMERK])
def test_an_announced_reference_with_wrong_check_digits_is_a_weak_clue(kind):
    wrong = f"RF00{RF[4:]}" if kind is ReferenceKind.RF else f"{9 - int(KENMERK[0])}{KENMERK[1:]}"
    found = clues(line(reference=wrong, reference_kind=kind), SHAPES)
    assert found.references == () and found.spoilt == (wrong,)


def test_a_number_inside_a_spoilt_reference_is_not_trusted():
    assert numbers(f"RF00{RF[4:]}") == {"F-2026-8826": Strength.WEAK}


def test_debtor_numbers_are_read_behind_a_word_that_says_so():
    assert clues(line("klantnr: 10001, debiteur D-7"), SHAPES).debtors == ("10001", "D-7")
    assert clues(line("10001"), SHAPES).debtors == ()


@given(st.text(max_size=300), st.text(max_size=40), st.text(max_size=40))
def test_whatever_somebody_types_costs_a_bounded_number_of_reads(text, other, name):
    found = clues(line(text, end_to_end_id=other, counterparty_name=name), SHAPES)
    assert len(found.numbers) <= MOST_NUMBERS and len(found.references) <= MOST_REFERENCES


@given(st.from_regex(r"[A-Z]{0,3}-?20[0-9]{2}[-/. ]?[0-9]{3,6}", fullmatch=True), st.data())
def test_a_learned_number_is_found_again_without_its_separators(number, data):
    shapes = (shape_of(number),)
    squeezed = "".join(c for c in number if c.isalnum())
    spaced = data.draw(st.sampled_from([number, number.lower(), squeezed, " ".join(squeezed)]))
    assert number in numbers(f"betaling {spaced} bedankt", shapes)


def test_shapes_are_learned_once_and_not_without_end():
    known = NumberShapes("o")
    for number in ("F-2026-1", "F-2026-2", "F-2026-10", "OPENING"):
        known = with_number(known, number)
    assert known.shapes == ("F-####-#", "F-####-##")
    for at in range(200):
        known = with_number(known, f"{'X' * (at % 90)}{at}")
    assert len(known.shapes) == MOST_SHAPES


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Bouwbedrijf Jansen B.V.", "BOUWBEDRIJF JANSEN BV", 100, 100),
        ("Café Noord", "Cafe Noord V.O.F.", 100, 100),
        ("Bouw bedrijf Jansen", "Bouwbedrijf Jansen", 100, 100),
        ("Hr J. de Vries", "J de Vries", 100, 100),
        ("Loodgieters Janssen", "Loodgieters Jansen", 95, 100),
        ("Jansen Bouw", "Jansen Bouw Twente", 85, 90),
        ("J. de Vries", "P. de Vries", 0, 50),
        ("Jansen Bouw", "Pietersen Bouw", 0, 59),
        ("", "Jansen", 0, 0),
    ],
)
def test_names_are_alike_as_people_see_them(one, other, least, most):
    assert least <= likeness(one, other) <= most
    assert likeness(one, other) == likeness(other, one)


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_one_edit_is_what_the_textbook_says(one, other):
    assert within_one_edit(one, other) == (_distance(one, other) <= 1)


def _distance(one, other):
    """Optimal string alignment, written out."""
    rows = [
        [max(i, j) if not min(i, j) else 0 for j in range(len(other) + 1)]
        for i in range(len(one) + 1)
    ]
    for i, a in enumerate(one, 1):
        for j, b in enumerate(other, 1):
            best = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, rows[i - 2][j - 2] + 1)
            rows[i][j] = best
    return rows[-1][-1]
