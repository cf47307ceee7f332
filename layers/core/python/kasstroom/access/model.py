"""API keys: who may call what. The key itself is shown once and stored as its SHA-256."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kasstroom.changes import Versioned
from kasstroom.errors import Forbidden

KEY_PREFIXES = {"live": "ks_live_", "test": "ks_test_"}
EVERYTHING = "*"


class Role(StrEnum):
    """What a person may decide. A machine's key has none: it may ask, and never approve."""

    CREDIT_MANAGER = "credit_manager"
    FINANCE = "finance"
    COLLECTOR = "collector"
    SALES = "sales"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does it: `name` is the key's, for the audit; four eyes are two names."""

    name: str
    roles: tuple[str, ...] = ()

    def must_be(self, role: Role) -> None:
        """Forbidden when this is not for them."""
        if role not in self.roles:
            detail = f"Only somebody with the role {role} may do this; {self.name} is not."
            raise Forbidden("role_required", detail)


@dataclass(frozen=True, slots=True)
class ApiKey(Versioned):
    """`scopes` are `<resource>:read` or `<resource>:write`, or `*`; `roles` are a person's."""

    org: str
    key_hash: str
    name: str
    mode: str
    scopes: tuple[str, ...]
    created_at: datetime
    revoked_at: datetime | None = None
    roles: tuple[str, ...] = ()


def scope_of(method: str, path: str) -> str:
    """`GET /v1/payment-links/x` asks for `payment-links:read`."""
    resource = path.removeprefix("/v1/").split("/", 1)[0]
    return f"{resource}:{'read' if method in ('GET', 'HEAD') else 'write'}"


def usable(key: ApiKey, mode: str) -> bool:
    """A key works until it is revoked, in the environment of its own mode."""
    return key.revoked_at is None and key.mode == mode


def covers(scopes: Collection[str], *, method: str, path: str) -> bool:
    return EVERYTHING in scopes or scope_of(method, path) in scopes
