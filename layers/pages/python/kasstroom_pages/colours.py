"""The creditor's own colour on pages and mails, only where everybody can read it (WCAG 2.2 AA)."""

from __future__ import annotations

import re
from dataclasses import dataclass

MINIMUM_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3
WHITE, INK = "#ffffff", "#0a1216"
_LIGHT_PAPERS = ("#ffffff", "#f5f7f6")
_DARK_PAPERS = ("#141b1d", "#0e1416")
_HEX = re.compile(r"#?([0-9a-fA-F]{6})\Z")


@dataclass(frozen=True, slots=True)
class Palette:
    """`brand` behind `ink` on a button; `text` as letters on paper or on `soft`."""

    brand: str
    ink: str
    soft: str
    text: str


KASSTROOM = Palette(brand="#0b6e5f", ink=WHITE, soft="#e3f2ee", text="#0b6e5f")


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (_linear(channel) for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _mixed(colour: str, other: str, share: float) -> str:
    """`share` of `other` in `colour`."""
    pairs = ((int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _readable(colour: str, papers: tuple[str, ...], towards: str) -> str:
    """The colour, moved towards black or white no further than reading asks for."""
    for step in range(21):
        candidate = _mixed(colour, towards, step / 20)
        if all(contrast(candidate, paper) >= MINIMUM_CONTRAST for paper in papers):
            return candidate
    return towards


def _palette(colour: str, ink: str, papers: tuple[str, ...], towards: str) -> Palette:
    soft = _mixed(papers[0], colour, 0.14)
    return Palette(colour, ink, soft, _readable(colour, (*papers, soft), towards))


def brand_palettes(colour: str) -> tuple[Palette, Palette] | None:
    """Light and dark palette of a creditor's colour; None when no ink is readable on it."""
    match = _HEX.match(colour.strip())
    if not match:
        return None
    brand = f"#{match[1].lower()}"
    ink = max((WHITE, INK), key=lambda candidate: contrast(candidate, brand))
    if contrast(ink, brand) < MINIMUM_CONTRAST:
        return None
    return (
        _palette(brand, ink, _LIGHT_PAPERS, "#000000"),
        _palette(brand, ink, _DARK_PAPERS, "#ffffff"),
    )


def brand_css(colour: str) -> str | None:
    """The creditor's colour as a stylesheet, because the pages allow no inline style."""
    palettes = brand_palettes(colour)
    if palettes is None:
        return None
    light, dark = map(_declarations, palettes)
    return f":root{{{light}}}\n@media (prefers-color-scheme: dark){{:root{{{dark}}}}}\n"


def _declarations(palette: Palette) -> str:
    return (
        f"--brand:{palette.brand};--brand-ink:{palette.ink};"
        f"--brand-soft:{palette.soft};--brand-text:{palette.text}"
    )


def brand_stylesheet(colour: str) -> str:
    """`brand-0b6e5f.css`, or empty when the colour cannot be used."""
    return f"brand-{colour.strip().removeprefix('#').lower()}.css" if brand_css(colour) else ""
