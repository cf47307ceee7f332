"""Reads the amounts, days and accounts in a text that a person wrote, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from kasstroom.compliance.wording_forms import compiled

Span = tuple[int, int]

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\b")
_THOUSANDS = r"\d{1,3}(?:[.,' \u00a0\u202f]\d{3})"
_CENTS = r"(?:[.,](?:\d{2}|-{1,2}|–))?"
_FIGURE = rf"{_THOUSANDS}+{_CENTS}|\d+{_CENTS}"
_SIGN = r"(?:€|\bEUR\b|\beuros?\b)"
_SIGNED = re.compile(rf"{_SIGN}\s*({_FIGURE})(?!\d)|(?<![\w.,])({_FIGURE})\s*{_SIGN}", re.I)
_NO_AMOUNT = r"(?![\w/-]|[.,]\d|\s*(?:%|pro[cz]ent|percent|persint))"
_BARE = re.compile(rf"(?<![\w.,/-])({_THOUSANDS}*[.,]\d{{2}}|\d+[.,]\d{{2}}){_NO_AMOUNT}", re.I)
_WINDOW = 120
_DENIED = 45
_AROUND = 30


def amounts_in(text: str, *, without: Iterable[str] = ()) -> Iterator[tuple[int, Span]]:
    """Cents, of each figure with a currency sign and each with two decimals; percentages, days and
    accounts are none, nor are figures within a name of `without`."""
    text = _blanked(text, without)
    taken: list[Span] = []
    for pattern in (_SIGNED, _BARE):
        for hit in pattern.finditer(text):
            if any(start < hit.end() and hit.start() < end for start, end in taken):
                continue
            taken.append(hit.span())
            yield _cents(next(group for group in hit.groups() if group)), hit.span()


def dates_in(text: str, months: tuple[str, ...], near_on: date) -> Iterator[tuple[date, Span]]:
    """Days in figures or with the month's name; without a year the one nearest to `near_on`."""
    for hit in _ISO.finditer(text):
        yield from _day(hit[1], hit[2], hit[3], hit.span())
    for hit in _DAY_FIRST.finditer(text):
        year = hit[3] if len(hit[3]) == 4 else f"20{hit[3]}"
        yield from _day(year, hit[2], hit[1], hit.span())
    names = "|".join(months)
    first = rf"\b(\d{{1,2}})(?:\.|e|st|nd|rd|th)?\s+(?:of\s+)?({names})\b(?:,?\s+(\d{{4}}))?"
    last = rf"\b({names})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,?\s+(\d{{4}}))?"
    for pattern, day_at, month_at in ((first, 1, 2), (last, 2, 1)):
        for hit in re.finditer(pattern, text, re.IGNORECASE):
            month = [name.casefold() for name in months].index(hit[month_at].casefold()) + 1
            for year in [hit[3]] if hit[3] else _years_around(near_on, month):
                yield from _day(year, month, hit[day_at], hit.span())


def accounts_in(text: str) -> Iterator[tuple[str, Span]]:
    for hit in _IBAN.finditer(text):
        if hit[0].startswith("RF"):
            continue  # A creditor reference (ISO 11649) is written like an account.
        yield re.sub(r"\s", "", hit[0]), hit.span()


def sentence_at(text: str, at: int) -> str:
    """A full stop within a figure ends no sentence; an empty line does."""
    ends = [0, *(hit.end() for hit in re.finditer(r"[.!?](?=\s)|\n\s*\n", text)), len(text)]
    start = max(end for end in ends if end <= at)
    return text[start : min([end for end in ends if end > at], default=len(text))]


def near(text: str, span: Span, pattern: str) -> bool:
    around = text[max(0, span[0] - _WINDOW) : span[1] + _WINDOW]
    return compiled(pattern).search(around) is not None


def denied(text: str, at: int, no: str, unless: str) -> bool:
    """Whether what stands at this place is denied by a `no` shortly before it, without an `unless`
    between the two: "no payment, then costs" denies no costs."""
    before = text[max(0, at - _DENIED) : at]
    hit = compiled(rf"(?:{no})([^.,;€\d]*)\Z").search(before)
    return hit is not None and not compiled(unless).search(hit[1])


def excerpt(text: str, span: Span) -> str:
    """The place with some words around it, on one line."""
    return " ".join(text[max(0, span[0] - _AROUND) : span[1] + _AROUND].split())


def _blanked(text: str, without: Iterable[str]) -> str:
    """As long as it was, so that places stay right."""
    names = [rf"(?<!\w){re.escape(name)}(?!\w)" for name in without if not name.isdigit()]
    for pattern in [*names, _IBAN.pattern, _ISO.pattern, _DAY_FIRST.pattern]:
        text = re.sub(pattern, lambda hit: " " * len(hit[0]), text)
    return text


def _cents(figure: str) -> int:
    found = re.fullmatch(r"(.*\d)[.,](\d{2}|-{1,2}|–)", figure)
    whole, part = (found[1], found[2]) if found else (figure, "")
    return int(re.sub(r"\D", "", whole)) * 100 + (int(part) if part.isdigit() else 0)


def _day(
    year: str | int, month: str | int, day: str | int, span: Span
) -> Iterator[tuple[date, Span]]:
    try:
        yield date(int(year), int(month), int(day)), span
    except ValueError:
        return


def _years_around(near_on: date, month: int) -> list[int]:
    half = timedelta(days=183)
    return [
        year
        for year in range(near_on.year - 1, near_on.year + 2)
        if near_on - half < date(year, month, 15) <= near_on + half
    ]
