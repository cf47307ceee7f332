"""Form fields of a request; HTTP APIs hand form bodies over base64-encoded."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import parse_qs

from kasstroom.errors import Refused, TooLarge
from kasstroom.text import normal

LONGEST_FORM = 4096
LONGEST_JSON = 65_536
LONGEST_SIGNED = 262_144


def body_bytes(event: Any) -> bytes:
    """The body as it was sent."""
    raw = event.raw_event.get("body") or ""
    try:
        if not event.raw_event.get("isBase64Encoded"):
            return raw.encode()
        return base64.b64decode(raw, validate=True)
    except ValueError:
        raise Refused("malformed_body", "The body cannot be decoded.") from None


def signed_bytes(event: Any) -> bytes:
    """The body of a signed webhook, byte for byte; Refused when it is empty or too large."""
    if len(event.raw_event.get("body") or "") > 2 * LONGEST_SIGNED:
        raise Refused("malformed_body", "The body is too large.")
    body = body_bytes(event)
    if not 0 < len(body) <= LONGEST_SIGNED:
        raise Refused("malformed_body", "The body is empty or too large.")
    return body


def _fields(event: Any, longest: int, most: int) -> dict[str, list[str]]:
    body = body_bytes(event)
    if len(body) > longest:
        detail = f"The form is too large; at most {longest // 1024} kB."
        raise TooLarge("form_too_large", detail)
    try:
        return parse_qs(body.decode("ascii"), strict_parsing=bool(body), max_num_fields=most)
    except (UnicodeDecodeError, ValueError):
        raise Refused("malformed_form", "The body is not a form.") from None


def form_field(event: Any, name: str) -> str:
    """One field, exactly once; Refused for anything that is not such a form."""
    values = _fields(event, LONGEST_FORM, 20).get(name, [])
    if len(values) != 1:
        raise Refused("malformed_form", f"The form needs the field `{name}` once.")
    return values[0]


def form_fields(event: Any, *, longest: int = LONGEST_FORM) -> dict[str, str]:
    """Every field that was filled in, each at most once, its text in NFC. TooLarge above `longest`
    bytes; Refused for anything but such a form."""
    fields = _fields(event, longest, 60)
    if any(len(values) != 1 for values in fields.values()):
        raise Refused("malformed_form", "The form has a field twice.")
    return {name: normal(values[0]) for name, values in fields.items()}


def json_body(event: Any) -> Any:
    """The JSON in the body; Refused when it is too large or none at all."""
    body = body_bytes(event)
    if len(body) > LONGEST_JSON:
        raise TooLarge("body_too_large", f"The body has at most {LONGEST_JSON // 1024} kB.")
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Refused("malformed_body", "The body is not valid JSON.") from None
