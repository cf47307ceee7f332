"""One request at the desk, as far as its pages look at it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from kasstroom.organisations.model import READ_AS, Language

MOST_KEPT = 1000
"""Characters of all that the sign-in page carries for who was typing."""
REVIEW_ID = re.compile(r"rev_[0-9A-Z]{26}\Z")
_FIELD = re.compile(r"[a-z_]{1,30}\Z")
_NOT_KEPT = frozenset({"key", "to", "lang", "switch", "verdict", "gather", "look"})
_OURS = ("", "same-origin", "none")
"""What a browser says of a form on our own page (Sec-Fetch-Site); an old one says nothing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: `token` from the cookie, `came_from` the Sec-Fetch-Site header; `posted` when it
    is a form."""

    path: str
    token: str
    query: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    came_from: str = ""
    posted: bool = False

    @property
    def here(self) -> str:
        """The page that was asked for, to come back to; its language was noted already."""
        query = urlencode({name: text for name, text in self.query.items() if name != "lang"})
        return f"{self.path}?{query}" if query else self.path

    @property
    def ours(self) -> bool:
        return self.came_from in _OURS

    @property
    def language(self) -> Language | None:
        """What the reader chose just now."""
        given = self.query.get("lang") or self.typed.get("lang", "")
        chosen = Language(given) if given in set(Language) else None
        return READ_AS.get(chosen, chosen) if chosen else None

    @property
    def kept(self) -> dict[str, str]:
        """What was typed in a form of ours, with the token of its session; empty without both. A
        button is not kept: it is pressed by who is signed in."""
        if not (self.ours and self.token and self.typed.get("form")):
            return {}
        kept, room = {}, MOST_KEPT
        for name, text in self.typed.items():
            if _FIELD.match(name) and name not in _NOT_KEPT and room:
                kept[name] = text[:room]
                room -= len(kept[name])
        return kept if kept.keys() - {"form"} else {}
