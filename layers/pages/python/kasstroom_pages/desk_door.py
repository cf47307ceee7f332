"""Who comes in at the desk: signing in and out, and the session of one request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from kasstroom.access.attempts import page_of_ours
from kasstroom.access.roles import HOME, allowed, landing
from kasstroom.errors import Refused
from kasstroom.organisations.model import READ_AS, Language
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom.work import sessions
from kasstroom.work.sessions import Visit
from kasstroom_pages.desk_asked import REVIEW_ID, Asked
from kasstroom_pages.desk_pages import Place
from kasstroom_pages.door_pages import barred_page, login_page
from kasstroom_pages.formats import plain
from kasstroom_pages.headers import security_headers

SIGN_IN, SIGNED_IN = "/desk/sign-in", "/desk/signed-in"
SIGN_OUT, SIGNED_OUT = "/desk/sign-out", "/desk/signed-out"
LONGEST_FORM = 16_384
"""A note of 500 characters has up to twelve bytes for each, the way a form is sent."""
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)


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
        account = sign_in_path(f"/desk/reviews/{wanted}" if wanted else "", chosen)
        body = login_page(place, said, chosen=chosen, to=wanted, kept=kept, account=account)
        return page(body, status)

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
        if REVIEW_ID.match(review):
            return to(f"/desk/reviews/{review}", token)
        visit = self._visit(replace(asked, token=token))
        return to(landing(visit.actor.roles) if visit else HOME, token)

    def sign_out(self, asked: Asked) -> DeskAnswer:
        """Only a form of ours signs somebody out; of an account, at its sign-in too."""
        if not asked.ours:
            return to(HOME)
        form = asked.typed.get("form", "")
        was = settle(self.books, lambda: sessions.ended(self.books, asked.token, form, self.now))
        if was is None:
            return to(HOME)
        if not was.subject:
            return to("/desk/login?why=signed_out_now", "")
        return to(f"{SIGN_OUT}?lang={was.language}" if was.language else SIGN_OUT, "")

    def entered(self, asked: Asked) -> Visit | None:
        """None when the session is over, its key was taken away, its account has to say again who
        it is, or the page is not for their role: `turned_away` knows which."""
        visit = self._visit(asked)
        return visit if visit and _may(visit, asked) else None

    def _visit(self, asked: Asked) -> Visit | None:
        try:
            return settle(
                self.books,
                lambda: sessions.entered(
                    self.books, asked.token, self.mode, self.now, asked.language,
                    posted=asked.posted,
                ),
            )  # fmt: skip
        except Refused:
            return None

    def turned_away(self, asked: Asked, review: str = "") -> DeskAnswer:
        """To the sign-in page, and after that to the review that was asked for. What was typed
        waits there, in the page itself; the cookie stays, to know by whom it was. Somebody with an
        account passes by its sign-in and is back; who came in is told which roles may see this."""
        if visit := self._visit(asked):
            return self._barred(visit, asked)
        if asked.kept and REVIEW_ID.match(review):
            return self.shown(asked, "typed_waits", 403, review)
        if not asked.posted and sessions.renewable(self.books, asked.token, self.now):
            return to(sign_in_path(asked.here))
        words = ["why=signed_out"] if asked.token else []
        words += [f"to={review}"] if REVIEW_ID.match(review) else []
        return to(f"/desk/login{'?' if words else ''}{'&'.join(words)}", "")

    def _barred(self, visit: Visit, asked: Asked) -> DeskAnswer:
        self.count("DeskBarred")
        language = visit.session.language or Language.NL
        name = plain(visit.actor.name, 40)
        place = Place(
            READ_AS.get(language, language),
            HOME,
            "",
            name,
            visit.form_token,
            roles=visit.actor.roles,
        )
        return page(barred_page(place, sorted(allowed(asked.path, writes=asked.posted))), 403)


def _may(visit: Visit, asked: Asked) -> bool:
    return bool(allowed(asked.path, writes=asked.posted).intersection(visit.actor.roles))


def sign_in_path(back: str, language: str = "") -> str:
    """The address where somebody with an account says who they are."""
    given = {"to": page_of_ours(back), "lang": language}
    words = urlencode({name: text for name, text in given.items() if text})
    return f"{SIGN_IN}?{words}" if words else SIGN_IN
