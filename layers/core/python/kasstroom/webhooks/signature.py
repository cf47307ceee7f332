"""`Kasstroom-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`.

Only the standard library: a receiver may copy this file as it is.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable

HEADER = "Kasstroom-Signature"
TOLERANCE_S = 300
LONGEST_HEADER = 1000
_PART = re.compile(r"(t)=([0-9]{1,12})|(v1)=([0-9a-f]{64})")


def signed(secret: str, body: bytes, at: int) -> str:
    """The `v1` of a body that is sent at `at`, in Unix seconds."""
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def header_of(secrets: Iterable[str], body: bytes, at: int) -> str:
    """The header's value: one `v1` for every secret in force, two while a secret is renewed."""
    return ",".join([f"t={at}", *(f"v1={signed(secret, body, at)}" for secret in secrets)])


def verify(
    header: str, body: bytes, secret: str, now: float, tolerance_s: int = TOLERANCE_S
) -> bool:
    """Whether `body` was signed with `secret` at most `tolerance_s` seconds from `now`.

    `body` is the bytes as they came in, before anything parsed them. Never raises: whatever a
    stranger sends is a signature or it is not. Parts other than `t` and `v1` are for later
    versions and are passed over.
    """
    if not isinstance(header, str) or len(header) > LONGEST_HEADER:
        return False
    found = [_PART.fullmatch(part.strip(" ")) for part in header.split(",")]
    times = [int(part[2]) for part in found if part and part[1]]
    if len(times) != 1 or abs(now - times[0]) > tolerance_s:
        return False
    expected = signed(secret, body, times[0])
    given = [part[4] for part in found if part and part[3]]
    return any(hmac.compare_digest(expected, one) for one in given)
