"""The files of the dashboard. The name of each holds what is in it, so a browser keeps it for good
and asks for another name when we change it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

FOREVER = "public, max-age=31536000, immutable"
_FOLDER = Path(__file__).parent / "assets"
_PATH = "/desk/assets/"
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
_BOARD = ("dashboard.css", "drawing.js", "dashboard.js")
_CHARTS = re.compile(r"charts-[0-9a-f]{16}\.js\Z")


@dataclass(frozen=True, slots=True)
class Files:
    """Their addresses, as a page names them; `scripts` in the order in which they run."""

    style: str
    scripts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssetFile:
    content: bytes
    content_type: str


@cache
def _own() -> dict[str, AssetFile]:
    found = {}
    for file in (*_BOARD, "money.css"):
        content, (stem, kind) = (_FOLDER / file).read_bytes(), file.split(".")
        name = f"{stem}-{sha256(content).hexdigest()[:16]}.{kind}"
        found[name] = AssetFile(content, _TYPES[kind])
    return found


def charts_name(key: str) -> str:
    """Of the charts library, whose `key` in its bucket begins with the hash of its content."""
    return f"charts-{key.rpartition('/')[2][:16]}.js"


def files(charts_key: str) -> Files:
    style, *scripts = list(_own())[: len(_BOARD)]
    return Files(_PATH + style, tuple(_PATH + n for n in (charts_name(charts_key), *scripts)))


def money_style() -> str:
    """The address of the sheet of the pages for money."""
    return _PATH + next(name for name in _own() if name.startswith("money-"))


def asset_file(name: str, charts_key: str, library: Callable[[], bytes]) -> AssetFile | None:
    """None when there is no such file (any more); `library` reads the charts library."""
    if _CHARTS.match(name) and name == charts_name(charts_key):
        return AssetFile(library(), _TYPES["js"])
    return _own().get(name)
