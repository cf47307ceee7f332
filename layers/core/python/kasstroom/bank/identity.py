"""Which line is which: the same money told by two files is one line, two equal payments are two.

A line is known by the reference its bank gave it, and by nothing that a better reader of files
could read otherwise (names, texts): an id must not change when the reading improves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kasstroom.bank.kinds import kind_of, state_of
from kasstroom.bank.model import (
    BankLine,
    EntryStatus,
    ParsedEntry,
    ParsedStatement,
    ParsedTransaction,
    StatementFormat,
)
from kasstroom.ids import derived_id

FINAL = frozenset({StatementFormat.CAMT_053, StatementFormat.MT940})
"""Statements close a day; the other formats tell during the day what a statement tells again."""
_NUMBER = re.compile(r"([0-9]{1,12})(?:/([0-9]{1,12}))?\Z")
_SEQUENCE_NUMBER = re.compile(r"[0-9]{1,6}\Z")


@dataclass(frozen=True, slots=True)
class Source:
    """Where lines come from: `name` is the import and the file in it."""

    org: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """One transaction of a file: the line it is, or None and a `code` that says why it is none.
    `whole` is the id of the first line of its entry: a batch is known by it."""

    position: str
    line: BankLine | None
    code: str = ""
    whole: str = ""


def statement_id(statement: ParsedStatement, iban: str) -> str:
    """Begins with its last day and number, so that the statements of an account are in order; the
    same for the same statement, whichever file it comes in."""
    number = numbers(statement)
    facts = (
        iban, statement.format, statement.id, statement.number, statement.from_on,
        statement.opening, statement.closing,
        *((e.status, e.amount, e.booked_on, bank_reference(statement, e))
          for e in statement.entries),
    )  # fmt: skip
    day = statement.to_on.isoformat() if statement.to_on else "0000-00-00"
    return derived_id(f"{day}_{number[0] if number else 0:012d}", *facts)


def numbers(statement: object) -> tuple[int, int] | None:
    """Number and page as the bank counts them; None when it does not count."""
    found = _NUMBER.match(getattr(statement, "number", ""))
    return (int(found[1]), int(found[2] or 0)) if found and int(found[1]) else None


def bank_reference(statement: ParsedStatement, entry: ParsedEntry) -> str:
    """The bank's own name for an entry, "" without one. The entry reference of a camt message
    stands in for it unless it only counts the entries of that message."""
    if entry.bank_reference:
        return entry.bank_reference
    inside = {t.bank_reference for t in entry.transactions}
    if len(inside) == 1 and (named := inside.pop()):
        return named
    counts_only = _SEQUENCE_NUMBER.match(entry.reference)
    return "" if counts_only else entry.reference


def booked(statement: ParsedStatement) -> list[ParsedEntry]:
    return [entry for entry in statement.entries if entry.status is EntryStatus.BOOKED]


def without_reference(statement: ParsedStatement) -> int:
    """How many of its lines no other file could recognise. What is told during the day waits."""
    if statement.format not in FINAL:
        return 0
    return sum(not bank_reference(statement, entry) for entry in booked(statement))


def told_of(statement: ParsedStatement, iban: str, source: Source) -> Iterator[Told]:
    """Every transaction of the statement, in its order; only what the bank booked is a line."""
    own_id = statement_id(statement, iban)
    seen: Counter[tuple[object, ...]] = Counter()
    for entry in statement.entries:
        code = _no_line(statement, entry)
        if code:
            yield Told(entry.position, None, code)
            continue
        reference = bank_reference(statement, entry)
        facts = (iban, reference or own_id, entry.amount, entry.booked_on)
        nth, seen[facts] = seen[facts], seen[facts] + 1
        named = (*facts, nth) if reference else (*facts, entry.value_on, nth)
        yield from _lines(entry, own_id, iban, source, named)


def _no_line(statement: ParsedStatement, entry: ParsedEntry) -> str:
    if entry.status is EntryStatus.PENDING:
        return "pending"
    if entry.status is EntryStatus.INFORMATION:
        return "information"
    if not entry.amount:
        return "no_money"
    if statement.format not in FINAL and not _can_be_known_again(statement, entry):
        return "waits_for_statement"
    return ""


def _can_be_known_again(statement: ParsedStatement, entry: ParsedEntry) -> bool:
    """By the bank's own reference and day. A total without details would hide the statement's."""
    return bool(bank_reference(statement, entry) and entry.transactions) and entry.dated


def _lines(
    entry: ParsedEntry, own_id: str, iban: str, source: Source, named: tuple[object, ...]
) -> Iterator[Told]:
    transactions = entry.transactions or (ParsedTransaction(entry.amount, text=entry.text),)
    first = derived_id(entry.booked_on.isoformat(), *named, 0)
    for index, transaction in enumerate(transactions):
        place = f", transaction {index + 1}" if len(transactions) > 1 else ""
        if not transaction.amount:
            yield Told(entry.position + place, None, "no_money")
            continue
        id = derived_id(entry.booked_on.isoformat(), *named, index)
        line = _line(entry, transaction, id, own_id, iban, source)
        yield Told(entry.position + place, line, whole=first)


def _line(
    entry: ParsedEntry, t: ParsedTransaction, id: str, own_id: str, iban: str, source: Source
) -> BankLine:
    kind = kind_of(entry, t)
    return BankLine(
        source.org, id, iban, own_id, entry.position, kind, t.amount, entry.booked_on,
        entry.value_on, source.at, t.counterparty_name, t.counterparty_iban, t.ultimate_name,
        t.end_to_end_id, t.mandate_id, t.reference, t.reference_kind, t.text or entry.text,
        t.return_reason, t.bank_reference or entry.bank_reference, state_of(kind),
        source=source.name,
    )  # fmt: skip
