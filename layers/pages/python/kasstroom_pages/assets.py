"""The few files a page asks for; anything else does not exist."""

from __future__ import annotations

import re
from pathlib import Path

from kasstroom_pages.colours import brand_css

_FOLDER = Path(__file__).parent / "assets"
_CSS = "text/css; charset=utf-8"
_TYPES = {
    "kasstroom.css": _CSS,
    "docs.css": _CSS,
    "init.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
_BRAND = re.compile(r"brand-([0-9a-f]{6})\.css\Z")

ASSET_CACHE = "public, max-age=3600"


def asset(name: str) -> tuple[bytes, str] | None:
    """The bytes and content type of `/assets/<name>`; None when there is no such file."""
    if name in _TYPES:
        return (_FOLDER / name).read_bytes(), _TYPES[name]
    brand = _BRAND.match(name)
    css = brand_css(brand[1]) if brand else None
    return (css.encode(), _CSS) if css else None
