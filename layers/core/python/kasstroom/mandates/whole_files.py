"""One credit on the statement for a whole file of direct debits, or for one sequence in it: known
by the file's message id and booked line by line, each in a transaction of its own.

`collected` of `mandates.bank_lines` takes the first step and the last; `rest_of` and `book_part`
those between, with the file read once and a few reads per line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kasstroom.bank.model import BankLine
from kasstroom.changes import Changes
from kasstroom.credit.warning import Grounds, default_ground
from kasstroom.mandates import booking
from kasstroom.mandates.bank_names import Names, Told, named
from kasstroom.mandates.booking import Credited
from kasstroom.mandates.collection import Collecting, CollectionLine, LineState
from kasstroom.mandates.exporting import lines_of
from kasstroom.mandates.model import SequenceType
from kasstroom.money import Money
from kasstroom.payments.loading import load
from kasstroom.payments.model import Entry
from kasstroom.payments.receiving import PLAIN, Manners
from kasstroom.ports import Books

MOST_ENTRIES = 200
"""Ledger entries a bank line names; of a longer file the collection's lines name the others."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Lines of a collection that a bank line pays and that are not booked yet, by their ids."""

    collection: str
    lines: tuple[str, ...]


def rest_of(books: Books, line: BankLine) -> Rest | None:
    """What is still to book of the whole file that `line` pays, perhaps nothing; None when it pays
    no file, or none of it is booked yet: two lines that could each be the file's meet in the first
    step. Reads the file once."""
    names = named(line)
    if names is None or names.line or line.amount.minor <= 0:
        return None
    group = _paid_by(books, line, names)
    if isinstance(group, str) or group[0].bank_line != line.id:
        return None
    return Rest(names.collection, tuple(one.id for one in group if not one.money_id))


def book_part(
    books: Books,
    line: BankLine,
    rest: Rest,
    id: str,
    now: datetime,
    *,
    manners: Manners = PLAIN,
    grounds: Grounds = default_ground,
) -> tuple[Changes, None]:
    """One of `rest`, in a transaction of its own; nothing when somebody did that meanwhile."""
    one = books.get(CollectionLine, line.org, rest.collection, id)
    if one.money_id or one.state is not LineState.COLLECTING:
        return Changes(), None
    changes, _ = booked(books, line, one, one.amount, now, manners, grounds)
    return changes, None


def batch(
    books: Books, line: BankLine, names: Names, now: datetime, manners: Manners, grounds: Grounds
) -> tuple[Changes, Told]:
    """All that the bank still owed of this file, or of one sequence in it: nothing else explains a
    total to the cent."""
    group = _paid_by(books, line, names)
    if isinstance(group, str):
        return Changes(), Told(waits=group)
    left = [one for one in group if not one.money_id]
    if not left:
        entries = tuple(e for one in group[:MOST_ENTRIES] for e in _entries_of(one))
        return Changes(), Told(entries, f"{len(group)} direct debits of {names.collection}")
    changes, _ = booked(books, line, left[0], left[0].amount, now, manners, grounds)
    return changes, Told(complete=False)


def _paid_by(books: Books, line: BankLine, names: Names) -> list[CollectionLine] | str:
    """The lines of the file that the total of `line` pays, or why that cannot be said."""
    lines = list(lines_of(books, line.org, names.collection))
    of = [*SequenceType] if not names.sequence else [SequenceType(names.sequence)]
    groups = [_owed(lines, line, tuple(of)), *(_owed(lines, line, (s,)) for s in of)]
    if not any(groups) and any(one.money_id for one in lines if one.sequence in of):
        return "collected_before"
    # A group that is the whole file is the same group twice.
    fits = {tuple(one.id for one in g): g for g in groups if g and _total(g) == line.amount.minor}
    if len(fits) != 1:
        return "collection_total_differs"
    (group,) = fits.values()
    return group


def _owed(
    lines: list[CollectionLine], line: BankLine, of: tuple[SequenceType, ...]
) -> list[CollectionLine]:
    """What the bank has of these sequences, with what this very line paid already."""
    return [
        one for one in lines
        if one.sequence in of
        and (one.bank_line == line.id if one.money_id else one.state is LineState.COLLECTING)
    ]  # fmt: skip


def _total(lines: list[CollectionLine]) -> int:
    return sum(one.amount.minor for one in lines)


def booked(
    books: Books,
    line: BankLine,
    one: CollectionLine,
    amount: Money,
    now: datetime,
    manners: Manners,
    grounds: Grounds,
) -> tuple[Changes, tuple[Entry, ...]]:
    return booking.collected(
        one, Credited(amount, line.booked_on, line.id),
        load(books, one.org, one.debtor, one.invoices),
        books.get(Collecting, one.org, one.debtor), now, manners=manners, grounds=grounds,
    )  # fmt: skip


def _entries_of(one: CollectionLine) -> Iterator[str]:
    yield f"{one.debtor}#{one.money_id}"
