"""Lines into the books, once, whatever was stored before by this or another file.

A line counts from the moment its statement was accepted. What a crash left behind without one is
taken over by the next file that tells of the same line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kasstroom.bank.accepted import BankStatement
from kasstroom.bank.identity import Told
from kasstroom.bank.lines import line_moved, line_stored
from kasstroom.bank.model import BankLine, QueuedLine
from kasstroom.changes import Changes
from kasstroom.errors import Conflict
from kasstroom.ports import Books

LINES_PER_COMMIT = 20
"""Each with its place in the queue: 40 items of the 100 a transaction may hold."""
ATTEMPTS = 8


class Accepted:
    """Which statements were accepted, asked once each."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._known: dict[tuple[str, str], bool] = {}

    def holds(self, line: BankLine) -> bool:
        key = (line.account, line.statement)
        if key not in self._known:
            found = self._books.find(BankStatement, line.org, line.account, line.statement)
            self._known[key] = found is not None
        return self._known[key]


def store(books: Books, told: Sequence[Told]) -> dict[str, bool]:
    """Every line by its id: True when it is this file's, False when another file told of it."""
    accepted = Accepted(books)
    outcome = _told_in_another_way(books, told, accepted)
    lines = [t.line for t in told if t.line and t.line.id not in outcome]
    for batch in _batches(lines):
        outcome |= _store_batch(books, batch, accepted)
    return outcome


def _batches(lines: Sequence[BankLine]) -> Iterator[Sequence[BankLine]]:
    for at in range(0, len(lines), LINES_PER_COMMIT):
        yield lines[at : at + LINES_PER_COMMIT]


def _told_in_another_way(books: Books, told: Sequence[Told], accepted: Accepted) -> dict[str, bool]:
    """The lines of batches that another file told as one total, or split otherwise: the same money
    is not booked again in other parts. The first line of an entry shows it; a total itself finds
    that line in its own place."""
    lines = [(t.whole, t.line) for t in told if t.line]
    batches = {whole for whole, line in lines if line.id != whole}
    split = set()
    for whole, line in lines:
        if line.id == whole and whole in batches:
            known = books.find(BankLine, line.org, id=whole)
            if known and known.amount != line.amount and accepted.holds(known):
                split.add(whole)
    return {line.id: False for whole, line in lines if whole in split}


def _store_batch(books: Books, batch: Sequence[BankLine], accepted: Accepted) -> dict[str, bool]:
    """Hopes first that all of it is new, which costs no reading."""
    changes, outcome = _all_new(batch)
    for attempt in range(ATTEMPTS):
        try:
            if changes:
                books.commit(changes)
            return outcome
        except Conflict:
            if attempt == ATTEMPTS - 1:
                raise
            changes, outcome = _compared(books, batch, accepted)
    raise AssertionError("unreachable")


def _all_new(batch: Sequence[BankLine]) -> tuple[Changes, dict[str, bool]]:
    changes = sum((line_stored(line) for line in batch), Changes())
    return changes, {line.id: True for line in batch}


def _compared(
    books: Books, batch: Sequence[BankLine], accepted: Accepted
) -> tuple[Changes, dict[str, bool]]:
    changes, outcome = Changes(), {}
    for line in batch:
        known = books.find(BankLine, line.org, id=line.id)
        if known is None:
            changes += line_stored(line)
        elif not is_own(known, line) and not accepted.holds(known):
            taken_over = replace(line, version=known.version)
            place = books.find(QueuedLine, line.org, id=line.id)
            changes += line_moved(taken_over, place, line.imported_at)
        outcome[line.id] = known is None or is_own(known, line) or not accepted.holds(known)
    return changes, outcome


def is_own(known: BankLine, line: BankLine) -> bool:
    """Stored by this very file: an earlier try of ours."""
    return (known.source, known.statement) == (line.source, line.statement)
