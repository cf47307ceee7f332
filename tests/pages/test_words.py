"""Every language has the same words, and every word is used."""

from __future__ import annotations

import re
import string
from datetime import date
from pathlib import Path

import pytest

import kasstroom_pages
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom_pages.formats import grouped, initials, long_date, money, plain, short_name
from kasstroom_pages.words import DEBTORS, _module, words_of

PACKAGE = Path(kasstroom_pages.__file__).parent


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", [each for each in Language if each is not Language.NL])
def test_languages_have_the_same_words(language):
    dutch, other = words_of(Language.NL), words_of(language)
    assert dutch.keys() == other.keys()
    own = {key for part in DEBTORS for key in _module(part, language)}
    lacking = {key for part in DEBTORS for key in _module(part, Language.NL)} - own
    assert lacking <= {"docs_title"}
    assert [k for k in dutch if _places(dutch[k]) != _places(other[k])] == []


def test_no_word_is_left_over():
    files = [*PACKAGE.glob("*.py"), *PACKAGE.glob("templates/*")]
    used = "\n".join(path.read_text() for path in files)
    families = re.compile(
        r"(state|nothing|gone|busy|method|error|notice|help|mail|letter|sms|whatsapp|phone|law14"
        r"|thanks|desk|apply|reply|reason|dash|door_in|door_out|door_role)_"
    )
    words = [key for key in words_of(Language.NL) if not families.match(key)]
    assert [key for key in words if f'"{key}"' not in used and key[:5] != "days_"] == []


@pytest.mark.parametrize("language", Language)
def test_words_are_calm(language):
    assert [k for k, text in words_of(language).items() if "!" in text or "vervaldat" in text] == []


@pytest.mark.parametrize(
    ("amount", "dutch", "english"),
    [
        (Money(118685), "€\u00a01.186,85", "€1,186.85"),
        (Money(-1000), "€\u00a0-10,00", "-€10.00"),
        (Money(1186, "JPY"), "JP¥\u00a01.186", "JP¥1,186"),
    ],
)
def test_money_per_language(amount, dutch, english):
    assert (money(amount, Language.NL), money(amount, Language.EN)) == (dutch, english)
    assert money(amount, Language.FY) == dutch


def test_days_per_language():
    day = date(2026, 3, 9)
    assert [long_date(day, language) for language in Language] == [
        "9 maart 2026", "9 March 2026", "9. März 2026", "9 maart 2026",
    ]  # fmt: skip
    months = "jannewaris febrewaris maart april maaie juny july augustus septimber oktober"
    for at, month in enumerate(f"{months} novimber desimber".split(), 1):
        assert long_date(date(2026, at, 1), Language.FY) == f"1 {month} 2026"
    assert money(Money(118685), Language.DE) == "1.186,85\u00a0€"


def test_names_and_numbers():
    assert grouped("NL91ABNA0417164300") == "NL91 ABNA 0417 1643 00"
    assert plain("a\u202eb\r\nc\x00 " + "d" * 200, 10) == "a b c ddd…"
    assert initials("Van Dijk Bouwmaterialen B.V.") == "VD" and initials("B.V.") == "B"
    assert initials("") == "·"
    assert short_name("Van Dijk Bouwmaterialen B.V.") == "Van Dijk"
    assert short_name("Van der Vossenberg Transport B.V.") == "Van der Vossenberg"
