"""Days as documents and spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date

from kasstroom.errors import Refused
from kasstroom_documents.text import clean, shown

_MIDNIGHT = r"(?:[T ]00:00(?::00(?:\.0+)?)?)?\Z"
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})" + _MIDNIGHT)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})\Z")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})" + _MIDNIGHT)
_XSD = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?\Z")
_YEARS = range(1990, 2101)


def xsd_day(text: str, what: str) -> date:
    """A day in XML Schema's form, `2026-08-31`; an offset says nothing about a day."""
    match = _XSD.match(clean(text))
    if not match:
        raise _no_day(text, what, "write it as 2026-08-31")
    return _day(match[1], match[2], match[3], text, what)


def written_day(text: str, what: str) -> date:
    """31-8-2026, 31/08/2026, 2026-08-31 or 20260831: the day always before the month."""
    cleaned = clean(text)
    if match := _YEAR_FIRST.match(cleaned) or _COMPACT.match(cleaned):
        return _day(match[1], match[2], match[3], text, what)
    if match := _DAY_FIRST.match(cleaned):
        return _day(match[4], match[3], match[1], text, what)
    raise _no_day(text, what, "write it as 31-08-2026 or 2026-08-31")


def month_first(texts: list[str]) -> bool:
    """Whether a column of slashed dates can only be month/day: no day-first reading fits all."""
    pairs = [
        (int(m[1]), int(m[3])) for t in texts if (m := _DAY_FIRST.match(clean(t))) and m[2] == "/"
    ]
    return any(second > 12 for _, second in pairs) and all(first <= 12 for first, _ in pairs)


def _day(year: str, month: str, day: str, text: str, what: str) -> date:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise _no_day(text, what, "this day does not exist") from None
    if found.year not in _YEARS:
        raise _no_day(text, what, f"the year lies outside {_YEARS[0]}-{_YEARS[-1]}")
    return found


def _no_day(text: str, what: str, advice: str) -> Refused:
    return Refused("invalid_date", f"{what} {shown(text)} cannot be used: {advice}.")
