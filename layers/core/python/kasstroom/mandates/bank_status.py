"""What the bank says of a file of direct debits (pain.002): which lines it does not execute.

Only a refusal is news: that money did come is for the statement to say (ISO 20022 status codes:
RJCT rejected; ACCP, ACTC, ACSP, ACWC, ACSC, RCVD, PDNG and PART refuse nothing by themselves).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.bank.quarantine import Quarantined
from kasstroom.changes import Changes
from kasstroom.mandates.bank_names import names_in
from kasstroom.mandates.collection import Collection, CollectionLine, CollectionState, LineState
from kasstroom.mandates.ending import rejected
from kasstroom.mandates.exporting import lines_of
from kasstroom.ports import Books
from kasstroom.settle import settle

REJECTED = "RJCT"
BY = "bank"
UNTOLD = "NARR"
"""ISO 20022: the reason is told in words, or not at all."""


@dataclass(frozen=True, slots=True)
class Status:
    """What is said of `name` (a file, a part of it or one direct debit): `code` is the status,
    `reason` why. `position` is its line in the report."""

    position: str
    name: str
    code: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StatusFile:
    """A report: `of_file` is about the whole file (its message id), `parts` about groups of it or
    single lines. `packed`: it lay in a zip among others."""

    position: str
    of_file: Status
    parts: tuple[Status, ...]
    packed: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """One direct debit the bank refused, or a status that changes nothing (`line` empty)."""

    position: str
    line: str = ""
    debtor: str = ""
    rejected: bool = False
    code: str = ""


def report(books: Books, org: str, file: StatusFile, now: datetime) -> list[Outcome]:
    """Each refused line ends, in its own transaction; read again, what ended is told as such.
    Quarantined when the report is of no file of ours, or of lines that are not in it."""
    collection = _collection(books, org, file.of_file)
    lines = {line.id: line for line in lines_of(books, org, collection.id)}
    refused = dict(_refused(file, collection, lines))
    outcomes = [
        settle(books, lambda i=id, s=status: _ended(books, lines[i], s, now))  # type: ignore[misc]
        for id, status in refused.items()
    ]
    settle(books, lambda: _closed(books, org, collection.id, file.of_file, now))
    told = [file.of_file, *file.parts]
    rest = [Outcome(s.position, code=s.code) for s in told if s.code != REJECTED]
    return outcomes + rest


def _collection(books: Books, org: str, status: Status) -> Collection:
    names = names_in(status.name)
    found = books.find(Collection, org, id=names.collection) if names else None
    if found is None:
        detail = f"the report is about file {status.name or '(none)'}, which is not one of yours."
        raise Quarantined("unknown_file", detail, status.position)
    return found


def _refused(
    file: StatusFile, collection: Collection, lines: dict[str, CollectionLine]
) -> Iterator[tuple[str, Status]]:
    """The nearest reason last: that of a line before that of its part, before the file's."""
    asked = [line for line in lines.values() if line.sequence]
    if file.of_file.code == REJECTED:
        yield from ((line.id, file.of_file) for line in asked)
    for status in file.parts:
        if status.code != REJECTED:
            continue
        names = names_in(status.name)
        if names is None or names.collection != collection.id:
            detail = f"{status.name or 'this'} is no direct debit of file {collection.message_id}."
            raise Quarantined("unknown_line", detail, status.position)
        if names.line and names.line not in lines:
            detail = f"{names.line} is not in file {collection.message_id}."
            raise Quarantined("unknown_line", detail, status.position)
        for line in asked:
            if names.line == line.id or (not names.line and line.sequence == names.sequence):
                yield line.id, status


def _ended(
    books: Books, known: CollectionLine, status: Status, now: datetime
) -> tuple[Changes, Outcome]:
    line = books.get(CollectionLine, known.org, known.collection, known.id)
    if line.state is not LineState.COLLECTING:
        return Changes(), Outcome(status.position, line.id, line.debtor, code=line.state.value)
    names = names_in(status.name)
    whole = names is None or not names.line
    reason = status.reason or UNTOLD
    changes, after = rejected(books, line, reason, now, with_its_file=whole)
    return changes, Outcome(status.position, line.id, line.debtor, True, after.reason)


def _closed(books: Books, org: str, id: str, status: Status, now: datetime) -> tuple[Changes, None]:
    """A file that was refused as a whole ends its collection, unless money of it came in."""
    collection = books.get(Collection, org, id=id)
    alive = (LineState.COLLECTING, LineState.COLLECTED)
    over = collection.state is CollectionState.EXPORTED and status.code == REJECTED
    if not over or any(line.state in alive for line in lines_of(books, org, id)):
        return Changes(), None
    reason = f"{BY}: {status.reason or UNTOLD}"
    after = replace(collection, state=CollectionState.CANCELLED, reason=reason, ended_at=now)
    return Changes(update=(after,)), None
