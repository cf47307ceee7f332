"""What debtors see of the creditor's own brand, checked before it is kept."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from kasstroom.errors import Refused

MOST_URL = 300
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif)\Z", re.IGNORECASE)
"""Pictures that mail programs show; SVG is none of them."""
_ADDRESS = re.compile(r"[^@\s<>\",;]+@[^@\s<>\",;]+\.[^@\s<>\",;]+\Z")


def logo_url(value: str) -> str:
    """Refused unless it is a picture over https, at a host with a name and without secrets in the
    address: it goes into every mail as it stands."""
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    plain = not (parts.username or parts.password or parts.query or parts.fragment or port)
    host = parts.hostname or ""
    named = "." in host and not host.replace(".", "").isdigit() and ":" not in host
    fits = len(value) <= MOST_URL and value.isascii() and not re.search(r"[\s\"'<>\\]", value)
    if parts.scheme == "https" and plain and named and fits and _PICTURE.search(parts.path):
        return value
    detail = "A logo is a .png, .jpg or .gif at an https address without a query."
    raise Refused("logo_not_usable", detail, "/logo_url")


def reply_address(value: str) -> str:
    """Refused unless it is one plain e-mail address."""
    if len(value) <= 254 and value.isascii() and _ADDRESS.fullmatch(value):
        return value
    detail = "The reply address is one e-mail address, without a name."
    raise Refused("reply_address_not_usable", detail, "/reply_to")
