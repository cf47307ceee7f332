"""What the codes of matching mean, in words: why a line waits, and how sure a proposal is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kasstroom.organisations.model import Language
from kasstroom_pages import desk_words
from kasstroom_pages.formats import plain
from kasstroom_pages.templates import say
from kasstroom_pages.words import words_of

SURE, LIKELY, MAYBE = 75, 50, 25
_OWNERS = frozenset({"credit_management", "finance"})


def explained(codes: Iterable[str], language: Language) -> list[str]:
    """Why somebody is proposed; a code that is new here is shown as it is."""
    known = words_of(language)
    return [
        known.get(f"desk_money_code_{code}") or plain(code.replace("_", " "))
        for code in dict.fromkeys(codes)
    ]


def waits_for(note: str, language: Language) -> list[str]:
    """Why nothing was booked by itself; a note that a person wrote is shown as it is."""
    known = words_of(language)
    parts = [part.strip() for part in note.split(",")]
    if parts and all(f"desk_money_wait_{part}" in known for part in parts):
        return [known[f"desk_money_wait_{part}"] for part in parts]
    return [plain(note, 500)] if note else []


def sureness(score: int, language: Language) -> tuple[str, str]:
    """Tone and words for 0 to 100."""
    name = next((n for n, least in _STEPS if score >= least), "weak")
    return name, say(language)(f"desk_money_score_{name}")


_STEPS = (("sure", SURE), ("likely", LIKELY), ("maybe", MAYBE))


def owner(name: str, language: Language) -> str:
    """A team by its own word, a person by name."""
    return say(language)(f"desk_money_owner_{name}") if name in _OWNERS else plain(name, 40)


def due(resolve_by: date | None, today: date, language: Language) -> tuple[str, str]:
    if resolve_by is None:
        return "", say(language)("desk_money_being_matched")
    return desk_words.due(resolve_by, today, language)


def word(family: str, code: str, language: Language) -> str:
    """A word of a family, or the code itself as text."""
    known = words_of(language)
    return known.get(f"desk_money_{family}_{code}") or plain(code.replace("_", " "), 60)
