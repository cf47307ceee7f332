"""Every word a debtor or a colleague reads, per language, at B1 level."""

from __future__ import annotations

from kasstroom.organisations.model import Language
from kasstroom_pages.words import (
    apply_en,
    apply_nl,
    desk_en,
    desk_facts_en,
    desk_facts_nl,
    desk_nl,
    en,
    nl,
    notices_en,
    notices_nl,
)

_WORDS = {
    Language.NL: nl.WORDS | apply_nl.WORDS | desk_nl.WORDS | desk_facts_nl.WORDS | notices_nl.WORDS,
    Language.EN: en.WORDS | apply_en.WORDS | desk_en.WORDS | desk_facts_en.WORDS | notices_en.WORDS,
}


def words_of(language: Language) -> dict[str, str]:
    """The words of a language, by key."""
    return _WORDS[language]
