"""Who comes in at the desk: signing in and out, and the session of one request."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kasstroom.errors import Refused
from kasstroom.organisations.model import Language
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom.work import sessions
from kasstroom.work.sessions import Visit
from kasstroom_pages.desk_pages import Place, login_page
from kasstroom_pages.headers import security_headers

REVIEW_ID = re.compile(r"rev_[0-9A-Z]{26}\Z")
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
        return Language(given) if given in set(Language) else None


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

    def shown(self, asked: Asked, said: str = "", status: int = 200) -> DeskAnswer:
        """The sign-in page; `said` is a code of what went wrong."""
        if not said and asked.query.get("why") in ("signed_out", "signed_out_now"):
            said = asked.query["why"]
        place = Place(asked.language or Language.NL, "/desk/login")
        review = asked.query.get("to") or asked.typed.get("to", "")
        chosen = asked.language.value if asked.language else ""
        wanted = review if REVIEW_ID.match(review) else ""
        return page(login_page(place, said, chosen=chosen, to=wanted), status)

    def sign_in(self, asked: Asked) -> DeskAnswer:
        if not asked.ours:
            return self.shown(asked, status=403)
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
        if not (asked.ours and sessions.is_ours(asked.token, asked.typed.get("form", ""))):
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
        """To the sign-in page, and after that to the review that was asked for."""
        words = ["why=signed_out"] if asked.token else []
        words += [f"to={review}"] if REVIEW_ID.match(review) else []
        return to(f"/desk/login{'?' if words else ''}{'&'.join(words)}", "")
