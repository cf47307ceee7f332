"""What a subscription's deliveries are signed with.

No secret is stored. Each follows from one key, which only the functions that sign can read, and
from which subscription and which of its secrets it is: whoever reads the table learns nothing, and
a copy of the table holds nothing to sign with.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

PREFIX = "whsec_"


def signing_secret(key: bytes, org: str, subscription: str, number: int) -> str:
    """The `number`th secret of a subscription: 256 bits as base64url."""
    facts = "\x1f".join(("webhook-signing-secret", org, subscription, str(number)))
    made = hmac.new(key, facts.encode(), hashlib.sha256).digest()
    return PREFIX + base64.urlsafe_b64encode(made).decode().rstrip("=")
