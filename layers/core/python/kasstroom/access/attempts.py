"""One try to sign in with an account: what is sent along, and what has to come back.

Everything follows from one secret, which only the browser's cookie holds: whoever sees an address
on the way (`state`, `nonce`, the challenge) cannot make the verifier that turns the code into a
token, and a code of somebody else's try fits no cookie.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import timedelta

from kasstroom.ids import digest, new_token
from kasstroom.organisations.model import Language

LASTS = timedelta(minutes=10)
"""A second factor and a new password fit in."""
_OURS = re.compile(r"/desk(?:/[A-Za-z0-9_-]{1,60}){0,4}(?:\?[A-Za-z0-9_.=&:-]{0,200})?\Z")
_COOKIE = re.compile(r"(?P<secret>[\w-]{40,50})~(?P<lang>[a-z]{0,2})~(?P<before>[\w-]{0,60})~")


def page_of_ours(path: str) -> str:
    """The page to go to afterwards; empty for anything that is not a page of the desk."""
    return path if _OURS.match(path) else ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """`to` is a page of the desk or empty, `before` the token of the session that is renewed."""

    secret: str
    to: str = ""
    language: Language | None = None
    before: str = ""

    def _follows(self, purpose: str) -> str:
        return digest(f"{purpose}\x1f{self.secret}\x1f{self.to}")

    @property
    def state(self) -> str:
        return self._follows("state")

    @property
    def nonce(self) -> str:
        return self._follows("nonce")

    @property
    def verifier(self) -> str:
        """64 characters of hex (RFC 7636, 4.1 asks for 43 to 128)."""
        return self._follows("verifier")

    @property
    def challenge(self) -> str:
        """S256 (RFC 7636, 4.2)."""
        hashed = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()

    def answers(self, state: str) -> bool:
        return hmac.compare_digest(self.state.encode(), state.encode())

    @property
    def cookie(self) -> str:
        kept = base64.urlsafe_b64encode(self.to.encode()).rstrip(b"=").decode()
        language = self.language.value if self.language else ""
        return f"{self.secret}~{language}~{self.before}~{kept}"


def begun(to: str, language: Language | None, before: str = "") -> Attempt:
    return Attempt(new_token() + new_token(), page_of_ours(to), language, before)


def attempt_of(cookie: str) -> Attempt | None:
    """None when it is not a cookie of ours."""
    found = _COOKIE.match(cookie)
    if found is None:
        return None
    try:
        kept = cookie[found.end() :]
        to = base64.urlsafe_b64decode(kept + "=" * (-len(kept) % 4)).decode()
    except ValueError:
        return None
    given = found["lang"]
    language = Language(given) if given in set(Language) else None
    return Attempt(found["secret"], page_of_ours(to), language, found["before"])
