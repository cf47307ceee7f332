"""Text as people send it: one form, and nothing in it that nobody can see."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom.text import has_unseen, normal, one_line, without_unseen

UNSEEN = [
    "\x00", "\x07", "\x1b", "\x7f", "\x85", "\u200e", "\u200f", "\u061c", "\u202a", "\u202b",
    "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\r",
]  # fmt: skip


@pytest.mark.parametrize("character", UNSEEN, ids=ascii)
@pytest.mark.parametrize("lines", [True, False])
def test_what_nobody_can_see_is_found_and_taken_out(character, lines):
    assert has_unseen(f"Jan{character}sen", lines=lines)
    assert without_unseen(f"Jan{character}sen") == "Jansen"


@pytest.mark.parametrize(
    "text", ["Daniël", "Łódź", "مؤسسة", "कक्षा\u200dष", "🏗️", "'s-Hertogenbosch"]
)
def test_names_of_people_everywhere_are_text(text):
    assert not has_unseen(text) and without_unseen(text) == text


def test_lines_and_tabs_belong_in_a_note_only():
    assert not has_unseen("een\n\ttwee", lines=True) and has_unseen("een\ttwee")
    assert normal("een\r\ntwee") == "een\ntwee" and one_line("een\r\n\ttwee\n") == "een twee"


@given(st.text())
def test_the_same_letters_are_the_same_text(text):
    decomposed = unicodedata.normalize("NFD", text)
    assert normal(decomposed) == normal(text) == normal(normal(text))
    assert not has_unseen(without_unseen(text), lines=True)
