"""E-mail addresses and telephone numbers: kept only in a form that can be used."""

from __future__ import annotations

import re

from kasstroom.debtors.phone_numbers import e164
from kasstroom_documents.text import clean

_EMAIL = re.compile(r"[^\s@<>,;:()\"]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250})\.[A-Za-z]{2,63}\Z")
_PUNCTUATION = re.compile(r"[\s().\-/]")
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
    """E.164, or empty when nothing that can be dialled comes of it."""
    written = clean(text)[:60]
    bare = _PUNCTUATION.sub("", written)
    if country == "NL":
        for form in (_NATIONAL_STRIPPED, _INTERNATIONAL_STRIPPED):
            if match := form.match(bare):
                return f"+31{match[1]}"
    return e164(written, country)
