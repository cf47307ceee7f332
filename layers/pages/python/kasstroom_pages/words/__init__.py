"""Every word a debtor reads, per language, at B1 level."""

from __future__ import annotations

from kasstroom.organisations.model import Language
from kasstroom_pages.words import en, nl

_WORDS = {Language.NL: nl.WORDS, Language.EN: en.WORDS}


def words_of(language: Language) -> dict[str, str]:
    """The words of a language, by key."""
    return _WORDS[language]
