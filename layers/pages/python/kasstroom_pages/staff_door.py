"""Signing in at the desk with an account: to the accounts' own page, and back from it.

The browser comes back from another site, and then sends no cookie that is strictly ours, not even
after a redirect. So who comes back gets a small page that goes on by itself: that step is our own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.access.attempts import Attempt, attempt_of, begun
from kasstroom.access.id_tokens import Person, kid_of, person_of
from kasstroom.access.ports import StaffAccounts
from kasstroom.access.roles import HOME, landing
from kasstroom.errors import Forbidden, KasstroomError, Refused, Unavailable
from kasstroom.organisations.model import Language
from kasstroom.settle import settle
from kasstroom.work import sessions
from kasstroom_pages.desk_asked import Asked
from kasstroom_pages.desk_door import SIGN_OUT, SIGNED_IN, SIGNED_OUT, DeskAnswer, Door, page, to
from kasstroom_pages.desk_pages import Place
from kasstroom_pages.door_pages import passing_page


@dataclass(frozen=True, slots=True)
class Step:
    """`attempt` is what its cookie becomes: None leaves it as it is, empty takes it away."""

    answer: DeskAnswer
    attempt: str | None = None


@dataclass(frozen=True, slots=True)
class StaffDoor:
    """`public_url` without a slash at the end; `real_now` is the time that the accounts know,
    `noted` is told why somebody could not sign in."""

    door: Door
    accounts: StaffAccounts
    public_url: str
    real_now: Callable[[], datetime]
    noted: Callable[[KasstroomError], None]

    @property
    def _back(self) -> str:
        return f"{self.public_url}{SIGNED_IN}"

    def begin(self, asked: Asked) -> Step:
        attempt = begun(asked.query.get("to", ""), asked.language, asked.token)
        return Step(to(self.accounts.sign_in_url(attempt, self._back)), attempt.cookie)

    def back(self, asked: Asked, cookie: str) -> Step:
        """Whatever comes back, this attempt is over: a second look at the address does nothing."""
        attempt = attempt_of(cookie)
        language = attempt.language if attempt else None
        try:
            person = self._person(asked, attempt)
            answer = self._signed_in(person, attempt)
        except KasstroomError as error:
            self.noted(error)
            answer = self._turned_back(asked, error, language)
        return Step(answer, "")

    def _person(self, asked: Asked, attempt: Attempt | None) -> Person:
        if attempt is None or not attempt.answers(asked.query.get("state", "")):
            raise Refused("account_state", "This sign-in is not one that was begun here.")
        if "error" in asked.query or not asked.query.get("code"):
            raise Refused("account_cancelled", "The sign-in was broken off.")
        token = self.accounts.id_token(asked.query["code"], attempt, self._back)
        keys = self.accounts.keys(kid_of(token))
        return person_of(token, keys, self.accounts.pool, attempt.nonce, self.real_now())

    def _signed_in(self, person: Person, attempt: Attempt) -> DeskAnswer:
        books, now = self.door.books, self.door.now
        token = settle(
            books,
            lambda: sessions.signed_in(books, person, attempt.before, now, attempt.language),
        )
        self.door.count("DeskAccountSignedIn")
        onward = attempt.to or landing(person.roles)
        return _passing("in", onward, Place(attempt.language or Language.NL, HOME), token)

    def _turned_back(
        self, asked: Asked, error: KasstroomError, language: Language | None
    ) -> DeskAnswer:
        """The sign-in page with what to do; it can be tried again from there."""
        code, status = error.code, 503 if isinstance(error, Unavailable) else 403
        if isinstance(error, Unavailable):
            code = "account_unavailable"
        elif not isinstance(error, Refused | Forbidden):
            code = "account_refused"
        chosen = {"lang": language.value} if language else {}
        return self.door.shown(replace(asked, query=chosen), code, status)

    def leave(self, asked: Asked) -> Step:
        """Our session has ended by now; the accounts' own is next."""
        onward = self.accounts.sign_out_url(f"{self.public_url}{SIGNED_OUT}")
        return Step(_passing("out", onward, Place(asked.language or Language.NL, SIGN_OUT)))

    def left(self, asked: Asked) -> Step:
        return Step(self.door.shown(asked, "signed_out_now"))


def _passing(code: str, onward: str, place: Place, token: str | None = None) -> DeskAnswer:
    answer = page(passing_page(place, code, onward), token=token)
    return replace(answer, headers=answer.headers | {"Refresh": f"0; url={onward}"})
