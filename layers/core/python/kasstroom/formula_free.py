"""Text that a spreadsheet takes for text."""

from __future__ import annotations

from typing import Final

_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def formula_free(text: str) -> str:
    """A spreadsheet takes a cell that begins so for a formula and runs it (CWE-1236), white space
    before it or not; an apostrophe in front makes it text. Numbers are not given to this: their
    minus stays a minus."""
    begins = (text.lstrip(" "), text.lstrip())
    return f"'{text}" if any(one.startswith(_STARTS) for one in begins) else text
