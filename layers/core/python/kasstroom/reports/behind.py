"""The list behind a figure: what it is made of, line by line, read from the books.

Debtor by debtor, and of a large portfolio a window at a time: `looked_at` says how many debtors a
page is about, and `further` where the next ones begin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kasstroom.debtors.model import Debtor, Listed
from kasstroom.errors import NotFound
from kasstroom.money import Money
from kasstroom.ports import Books

MOST_DEBTORS = 300
"""Looked at for one page: a read or two each, within the time somebody waits for a page."""
AT_ONCE = 100
PAGE = 50
_CURSOR = re.compile(r"([0-9]{1,6})\.(.{0,80})\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """`kind` and the codes of `why` are words of the page; a code goes with minor units, days or
    nothing. `on` is the day the list is about, `amount` None where nothing is counted in money."""

    debtor: str
    kind: str
    what: str = ""
    on: date | None = None
    amount: Money | None = None
    why: tuple[tuple[str, int], ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a list is read with."""

    books: Books
    org: str
    currency: str
    today: date


OfDebtor = Callable[[Reading, str], Iterator[Line]]
Whole = Callable[[Reading], Iterator[Line]]


@dataclass(frozen=True, slots=True)
class Listing:
    """`of_debtor` makes the lines of one debtor; `whole` those of a list that the organisation has
    itself. `place` puts them in order."""

    of_debtor: OfDebtor | None
    place: Callable[[Line], Any]
    whole: Whole | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """`lines` are one page. `count` and `total` (None where the lines have no amounts) are of all
    that was looked at. `cut`: there are debtors before or after these. `further` None: the end."""

    lines: tuple[Line, ...]
    count: int
    total: Money | None
    looked_at: int
    cut: bool
    further: str | None


def behind(reading: Reading, listing: Listing, cursor: str = "") -> Behind:
    """NotFound for a cursor that is not ours."""
    skip, after = _opened(cursor)
    numbers, more = ([], False) if listing.whole else _numbers(reading, after)
    lines = sorted(_lines(reading, listing, numbers), key=listing.place)
    shown = tuple(_named(reading.books, reading.org, lines[skip : skip + PAGE]))
    if len(lines) > skip + PAGE:
        further = f"{skip + PAGE}.{after}"
    else:
        further = f"0.{numbers[-1]}" if more else None
    amounts = [line.amount for line in lines if line.amount is not None]
    total = sum(amounts, Money.zero(reading.currency)) if amounts else None
    return Behind(shown, len(lines), total, len(numbers), bool(more or after), further)


def first_lines(reading: Reading, listing: Listing, most: int) -> Behind:
    """The first few, for a page that shows no more."""
    found = behind(reading, listing)
    return replace(found, lines=found.lines[:most])


def _opened(cursor: str) -> tuple[int, str]:
    """How many lines were shown of the window after this debtor."""
    if not cursor:
        return 0, ""
    found = _CURSOR.match(cursor)
    if found is None:
        raise NotFound("unknown_cursor", "There is no such page of this list.")
    return int(found[1]), found[2]


def _numbers(reading: Reading, after: str) -> tuple[list[str], bool]:
    numbers: list[str] = []
    while len(numbers) < MOST_DEBTORS:
        found = reading.books.listing(Listed, reading.org, after=after, limit=AT_ONCE)
        numbers += [one.number for one in found]
        if len(found) < AT_ONCE:
            return numbers, False
        after = numbers[-1]
    return numbers, bool(reading.books.listing(Listed, reading.org, after=after, limit=1))


def _lines(reading: Reading, listing: Listing, numbers: list[str]) -> Iterator[Line]:
    if listing.whole:
        yield from listing.whole(reading)
    for number in numbers:
        assert listing.of_debtor
        yield from listing.of_debtor(reading, number)


def _named(books: Books, org: str, lines: list[Line]) -> Iterator[Line]:
    known: dict[str, str] = {}
    for line in lines:
        if line.debtor and line.debtor not in known:
            debtor = books.find(Debtor, org, line.debtor)
            known[line.debtor] = debtor.name if debtor else line.debtor
        yield replace(line, name=line.name or known.get(line.debtor, ""))
