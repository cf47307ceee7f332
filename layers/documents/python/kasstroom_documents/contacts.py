"""E-mail addresses and telephone numbers: kept only in a form that can be used."""

from __future__ import annotations

import re

from kasstroom_documents.text import clean

_EMAIL = re.compile(r"[^\s@<>,;:()\"]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250})\.[A-Za-z]{2,63}\Z")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}\Z")
_DUTCH_E164 = re.compile(r"\+31[1-9][0-9]{8}\Z")
_PUNCTUATION = re.compile(r"[\s().\-/]")
_NATIONAL = re.compile(r"0([1-9][0-9]{8})\Z")
# What a spreadsheet leaves of 06-12345678 and +31612345678 when it takes them for figures.
_NATIONAL_STRIPPED = re.compile(r"(6[0-9]{8})\Z")
_INTERNATIONAL_STRIPPED = re.compile(r"31([1-9][0-9]{8})\Z")


def email(text: str | None) -> str:
    """The first address of a list, in the form mail can be sent to; empty when there is none."""
    for part in re.split(r"[;,\s]+", clean(text)[:1000]):
        candidate = part.strip("<>").removeprefix("mailto:")
        if _EMAIL.match(candidate) and ".." not in candidate:
            return candidate
    return ""


def phone(text: str | None, country: str = "NL") -> str:
    """E.164; national forms are understood for the Netherlands only, the rest is dropped."""
    bare = _PUNCTUATION.sub("", clean(text)[:60].replace("(0)", ""))
    if bare.startswith("00"):
        bare = "+" + bare[2:]
    if bare.startswith("+310"):
        bare = "+31" + bare[4:]
    if bare.startswith("+31"):
        return bare if _DUTCH_E164.match(bare) else ""
    if country == "NL":
        for form in (_NATIONAL, _NATIONAL_STRIPPED, _INTERNATIONAL_STRIPPED):
            if match := form.match(bare):
                return f"+31{match[1]}"
    return bare if _E164.match(bare) else ""
