"""Telephone numbers as people write them, in the one form that can be dialled (ITU-T E.164)."""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile(r"[\s().\-/\u2010-\u2015\u00ad]")
_INTERNATIONAL = re.compile(r"\+[1-9][0-9]{6,14}\Z")
_CODES = {"NL": "31", "BE": "32", "FR": "33", "DE": "49"}
"""Countries whose national form (a zero first) we read, with their code."""
_NATIONAL = {
    "31": re.compile(r"[1-9][0-9]{8}\Z"),
    "32": re.compile(r"(?:4[0-9]{8}|[1-35-9][0-9]{7})\Z"),
    "33": re.compile(r"[1-9][0-9]{8}\Z"),
    "49": re.compile(r"[1-9][0-9]{5,12}\Z"),
}
"""What may follow the code in their numbering plans; a Belgian mobile has a digit more."""


def e164(written: str, country: str = "NL") -> str:
    """`06-12345678`, `0031612345678` and `+31(0)6 1234 5678` as `+31612345678`; empty when nothing
    that can be dialled comes of it. `country` (two letters) is where a national form is from."""
    bare = unicodedata.normalize("NFKC", written).strip()
    bare = _MARKS.sub("", bare.replace("(0)", ""))
    if bare.startswith("00"):
        bare = f"+{bare[2:]}"
    code = _CODES.get(country, "")
    if code and bare.startswith("0"):
        bare = f"+{code}{bare[1:]}"
    return _checked(bare) if _INTERNATIONAL.match(bare) else ""


def _checked(number: str) -> str:
    """The number without a trunk zero that was written by mistake (`+3106...`); empty when the
    country it names has no such number."""
    for code, plan in _NATIONAL.items():
        if number.startswith(f"+{code}"):
            national = number[1 + len(code) :].removeprefix("0")
            return f"+{code}{national}" if plan.match(national) else ""
    return number


def in_e164(written: str, country: str = "NL") -> str:
    """The same, and what cannot be dialled as it was written, so that it can be refused by name."""
    return e164(written, country) or written.strip()
