"""What fits in a mail, and names that are only names."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kasstroom.messages.attachments import file_name, fitting
from kasstroom.messages.model import Attachment


def file(size: int, name: str = "a.pdf") -> Attachment:
    return Attachment(name, "application/pdf", b"x" * size)


@given(st.lists(st.integers(0, 50), max_size=12), st.integers(0, 200))
def test_the_rest_fits_and_the_largest_stays_behind(sizes, most):
    files = [file(size, str(at)) for at, size in enumerate(sizes)]
    kept, left = fitting(files, most)
    assert sum(len(one.content) for one in kept) <= most
    assert sorted([*kept, *left], key=lambda f: int(f.name)) == files
    assert [f for f in files if f in kept] == list(kept), "in the order they came"
    smallest_left = min((len(f.content) for f in left), default=999)
    assert all(len(f.content) <= smallest_left for f in kept)
    if left:
        last = min(left, key=lambda f: len(f.content))
        assert sum(len(f.content) for f in kept) + len(last.content) > most, "none for nothing"


@given(st.text(max_size=200))
def test_a_number_is_no_folder_and_turns_nothing_round(number):
    name = file_name("factuur", number, "pdf")
    assert name.endswith(".pdf") and name.startswith("factuur")
    assert re.fullmatch(r"[\w.-]+", name) and len(name) <= 84
    assert "\u202e" not in name and "/" not in name


def test_names_people_recognise():
    assert file_name("factuur", "2026/0042", "pdf") == "factuur-2026-0042.pdf"
    assert file_name("factuur", "../../etc", "xml") == "factuur-..-..-etc.xml"
