"""Who comes in at the desk: signing in and out, and the session of one request."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kasstroom.errors import Refused
from kasstroom.organisations.model import READ_AS, Language
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom.work import sessions
from kasstroom.work.sessions import Visit
from kasstroom_pages.desk_pages import Place, login_page
from kasstroom_pages.headers import security_headers

LONGEST_FORM = 16_384
"""A note of 500 characters has up to twelve bytes for each, the way a form is sent."""
MOST_KEPT = 1000
"""Characters of all that the sign-in page carries for who was typing."""
REVIEW_ID = re.compile(r"rev_[0-9A-Z]{26}\Z")
_FIELD = re.compile(r"[a-z_]{1,30}\Z")
_NOT_KEPT = frozenset({"key", "to", "lang", "switch", "verdict", "gather", "look"})
_OURS = ("", "same-origin", "none")
"""What a browser says of a form on our own page (Sec-Fetch-Site); an old one says nothing."""
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: `token` from the cookie, `came_from` the Sec-Fetch-Site header."""

    path: str
    token: str
    query: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    came_from: str = ""

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


@dataclass(frozen=True, slots=True)
class DeskAnswer:
    """`token` None leaves the cookie as it is, empty takes it away."""

    status: int
    body: str
    headers: dict[str, str]
    token: str | None = None


def page(body: str, status: int = 200, token: str | None = None) -> DeskAnswer:
    headers = security_headers() | {"Content-Security-Policy": _POLICY}
    return DeskAnswer(status, body, headers, token)


def to(path: str, token: str | None = None) -> DeskAnswer:
    shown = page("", 303, token)
    return DeskAnswer(303, "", shown.headers | {"Location": path}, token)


@dataclass(frozen=True, slots=True)
class Door:
    """`count` notes how signing in goes; an address that keeps trying shows there."""

    books: Books
    mode: str
    now: datetime
    count: Callable[[str], None]

    def shown(
        self, asked: Asked, said: str = "", status: int = 200, review: str = ""
    ) -> DeskAnswer:
        """The sign-in page; `said` is a code of what went wrong. It carries what somebody typed
        when their session was over (`kept`), and `review` they typed it for."""
        if not said and asked.query.get("why") in ("signed_out", "signed_out_now"):
            said = asked.query["why"]
        language = asked.language or sessions.language_of(self.books, asked.token)
        place = Place(language or Language.NL, "/desk/login", switch="sign-in")
        review = review or asked.query.get("to") or asked.typed.get("to", "")
        chosen = language.value if language else ""
        wanted = review if REVIEW_ID.match(review) else ""
        kept = asked.kept if wanted else {}
        return page(login_page(place, said, chosen=chosen, to=wanted, kept=kept), status)

    def sign_in(self, asked: Asked) -> DeskAnswer:
        if not asked.ours:
            return self.shown(asked, status=403)
        if "switch" in asked.typed:
            return self.shown(asked)
        key, review = asked.typed.get("key", "").strip(), asked.typed.get("to", "")
        try:
            token = settle(
                self.books,
                lambda: sessions.sign_in(self.books, key, self.mode, self.now, asked.language),
            )
        except Refused as error:
            self.count("DeskSignInRefused")
            return self.shown(asked, error.code, 403)
        self.count("DeskSignedIn")
        return to(f"/desk/reviews/{review}" if REVIEW_ID.match(review) else "/desk", token)

    def sign_out(self, asked: Asked) -> DeskAnswer:
        """Only a form of ours signs somebody out."""
        visit, form = self.entered(asked), asked.typed.get("form", "")
        if not (asked.ours and visit and sessions.is_of(asked.token, visit, form)):
            return to("/desk")
        settle(self.books, lambda: sessions.ended(self.books, asked.token, self.now))
        return to("/desk/login?why=signed_out_now", "")

    def entered(self, asked: Asked) -> Visit | None:
        """None when the session is over, or its key was taken away."""
        try:
            return settle(
                self.books,
                lambda: sessions.entered(
                    self.books, asked.token, self.mode, self.now, asked.language
                ),
            )
        except Refused:
            return None

    def turned_away(self, asked: Asked, review: str = "") -> DeskAnswer:
        """To the sign-in page, and after that to the review that was asked for. What was typed
        waits there, in the page itself; the cookie stays, to know by whom it was."""
        if asked.kept and REVIEW_ID.match(review):
            return self.shown(asked, "typed_waits", 403, review)
        words = ["why=signed_out"] if asked.token else []
        words += [f"to={review}"] if REVIEW_ID.match(review) else []
        return to(f"/desk/login{'?' if words else ''}{'&'.join(words)}", "")
