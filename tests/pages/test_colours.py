"""Everybody can read it: contrast of the tokens and of any creditor's own colour."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kasstroom_pages.assets import asset
from kasstroom_pages.colours import (
    MINIMUM_CONTRAST,
    brand_css,
    brand_palettes,
    brand_stylesheet,
    contrast,
)

CSS = asset("kasstroom.css")[0].decode()
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part))
    for part in CSS.split("* { box-sizing")[0].split("@media (prefers-color-scheme: dark)")
)
PAPERS = ("paper", "paper-2")
PAIRS = [(ink, paper) for ink in ("ink", "ink-2", "brand-text") for paper in PAPERS] + [
    ("brand-ink", "brand"),
    ("brand-text", "brand-soft"),
    ("warn", "warn-soft"),
    ("info", "info-soft"),
    ("ink", "info-soft"),
]


def test_contrast_is_the_wcag_ratio():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), PAIRS)
def test_tokens_are_readable(tokens, ink, paper):
    assert contrast(tokens[ink], tokens[paper]) >= MINIMUM_CONTRAST


@given(st.integers(0, 0xFFFFFF))
def test_a_creditors_colour_is_readable_or_refused(number):
    palettes = brand_palettes(f"#{number:06x}")
    for palette, tokens in zip(palettes or (), (LIGHT, DARK), strict=False):
        assert contrast(palette.ink, palette.brand) >= MINIMUM_CONTRAST
        for paper in (tokens["paper"], tokens["paper-2"], palette.soft):
            assert contrast(palette.text, paper) >= MINIMUM_CONTRAST


def test_the_brand_stylesheet_is_served_under_its_own_name():
    name = brand_stylesheet("#E4572E")
    content, kind = asset(name)
    assert name == "brand-e4572e.css" and kind.startswith("text/css")
    assert content.decode() == brand_css("e4572e") and "--brand:#e4572e" in content.decode()


@pytest.mark.parametrize("colour", ["", "red", "#12", "#12345g", "#e4572e;}body{x:y", "../x"])
def test_what_is_no_colour_is_refused(colour):
    assert brand_css(colour) is None and brand_stylesheet(colour) == ""


@pytest.mark.parametrize(
    "name", ["", "../words/nl.py", "brand-zzzzzz.css", "kasstroom.css/", "x.js"]
)
def test_other_files_do_not_exist(name):
    assert asset(name) is None


def test_the_stylesheet_asks_for_nothing_else():
    assert not re.search(r"url\(|@import|http", CSS)
