"""Where the sandbox may send something: this machine, never the internet."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


def allowed_target(url: str, sandbox_url: str) -> bool:
    """True for http(s) on a loopback address or on the host of the sandbox itself."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        return False
    return parts.hostname == urlsplit(sandbox_url).hostname or _is_loopback(parts.hostname)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
