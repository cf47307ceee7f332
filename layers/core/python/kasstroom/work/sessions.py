"""A person's session at the desk: opened with their account, or with their own key.

A key is asked again every time. What an account said is believed for a short while; then the
browser goes by the sign-in again, which asks nothing of somebody who is still signed in there.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.access.id_tokens import Person
from kasstroom.access.model import Actor, ApiKey, usable
from kasstroom.changes import Changes, Versioned
from kasstroom.errors import Forbidden, Refused
from kasstroom.ids import digest, new_token
from kasstroom.organisations.model import Language, Organisation
from kasstroom.ports import Books

LONGEST = timedelta(hours=8)
IDLE = timedelta(hours=1)
REMEMBERED = LONGEST + timedelta(days=1)
"""How long the browser keeps the token: a session that is over opens nothing, but what somebody
was typing when it ended comes back to them, and to nobody else."""
FRESH, BELIEVED = timedelta(minutes=15), timedelta(minutes=30)
"""Of an account: a page older than the first asks again who it is, and a form is taken until the
second, so that nobody loses what they typed. A role that is taken away counts by then."""
NOTED_EVERY = timedelta(minutes=1)
"""The last use is written at most this often, so that reading a page is seldom a write."""


@dataclass(frozen=True, slots=True)
class Session(Versioned):
    """The token itself is only in the browser's cookie. `language` None: the organisation's own.

    With a key, the roles are the key's. With an account (`subject`, its id there; then there is no
    key) they are what it said when the session began. `earlier` is what forms carry of the session
    that this one took the place of: what was being typed meanwhile is not lost.
    """

    org: str
    token_hash: str
    key_hash: str
    name: str
    created_at: datetime
    used_at: datetime
    gone_at: datetime
    language: Language | None = None
    subject: str = ""
    roles: tuple[str, ...] = ()
    earlier: str = ""

    def live(self, now: datetime) -> bool:
        believed = not self.subject or now < self.created_at + BELIEVED
        return believed and now < self.gone_at and now < self.used_at + IDLE

    def fresh(self, now: datetime) -> bool:
        return not self.subject or now < self.created_at + FRESH


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody who signed in."""

    session: Session
    actor: Actor
    token: str

    @property
    def form_token(self) -> str:
        return form_token(self.token, self.session.org, self.actor.name)


def form_token(token: str, org: str, name: str) -> str:
    """What every form carries: only our own pages of this session know it (CSRF), and it says for
    whom they were."""
    return digest(f"form\x1f{token}\x1f{org}\x1f{name}")


def is_of(token: str, visit: Visit, given: str) -> bool:
    """Whether a form came from a page that this person got in the session of `token`, which may be
    over."""
    expected = form_token(token, visit.session.org, visit.actor.name)
    return bool(token) and hmac.compare_digest(expected.encode(), given.encode())


def from_our_form(visit: Visit, given: str) -> None:
    """Refused when the form was not ours, or of another session than this or the one it renewed."""
    if not _carries(visit.session, visit.token, given):
        detail = "This form belongs to another session. Check it and send it again."
        raise Refused("form_outdated", detail)


def _carries(session: Session, token: str, given: str) -> bool:
    known = (form_token(token, session.org, session.name), session.earlier)
    return any(one and hmac.compare_digest(one.encode(), given.encode()) for one in known)


def sign_in(
    books: Books, key: str, mode: str, now: datetime, language: Language | None = None
) -> tuple[Changes, str]:
    """The token of a new session. One answer for a key that is unknown, revoked or of another
    mode; Refused too for a key of a machine, which has no roles."""
    found = books.find(ApiKey, "", id=digest(key)) if key else None
    if found is None or not usable(found, mode):
        raise Refused("key_unknown", "This key does not work here. Check it and try again.")
    if not found.roles:
        detail = "This key belongs to a system. Ask for a personal key, with a role, to sign in."
        raise Refused("key_without_roles", detail)
    token = new_token() + new_token()
    session = Session(
        found.org, digest(token), found.key_hash, found.name, now, now, now + LONGEST, language
    )
    return Changes(create=(session,)), token


def signed_in(
    books: Books, person: Person, before: str, now: datetime, language: Language | None = None
) -> tuple[Changes, str]:
    """The token of a new session of somebody whose account just said who they are. `before` is the
    token of a session that it takes the place of, when that was theirs. Forbidden for an
    organisation that is not here."""
    if books.find(Organisation, person.org) is None:
        detail = f"The organisation {person.org} is not known here. Ask your administrator."
        raise Forbidden("account_without_org", detail)
    token, old = new_token() + new_token(), _session(books, before)
    session = Session(
        person.org, digest(token), "", person.name, now, now, now + LONGEST, language,
        person.subject, person.roles,
    )  # fmt: skip
    if old is None or (old.org, old.subject) != (person.org, person.subject) or now >= old.gone_at:
        return Changes(create=(session,)), token
    renewed = replace(
        session,
        language=language or old.language,
        earlier=form_token(before, person.org, person.name),
    )
    return Changes(create=(renewed,), update=(replace(old, gone_at=now),)), token


def entered(
    books: Books,
    token: str,
    mode: str,
    now: datetime,
    language: Language | None = None,
    *,
    posted: bool = False,
) -> tuple[Changes, Visit]:
    """Who comes in. Refused when the session ended, its key no longer works, or its account has to
    say again who it is; `language` is kept for the pages after this one."""
    session = _session(books, token)
    if session is None or not session.live(now):
        raise Refused("signed_out", "You are signed out. Sign in again.")
    if not (posted or session.fresh(now)):
        raise Refused("sign_in_again", "Your account has to say again who you are.")
    actor = _actor(books, session, mode)
    after = replace(session, language=language or session.language)
    if now - session.used_at >= NOTED_EVERY:
        after = replace(after, used_at=now)
    changes = Changes(update=(after,)) if after != session else Changes()
    return changes, Visit(after, actor, token)


def _actor(books: Books, session: Session, mode: str) -> Actor:
    if session.subject:
        return Actor(session.name, session.roles)
    key = books.find(ApiKey, "", id=session.key_hash)
    if key is None or not usable(key, mode) or not key.roles:
        raise Refused("signed_out", "This key no longer works. Ask for a new one.")
    return Actor(key.name, key.roles)


def _session(books: Books, token: str) -> Session | None:
    return books.find(Session, "", id=digest(token)) if token else None


def renewable(books: Books, token: str, now: datetime) -> bool:
    """Whether this is somebody with an account who did not sign out: they may only have to pass by
    the sign-in again."""
    session = _session(books, token)
    return bool(session and session.subject and now < session.gone_at)


def language_of(books: Books, token: str) -> Language | None:
    """What was chosen in a session, also when it is over."""
    session = _session(books, token)
    return session.language if session else None


def ended(books: Books, token: str, form: str, now: datetime) -> tuple[Changes, Session | None]:
    """Signed out, by a form of this very session; the session that was, or None when there was none
    or the form is not its own."""
    session = _session(books, token)
    if session is None or now >= session.gone_at or not _carries(session, token, form):
        return Changes(), None
    return Changes(update=(replace(session, gone_at=now),)), session
