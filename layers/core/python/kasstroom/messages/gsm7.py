"""SMS texts: what the GSM alphabet can carry, and how many parts a text takes (3GPP TS 23.038)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

ONE_PART = 160
"""Septets of a text in one part; joined parts lose seven each to the header that joins them."""
JOINED = 153
ONE_PART_UCS2, JOINED_UCS2 = 70, 67
"""UTF-16 units: one letter outside the GSM alphabet, and the whole text is written in these."""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€")
_REPLACED = str.maketrans(
    {
        "\u00a0": " ",
        "\u202f": " ",
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2026": "...",
        "\u00b7": "-",
        "\u0133": "ij",
        "\u0132": "IJ",
        "\u0153": "oe",
        "\u0152": "OE",
        "\u0142": "l",
        "\u0141": "L",
        "\u0111": "d",
        "\u0110": "D",
        "\u0131": "i",
        "`": "'",
    }
)


@dataclass(frozen=True, slots=True)
class Size:
    """`units` are septets, or UTF-16 units when `is_gsm` is false; `parts` are what is paid for."""

    is_gsm: bool
    units: int
    parts: int


def gsm_text(text: str) -> str:
    """The text in the GSM alphabet: `Daniël` becomes `Daniel`; what has no letter there
    is left out, because one character outside would halve the room of the whole message.
    """
    return "".join(map(_carried, text.translate(_REPLACED)))


def _carried(character: str) -> str:
    if character in _BASIC or character in _EXTENDED:
        return character
    parts = unicodedata.normalize("NFKD", character)
    return "".join(part for part in parts if part in _BASIC)


def septets(text: str) -> int:
    """The length in septets, `€` and brackets counting twice; ValueError outside the alphabet."""
    outside = {c for c in text if not _is_gsm(c)}
    if outside:
        raise ValueError(f"Not in the GSM alphabet: {sorted(outside)}")
    return sum(map(_width, text))


def size(text: str) -> Size:
    """What a network makes of the text as it is, without changing a letter."""
    if all(map(_is_gsm, text)):
        return Size(True, septets(text), _parts([_width(c) for c in text], ONE_PART, JOINED))
    widths = [len(c.encode("utf-16-be", "surrogatepass")) // 2 for c in text]
    return Size(False, sum(widths), _parts(widths, ONE_PART_UCS2, JOINED_UCS2))


def _is_gsm(character: str) -> bool:
    return character in _BASIC or character in _EXTENDED


def _width(character: str) -> int:
    return 2 if character in _EXTENDED else 1


def _parts(widths: list[int], alone: int, joined: int) -> int:
    """No character is cut in two: what does not fit whole begins the next part."""
    if sum(widths) <= alone:
        return 1
    parts, room = 1, joined
    for width in widths:
        if width > room:
            parts, room = parts + 1, joined
        room -= width
    return parts
