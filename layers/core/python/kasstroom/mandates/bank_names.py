"""What a line of a bank statement is to direct debit, and how it names what it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kasstroom.bank.model import BankLine

_OURS = re.compile(r"KS([0-9A-HJKMNP-TV-Z]{26})(?:-([0-9]{5})(?![0-9])|-(FRST|RCUR|OOFF))?")
"""A message id, with a line's number or with the sequence of one of its batches."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a bank line is to direct debit. `entries` as a bank line keeps them (`debtor#entry`),
    `note` for its note, `waits` the code of why a person has to look."""

    entries: tuple[str, ...] = ()
    note: str = ""
    waits: str = ""
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Names:
    """Which collection a bank line names, and which part of it, "" for all."""

    collection: str
    line: str = ""
    sequence: str = ""


def named(line: BankLine) -> Names | None:
    """Banks break long references with blanks, and put those of a batch in its text."""
    places = (line.end_to_end_id, line.reference, line.bank_reference, line.text)
    return next(filter(None, map(names_in, places)), None)


def names_in(text: str) -> Names | None:
    """The first name of ours in a text of the bank."""
    found = _OURS.search("".join(text.split()).upper())
    if found is None:
        return None
    number = f"KS{found[1]}-{found[2]}" if found[2] else ""
    return Names(f"col_{found[1]}", number, found[3] or "")
