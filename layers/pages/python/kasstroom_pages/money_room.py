"""One request at the pages for money: who asks, with which books, and a form that is done once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from kasstroom.access.roles import MONEY, may
from kasstroom.bank.usecases import Ways
from kasstroom.changes import Changes
from kasstroom.errors import Conflict, KasstroomError, NotFound, Refused, Unavailable
from kasstroom.organisations.model import Language, Organisation
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom.text import FORBIDDEN, has_unseen
from kasstroom.work import sessions
from kasstroom.work.sessions import Visit
from kasstroom_pages.desk_asked import Asked
from kasstroom_pages.desk_pages import Place
from kasstroom_pages.desk_place import place_of
from kasstroom_pages.formats import plain
from kasstroom_pages.templates import say
from kasstroom_pages.words import words_of

R = TypeVar("R")
LONGEST_REASON = 500
CHANGED = "changed_since"
_STATUS = {"form_outdated": 403, "role_required": 403, "form_too_large": 413, "malformed_form": 400}


@dataclass(frozen=True, slots=True)
class Room:
    """`ways` is how this organisation matches and books."""

    visit: Visit
    asked: Asked
    books: Books
    now: datetime
    organisation: Organisation
    ways: Callable[[], Ways]
    count: Callable[[str], None]

    @property
    def org(self) -> str:
        return self.visit.session.org

    @property
    def language(self) -> Language:
        return self.place(MONEY).language

    @property
    def works(self) -> bool:
        """Whether this person may do more than look."""
        return may(self.visit.actor.roles, "POST", MONEY)

    def place(self, path: str, switch: str = "") -> Place:
        return place_of(self.visit, self.organisation, path, switch)

    def typed(self, name: str) -> str:
        return self.asked.typed.get(name, "").strip()

    def reason(self, name: str = "reason") -> str:
        """Why, as it was typed; Refused when it is missing or cannot be kept."""
        text = self.typed(name).replace("\r\n", "\n")
        if not text:
            raise Refused("reason_missing", "Say why.", f"/body/{name}")
        if len(text) > LONGEST_REASON:
            detail = f"Use at most {LONGEST_REASON} characters."
            raise Refused("note_too_long", detail, f"/body/{name}")
        if has_unseen(text, lines=True):
            raise Refused(FORBIDDEN, "Leave out the characters that nobody can see.", "/body")
        return text

    def from_our_form(self) -> None:
        """Refused for a form of another page or session."""
        if not self.asked.ours:
            raise Refused("form_outdated", "This form was not sent from our page.")
        sessions.from_our_form(self.visit, self.asked.typed.get("form", ""))

    @property
    def seen(self) -> int:
        """The version of what the page showed; nothing has a version below zero."""
        given = self.typed("version")
        return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1

    def done(self, kind: type, plan: Callable[[], tuple[Changes, R]]) -> R:
        """Settles what a form asks, of what its page showed and of nothing newer. Conflict when it
        moved since: the same form twice is done once."""

        def as_seen() -> tuple[Changes, R]:
            changes, result = plan()
            if any(one.version != self.seen for one in changes.update if isinstance(one, kind)):
                raise Conflict(CHANGED, "This changed while you looked at it.")
            return changes, result

        return settle(self.books, as_seen)

    def sentence(self, error: KasstroomError, **values: Any) -> str:
        """What went wrong, in the reader's words."""
        t, known = say(self.language), words_of(self.language)
        for key in (f"desk_money_said_{error.code}", f"desk_said_{error.code}"):
            if key in known:
                return t(key, **values)
        return t("desk_said_other", detail=plain(error.detail, 300))


def status_of(error: KasstroomError) -> int:
    if isinstance(error, Unavailable):
        return 503
    if isinstance(error, NotFound):
        return 422  # of something that was typed on a page that is there
    return _STATUS.get(error.code, 409 if isinstance(error, Conflict) else 422)
