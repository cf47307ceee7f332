"""What goes with an e-mail: how much of it, and under what name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kasstroom.messages.model import Attachment

MOST_BYTES = 7_000_000
"""All attachments together: base64 makes ten million of them, beyond which SES slows down and
mail servers begin to refuse."""
_NO_NAME = re.compile(r"[^\w.-]+")
_LONGEST_NAME = 80


def file_name(word: str, number: str, suffix: str) -> str:
    """`factuur-2026-0042.pdf`: letters, digits, dot, dash and underscore only, so that nothing in a
    number turns the name round or becomes a folder."""
    stem = _NO_NAME.sub("-", f"{word}-{number}").strip("-.")
    return f"{stem[:_LONGEST_NAME]}.{suffix}"


def fitting(
    found: Iterable[Attachment], most_bytes: int = MOST_BYTES
) -> tuple[tuple[Attachment, ...], tuple[Attachment, ...]]:
    """What goes along, in its order, and what is left out: the largest, until the rest fits."""
    kept, left = list(found), []
    while sum(len(one.content) for one in kept) > most_bytes:
        largest = max(kept, key=lambda one: len(one.content))
        kept.remove(largest)
        left.append(largest)
    return tuple(kept), tuple(left)
