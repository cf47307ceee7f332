"""The typeface of a letter and how its lines are broken.

Source Sans Pro (SIL Open Font License): sans serif, as PostNL's sorting machines read best; every
letter of Dutch, English, German and Frisian, the euro sign, and figures of one width. Only the
characters a letter uses are embedded in it.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

PACKAGE = "font_source_sans_pro"
TEXT, STRONG = "SourceSansPro-Regular", "SourceSansPro-Semibold"


@cache
def use_typeface() -> None:
    """Makes the fonts known; once per process."""
    spec = find_spec(PACKAGE)
    assert spec and spec.origin
    folder = Path(spec.origin).parent / "files"
    for name in (TEXT, STRONG):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))


def width_of(text: str, font: str, size: float) -> float:
    """In points."""
    return pdfmetrics.stringWidth(text, font, size)


def broken(text: str, font: str, size: float, width: float) -> list[str]:
    """Lines no wider than `width` points; what has no space to break at is cut."""
    lines, line = [], ""
    # Not split(): a non-breaking space keeps an amount and its currency together.
    for word in text.replace("\n", " ").split(" "):
        longer = f"{line} {word}" if line else word
        if width_of(longer, font, size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while width_of(line, font, size) > width:
            cut = _fitting(line, font, size, width)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line] if line or not lines else lines


def shortened(text: str, font: str, size: float, width: float) -> str:
    """On one line, with an ellipsis when it does not fit."""
    if width_of(text, font, size) <= width:
        return text
    cut = _fitting(text, font, size, width - width_of("…", font, size))
    return text[:cut].rstrip() + "…"


def _fitting(text: str, font: str, size: float, width: float) -> int:
    cut = len(text)
    while cut > 1 and width_of(text[:cut], font, size) > width:
        cut -= 1
    return cut
