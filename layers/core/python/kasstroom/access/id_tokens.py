"""What an account's ID token says, once it is certain who says it, to whom and about which try.

The token comes from the token endpoint itself, over TLS, which by OpenID Connect Core 3.1.3.7 (6)
may stand for its signature. The signature is checked all the same: with the standard library it is
ten lines, and what is believed then no longer hangs on one connection.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kasstroom.access.model import Role
from kasstroom.errors import Forbidden, Refused

ORG_ATTRIBUTE = "org"
ORG_CLAIM = f"custom:{ORG_ATTRIBUTE}"
GROUPS_CLAIM, NAME_CLAIM = "cognito:groups", "cognito:username"
LEEWAY = timedelta(minutes=1)
"""Two clocks are never quite the same."""
FEWEST_KEY_BITS = 2048
_LONGEST_TOKEN = 16_384
_SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
"""How PKCS #1 v1.5 writes that what follows is a SHA-256 (RFC 8017, 9.2, note 1)."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An RSA public key."""

    modulus: int
    exponent: int


@dataclass(frozen=True, slots=True)
class Pool:
    """Whose tokens are believed, and that they are meant for us."""

    issuer: str
    client_id: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of an organisation, as the pool knows them now. `name` is theirs alone there."""

    org: str
    name: str
    roles: tuple[str, ...]
    subject: str


def username(org: str, name: str) -> str:
    """What a person is called in the pool: a name is unique in its organisation (four eyes are two
    names), and neither can change."""
    return f"{org}.{name}"


def person_of(
    token: str, keys: Mapping[str, SigningKey], pool: Pool, nonce: str, now: datetime
) -> Person:
    """Refused `account_refused` for a token that proves nothing; Forbidden when the account has no
    organisation or no role. `now` is the real time: the pool knows no other."""
    claims = _verified(token, keys)
    _must_be_ours(claims, pool, nonce, now)
    org, name, subject = (claims.get(c) for c in (ORG_CLAIM, NAME_CLAIM, "sub"))
    if not (isinstance(org, str) and isinstance(name, str) and name.startswith(username(org, ""))):
        detail = "This account belongs to no organisation. Ask your administrator."
        raise Forbidden("account_without_org", detail)
    groups = claims.get(GROUPS_CLAIM)
    roles = tuple(role for role in Role if isinstance(groups, list) and role in groups)
    if not roles:
        detail = "This account has no role yet. Ask your administrator for one."
        raise Forbidden("account_without_role", detail)
    return Person(org, name.removeprefix(username(org, "")), roles, str(subject))


def _must_be_ours(claims: Mapping[str, Any], pool: Pool, nonce: str, now: datetime) -> None:
    expected = {
        "iss": pool.issuer, "aud": pool.client_id, "token_use": "id", "nonce": nonce,
    }  # fmt: skip
    wrong = [name for name, value in expected.items() if claims.get(name) != value]
    ends, began = claims.get("exp"), claims.get("iat")
    if not isinstance(ends, int | float) or now - LEEWAY >= datetime.fromtimestamp(
        ends, now.tzinfo
    ):
        wrong.append("exp")
    if not isinstance(began, int | float) or now + LEEWAY < datetime.fromtimestamp(
        began, now.tzinfo
    ):
        wrong.append("iat")
    if not claims.get("sub"):
        wrong.append("sub")
    if wrong:
        raise _refused(f"its {', '.join(wrong)} is not what it should be")


def _verified(token: str, keys: Mapping[str, SigningKey]) -> dict[str, Any]:
    """The claims of a token that one of the keys signed, with RS256 and nothing else."""
    signed, _, signature = token[:_LONGEST_TOKEN].rpartition(".")
    head, _, payload = signed.partition(".")
    try:
        header, claims = json.loads(_bytes(head)), json.loads(_bytes(payload))
        given = _bytes(signature)
    except (ValueError, RecursionError):
        raise _refused("it cannot be read") from None
    if not (isinstance(header, dict) and isinstance(claims, dict)):
        raise _refused("it cannot be read")
    key = keys.get(str(header.get("kid")))
    if header.get("alg") != "RS256" or key is None or not _signs(key, signed.encode(), given):
        raise _refused("its signature is not the pool's")
    return claims


def kid_of(token: str) -> str:
    """Which key it says signed it; empty when it cannot be read."""
    try:
        return str(json.loads(_bytes(token.partition(".")[0])).get("kid", ""))
    except (ValueError, AttributeError, RecursionError):
        return ""


def _signs(key: SigningKey, message: bytes, signature: bytes) -> bool:
    """RSASSA-PKCS1-v1_5 (RFC 8017, 8.2.2): the whole padded block is made again and compared, so
    there is nothing in it to read wrongly."""
    size = (key.modulus.bit_length() + 7) // 8
    if key.modulus.bit_length() < FEWEST_KEY_BITS or len(signature) != size:
        return False
    tail = _SHA256_INFO + hashlib.sha256(message).digest()
    block = b"\x00\x01" + b"\xff" * (size - len(tail) - 3) + b"\x00" + tail
    number = int.from_bytes(signature)
    opened = pow(number, key.exponent, key.modulus).to_bytes(size)
    return number < key.modulus and hmac.compare_digest(block, opened)


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def keys_of(document: Any) -> dict[str, SigningKey]:
    """The RSA keys of a JWK set (RFC 7517), by their id."""
    listed = document.get("keys") if isinstance(document, dict) else None
    found: dict[str, SigningKey] = {}
    for one in listed if isinstance(listed, list) else ():
        try:
            if one["kty"] == "RSA":
                modulus, exponent = (int.from_bytes(_bytes(one[part])) for part in ("n", "e"))
                found[one["kid"]] = SigningKey(modulus, exponent)
        except (KeyError, TypeError, ValueError):
            continue
    return found


def _refused(why: str) -> Refused:
    return Refused("account_refused", f"The sign-in cannot be trusted: {why}. Sign in again.")
