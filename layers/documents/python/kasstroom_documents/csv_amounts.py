"""Amounts as spreadsheets write them: whether the comma or the dot is decimal shows in the column.

`1.234` is a thousand or one and a bit. Other values of the same column tell which (`12,50` does);
when none does, the value is refused: a claim a thousand times too high is worse than a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kasstroom.errors import Refused
from kasstroom_documents.text import clean, shown

COMMA = ","
DOT = "."

_SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP"}
_AMOUNT = re.compile(
    r"""(?P<open>\()?\s*(?P<sign>[-+])?\s*
        (?P<before>€|\$|£|[A-Za-z]{3})?\s*(?P<sign2>[-+])?\s*
        (?P<figures>[0-9](?:[0-9.,\ ']*[0-9])?)
        (?P<whole>,-{1,2})?\s*(?P<sign3>[-+])?\s*(?P<after>€|\$|£|[A-Za-z]{3})?\s*(?P<close>\))?\Z""",
    re.VERBOSE,
)
_DASHES = str.maketrans("\u2212\u2013\u2010\u2011\u2019", "----'")


@dataclass(frozen=True, slots=True)
class WrittenAmount:
    """Figures with their separators, still to be read; `currency` only when written beside them."""

    figures: str
    negative: bool
    currency: str
    text: str


def written_amount(text: str) -> WrittenAmount:
    """The parts of `€ -1.234,56` or `1,234.56-`; `Refused` when it is no amount."""
    match = _AMOUNT.match(clean(text).translate(_DASHES)) if len(text) <= 60 else None
    if not match or bool(match["open"]) != bool(match["close"]):
        raise _no_amount(text)
    signs = [sign for sign in (match["sign"], match["sign2"], match["sign3"]) if sign]
    marks = [mark for mark in (match["before"], match["after"]) if mark]
    if len(signs) + bool(match["open"]) > 1 or len(marks) > 1:
        raise _no_amount(text)
    figures = match["figures"]
    if match["whole"]:
        figures += ",00"
    mark = "".join(marks).upper()
    negative = bool(match["open"]) or "-" in signs
    return WrittenAmount(figures, negative, _SYMBOLS.get(mark, mark), text)


def decimal_marks(amounts: Iterable[WrittenAmount]) -> frozenset[str]:
    """Which decimal marks the values of a column prove."""
    return frozenset(mark for amount in amounts if (mark := _proof(amount.figures)))


def value(amount: WrittenAmount, column: frozenset[str]) -> Decimal:
    """What the amount says, given what its column proves; `Refused` when that leaves a doubt."""
    figures = amount.figures
    mark = _proof(figures) or (next(iter(column)) if len(column) == 1 else "")
    if not mark and re.search(r"[.,]", figures):
        raise Refused(
            "ambiguous_amount",
            f"Amount {shown(amount.text)} can be read in two ways; write it with two decimals.",
        )
    whole, _, fraction = figures.partition(mark) if mark else (figures, "", "")
    if not _WHOLE.match(whole) or not re.fullmatch("[0-9]*", fraction):
        raise _no_amount(amount.text)
    number = Decimal(re.sub(r"[^0-9]", "", whole) + "." + (fraction or "0"))
    return -number if amount.negative else number


# Thousands by dots, commas, blanks or apostrophes, one kind in a number, always three figures.
_WHOLE = re.compile(r"[0-9]+\Z|[0-9]{1,3}(?P<mark>[., '])[0-9]{3}(?:(?P=mark)[0-9]{3})*\Z")


def _proof(figures: str) -> str:
    """The decimal mark these figures prove by themselves, else empty."""
    marks = re.findall(r"[.,]", figures)
    if not marks:
        return ""
    last, other = marks[-1], COMMA if marks[-1] == DOT else DOT
    if other in marks:
        return last
    if len(marks) > 1:
        return other
    before, _, after = figures.partition(last)
    could_be_thousands = len(after) == 3 and re.fullmatch("[1-9][0-9]{0,2}", before)
    return "" if could_be_thousands else last


def _no_amount(text: str) -> Refused:
    return Refused(
        "invalid_amount", f"Amount {shown(text)} is not an amount such as 1.234,56 or 1234.56."
    )
