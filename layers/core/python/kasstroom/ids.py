"""Identifiers: prefixed ULIDs for what is new, derived ones for what follows from a fact."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FARTHEST_MILLIS = 10**13


def _base32(number: int) -> str:
    """26 characters of Crockford base32 for a 128-bit number."""
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(125, -5, -5))


def new_id(prefix: str, now: datetime) -> str:
    """A prefixed ULID: 48 bits of milliseconds, then 80 random bits; sorts by time."""
    millis = int(now.timestamp() * 1000)
    return f"{prefix}_{_base32((millis << 80) | secrets.randbits(80))}"


def derived_id(prefix: str, *facts: object) -> str:
    """The same id for the same facts, so that a retry writes the same item."""
    digest = hashlib.sha256("\x1f".join(map(str, facts)).encode()).digest()
    return f"{prefix}_{_base32(int.from_bytes(digest[:16]))}"


def newest_first(at: datetime, id: str) -> str:
    """A place in a list that sorts the newest first; `id` tells those of one millisecond apart."""
    left = _FARTHEST_MILLIS - int(at.timestamp() * 1000)
    return f"{left:013d}-{id}"


def new_token() -> str:
    """A payment-link token: 128 random bits as 22 base64url characters."""
    return secrets.token_urlsafe(16)


def digest(secret: str) -> str:
    """What is stored of a token or an API key: its SHA-256, hex."""
    return hashlib.sha256(secret.encode()).hexdigest()
