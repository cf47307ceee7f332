"""Whether a provider's webhook is the provider's: over the bytes that came, nothing decoded first.

Stricter than the providers' own helpers, which take timestamps of next year and stumble over
headers that are not ASCII. Every check raises Refused `malformed_webhook` with the same text, so
that a forger learns nothing.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from kasstroom.errors import Refused

TOLERANCE_SECONDS = 300
_LONGEST_HEADER = 4096
_MOST_SIGNATURES = 8
"""Two secrets while one is changed; more is somebody trying."""
_HEX = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)
_SECONDS = re.compile(r"[0-9]{1,12}", re.ASCII)


def forged() -> Refused:
    return Refused("malformed_webhook", "This is not a signed message of the provider.")


def check_stripe(body: bytes, header: str, secrets: Iterable[str], now: datetime) -> None:
    """`t=<seconds>,v1=<hex>[,v1=<hex>]`: an HMAC-SHA256 over `<seconds>.<body>`, five minutes old
    at most and not from the future; other schemes are passed over."""
    pairs = [part.partition("=") for part in _parts(header)]
    times = [value for name, _, value in pairs if name == "t"]
    if len(times) != 1 or _SECONDS.fullmatch(times[0]) is None:
        raise forged()
    if abs(now.timestamp() - int(times[0])) > TOLERANCE_SECONDS:
        raise forged()
    given = [value for name, _, value in pairs if name == "v1"]
    _check(times[0].encode() + b"." + body, given, secrets)


def check_mollie(body: bytes, header: str, secrets: Iterable[str]) -> None:
    """`sha256=<hex>`, twice while a secret is being changed: an HMAC-SHA256 over the body. There is
    no timestamp, so an old message stays valid: it may only make us look again."""
    pairs = [part.partition("=") for part in _parts(header)]
    given = [value for name, _, value in pairs if name == "sha256"]
    _check(body, given, secrets)


def _parts(header: str) -> list[str]:
    if not header.isascii() or len(header) > _LONGEST_HEADER:
        raise forged()
    return [part.strip() for part in header.split(",")]


def _check(signed: bytes, given: list[str], secrets: Iterable[str]) -> None:
    if len(given) > _MOST_SIGNATURES or not all(map(_HEX.fullmatch, given)):
        raise forged()
    expected = [
        hmac.new(secret.encode(), signed, sha256).hexdigest().encode()
        for secret in secrets
        if secret.strip()
    ]
    sent = [one.lower().encode() for one in given]
    if not any(hmac.compare_digest(one, other) for one in expected for other in sent):
        raise forged()
