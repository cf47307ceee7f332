"""What fits in an SMS: septets, the extension table, parts, and what falls back to UCS-2."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.messages.gsm7 import Size, gsm_text, septets, size


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Daniël Żółć", "Daniel Zolc"), ("Fryslân, ŷ en Ï", "Fryslan, y en I"),
        ("“Van Dijk” – ‘nu’…", '"Van Dijk" - \'nu\'...'), ("€ 12,50", "€ 12,50"),
        ("één, café, à, ü, ß, Ø", "één, café, à, ü, ß, Ø"), ("ﬁn № 5", "fin No 5"),
        ("📄 factuur", " factuur"), ("Đorđe Łukasz IJ ĳ", "Dorde Lukasz IJ ij"),
    ],
)  # fmt: skip
def test_letters_it_lacks_become_their_nearest(text, expected):
    assert gsm_text(text) == expected


@given(st.text(max_size=200))
def test_what_comes_out_is_always_gsm_and_stays_what_it_is(text):
    once = gsm_text(text)
    assert septets(once) >= len(once)
    assert gsm_text(once) == once
    assert size(once).is_gsm


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a" * 160, Size(True, 160, 1)), ("a" * 161, Size(True, 161, 2)),
        ("a" * 306, Size(True, 306, 2)), ("a" * 307, Size(True, 307, 3)),
        ("€" * 80, Size(True, 160, 1)), ("[" * 81, Size(True, 162, 2)),
        ("ë" * 70, Size(False, 70, 1)), ("ë" * 71, Size(False, 71, 2)),
        ("😀" * 35, Size(False, 70, 1)), ("😀" * 36, Size(False, 72, 2)),
        ("", Size(True, 0, 1)),
    ],
)  # fmt: skip
def test_parts_as_the_network_counts_them(text, expected):
    assert size(text) == expected


def test_no_character_is_cut_in_two():
    euro_over_the_edge = "a" * 152 + "€" + "a" * 151 + "€"
    assert size(euro_over_the_edge) == Size(True, 307, 3)
    assert size("a" * 152 + "€" * 77) == Size(True, 306, 3)


def test_outside_the_alphabet_has_no_length_in_septets():
    with pytest.raises(ValueError, match="ë"):
        septets("Daniël")
