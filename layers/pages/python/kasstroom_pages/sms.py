"""SMS texts: what the GSM alphabet can carry and how long a text is in it (3GPP TS 23.038)."""

from __future__ import annotations

import unicodedata

ONE_PART = 160

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
    outside = {c for c in text if c not in _BASIC and c not in _EXTENDED}
    if outside:
        raise ValueError(f"Not in the GSM alphabet: {sorted(outside)}")
    return sum(2 if character in _EXTENDED else 1 for character in text)


def first_that_fits(candidates: list[str]) -> str:
    """The first candidate that fits one part, in order of preference; else the shortest."""
    texts = [gsm_text(candidate) for candidate in candidates]
    for text in texts:
        if septets(text) <= ONE_PART:
            return text
    return min(texts, key=septets)
