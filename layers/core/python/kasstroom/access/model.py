"""API keys: who may call what. The key itself is shown once and stored as its SHA-256."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from kasstroom.changes import Versioned

KEY_PREFIXES = {"live": "ks_live_", "test": "ks_test_"}
EVERYTHING = "*"


@dataclass(frozen=True, slots=True)
class ApiKey(Versioned):
    """`scopes` are `<resource>:read` or `<resource>:write`, or `*`."""

    org: str
    key_hash: str
    name: str
    mode: str
    scopes: tuple[str, ...]
    created_at: datetime
    revoked_at: datetime | None = None


def scope_of(method: str, path: str) -> str:
    """`GET /v1/payment-links/x` asks for `payment-links:read`."""
    resource = path.removeprefix("/v1/").split("/", 1)[0]
    return f"{resource}:{'read' if method in ('GET', 'HEAD') else 'write'}"


def usable(key: ApiKey, mode: str) -> bool:
    """A key works until it is revoked, in the environment of its own mode."""
    return key.revoked_at is None and key.mode == mode


def covers(scopes: Collection[str], *, method: str, path: str) -> bool:
    return EVERYTHING in scopes or scope_of(method, path) in scopes
