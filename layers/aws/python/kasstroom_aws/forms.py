"""Form fields of a request; HTTP APIs hand form bodies over base64-encoded."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any
from urllib.parse import parse_qs

from kasstroom.errors import Refused

LONGEST_FORM = 4096
LONGEST_JSON = 65_536


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


def form_fields(event: Any, *, longest: int = LONGEST_FORM) -> dict[str, str]:
    """Every field that was filled in, each at most once; Refused for anything but such a form."""
    body = body_bytes(event)
    if len(body) > longest:
        raise Refused("malformed_form", "The form is too large.")
    try:
        fields = parse_qs(body.decode("ascii"), strict_parsing=bool(body), max_num_fields=60)
    except (UnicodeDecodeError, ValueError):
        raise Refused("malformed_form", "The body is not a form.") from None
    if any(len(values) != 1 for values in fields.values()):
        raise Refused("malformed_form", "The form has a field twice.")
    return {name: values[0] for name, values in fields.items()}


def json_body(event: Any) -> Any:
    """The JSON in the body; Refused when it is too large or none at all."""
    body = body_bytes(event)
    if len(body) > LONGEST_JSON:
        raise Refused("malformed_body", "The body is too large.")
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Refused("malformed_body", "The body is not valid JSON.") from None
