"""Text as people send it: one way to write each letter, and nothing in it that nobody can see.

Control characters break files and screens further on; characters that turn the direction of a line
make a name read as another name (Unicode Technical Report 36, section 2.2.2).
"""

from __future__ import annotations

import re
import unicodedata

FORBIDDEN = "forbidden_character"
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_OF_LINES = re.compile("[\t\n]")


def normal(text: str) -> str:
    """Every letter as one character where there is one (NFC): `e` with an accent behind it is
    `é`; a line ends with one character."""
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).replace("\r\n", "\n")


def has_unseen(text: str, *, lines: bool = False) -> bool:
    """Whether there is a control character in it, or one that turns the direction; `lines`: the
    text may have more lines than one, and tabs."""
    return bool(_UNSEEN.search(text)) or (not lines and bool(_OF_LINES.search(text)))


def without_unseen(text: str) -> str:
    """What is left to show to who typed it."""
    return _UNSEEN.sub("", text)


def one_line(text: str) -> str:
    """Tabs and ends of lines as spaces: what somebody pasted from a sheet or a letter."""
    return " ".join(re.split("[\t\r\n]+", text)).strip()
