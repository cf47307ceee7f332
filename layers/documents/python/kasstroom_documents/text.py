"""Text as a person typed it, made fit for the books."""

from __future__ import annotations

import unicodedata

from kasstroom.errors import Refused

MAX_NUMBER = 60
MAX_NAME = 200
MAX_REFERENCE = 140
MAX_LINE = 200

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean(text: str | None) -> str:
    """One line: invisible characters dropped, every run of white space one blank."""
    if not text:
        return ""
    if text.isprintable():
        return " ".join(text.split())
    visible = (c for c in text if c.isspace() or unicodedata.category(c) not in _INVISIBLE)
    return " ".join("".join(visible).split())


def bounded(text: str | None, longest: int, what: str) -> str:
    """The text, or `Refused` when it is longer than the books can hold: cutting would lie."""
    cleaned = clean(text)
    if len(cleaned) > longest:
        raise Refused(
            "too_long",
            f"{what} has {len(cleaned)} characters; shorten it to at most {longest}.",
        )
    return cleaned


def shown(text: str | None, longest: int = 40) -> str:
    """What was found, quoted and short enough for a message."""
    cleaned = clean(text)
    return f"'{cleaned if len(cleaned) <= longest else cleaned[: longest - 3] + '...'}'"
