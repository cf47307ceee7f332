"""Form fields of a request; HTTP APIs hand form bodies over base64-encoded."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from urllib.parse import parse_qs

from kasstroom.errors import Refused

LONGEST_FORM = 4096


def body_bytes(event: Any) -> bytes:
    """The body as it was sent."""
    raw = event.raw_event.get("body") or ""
    if not event.raw_event.get("isBase64Encoded"):
        return raw.encode()
    try:
        return base64.b64decode(raw, validate=True)
    except binascii.Error:
        raise Refused("malformed_body", "The body cannot be decoded.") from None


def form_field(event: Any, name: str) -> str:
    """One field, exactly once; Refused for anything that is not such a form."""
    body = body_bytes(event)
    if len(body) > LONGEST_FORM:
        raise Refused("malformed_form", "The form is too large.")
    try:
        fields = parse_qs(body.decode("ascii"), strict_parsing=True, max_num_fields=20)
    except (UnicodeDecodeError, ValueError):
        raise Refused("malformed_form", "The body is not a form.") from None
    values = fields.get(name, [])
    if len(values) != 1:
        raise Refused("malformed_form", f"The form needs the field `{name}` once.")
    return values[0]
