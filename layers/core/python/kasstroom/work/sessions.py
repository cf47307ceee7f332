"""A person's session at the desk: opened with their own key, which is asked again every time."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.access.model import Actor, ApiKey, usable
from kasstroom.changes import Changes, Versioned
from kasstroom.errors import Refused
from kasstroom.ids import digest, new_token
from kasstroom.organisations.model import Language
from kasstroom.ports import Books

LONGEST = timedelta(hours=8)
IDLE = timedelta(hours=1)
REMEMBERED = LONGEST + timedelta(days=1)
"""How long the browser keeps the token: a session that is over opens nothing, but what somebody
was typing when it ended comes back to them, and to nobody else."""
NOTED_EVERY = timedelta(minutes=1)
"""The last use is written at most this often, so that reading a page is seldom a write."""


@dataclass(frozen=True, slots=True)
class Session(Versioned):
    """The token itself is only in the browser's cookie. `language` None: the organisation's own.

    Roles are not kept here: they are the key's, so a role that is taken away counts at once.
    """

    org: str
    token_hash: str
    key_hash: str
    name: str
    created_at: datetime
    used_at: datetime
    gone_at: datetime
    language: Language | None = None

    def live(self, now: datetime) -> bool:
        return now < self.gone_at and now < self.used_at + IDLE


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
    """Refused when the form was not ours, or of another session."""
    if not is_of(visit.token, visit, given):
        detail = "This form belongs to another session. Check it and send it again."
        raise Refused("form_outdated", detail)


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


def entered(
    books: Books, token: str, mode: str, now: datetime, language: Language | None = None
) -> tuple[Changes, Visit]:
    """Who comes in. Refused when the session ended or its key no longer works; `language` is
    kept for the pages after this one."""
    session = books.find(Session, "", id=digest(token)) if token else None
    if session is None or not session.live(now):
        raise Refused("signed_out", "You are signed out. Sign in again with your personal key.")
    key = books.find(ApiKey, "", id=session.key_hash)
    if key is None or not usable(key, mode) or not key.roles:
        raise Refused("signed_out", "This key no longer works. Ask for a new one.")
    after = replace(session, language=language or session.language)
    if now - session.used_at >= NOTED_EVERY:
        after = replace(after, used_at=now)
    changes = Changes(update=(after,)) if after != session else Changes()
    return changes, Visit(after, Actor(key.name, key.roles), token)


def language_of(books: Books, token: str) -> Language | None:
    """What was chosen in a session, also when it is over."""
    session = books.find(Session, "", id=digest(token)) if token else None
    return session.language if session else None


def ended(books: Books, token: str, now: datetime) -> tuple[Changes, None]:
    """Signed out; a session that is gone already stays gone."""
    session = books.find(Session, "", id=digest(token)) if token else None
    if session is None or not session.live(now):
        return Changes(), None
    return Changes(update=(replace(session, gone_at=now),)), None
