"""Every word a debtor or a colleague reads, per language, at B1 level."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from kasstroom.organisations.model import READ_AS, Language

_PARTS = (
    "", "messages_", "steps_", "phone_", "notices_", "reply_", "apply_", "desk_", "desk_facts_",
    "dashboard_", "lists_", "door_", "money_", "money_codes_", "money_days_",
)  # fmt: skip
"""What a language's words are about: a module each, `messages_nl` and so on."""
_IN_FULL = frozenset({Language.NL, Language.EN})
DEBTORS = _PARTS[:6]
"""What a debtor reads, in every language; the rest only in those that are here in full."""


@cache
def words_of(language: Language) -> dict[str, str]:
    """The words of a language, by key. The one rule for what it lacks: Frisian is read as Dutch
    there, and German as English (`READ_AS`)."""
    parts = _PARTS if language in _IN_FULL else DEBTORS
    own = {key: text for part in parts for key, text in _module(part, language).items()}
    return own if language in _IN_FULL else words_of(READ_AS[language]) | own


def _module(part: str, language: Language) -> dict[str, str]:
    return import_module(f"{__name__}.{part}{language.value}").WORDS
