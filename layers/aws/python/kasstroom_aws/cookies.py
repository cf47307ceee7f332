"""A session cookie: read from what the gateway hands over, written so that only our own pages
send it back."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from typing import Any

from aws_lambda_powertools.shared.cookies import Cookie, SameSite

from kasstroom.work.sessions import REMEMBERED

_SESSION = "ks_desk"


def cookie_of(event: dict[str, Any], name: str) -> str:
    """Its value, or empty. Payload format 2.0 lists cookies apart; a proxy may leave them in the
    header."""
    given = event.get("cookies") or [(event.get("headers") or {}).get("cookie", "")]
    try:
        found = SimpleCookie("; ".join(given)).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def strict_cookie(name: str, value: str, path: str, max_age_seconds: int) -> Cookie:
    """No script reads it, no other site sends it, no plain http carries it; an empty value takes
    it away."""
    return Cookie(
        name, value, path=path, max_age=max_age_seconds if value else 0, secure=True,
        http_only=True, same_site=SameSite.STRICT_MODE,
    )  # fmt: skip


def returning_cookie(name: str, value: str, path: str, max_age_seconds: int) -> Cookie:
    """As `strict_cookie`, but it comes along when the browser returns from another site by a link
    (never with a form or inside another page)."""
    return Cookie(
        name, value, path=path, max_age=max_age_seconds if value else 0, secure=True,
        http_only=True, same_site=SameSite.LAX_MODE,
    )  # fmt: skip


def session_of(event: dict[str, Any]) -> str:
    """The token of a session at the desk, or empty."""
    return cookie_of(event, _SESSION)


def session_cookie(token: str) -> Cookie:
    """An empty token takes it away."""
    return strict_cookie(_SESSION, token, "/desk", int(REMEMBERED.total_seconds()))
