"""A statement of account on paper: all that stands on it, in words; who draws it needs to know
nothing else. It looks like the letters of the same creditor.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kasstroom.messages.letters import LetterSum, Row, Sender


@dataclass(frozen=True, slots=True)
class StatementTable:
    """The columns from `right_from` on are of amounts or days and stand to the right; the head is
    repeated on each page. `empty` is said instead of a table without rows."""

    title: str
    headings: Row
    rows: tuple[Row, ...]
    right_from: int
    empty: str = ""


@dataclass(frozen=True, slots=True)
class StatementPart:
    """What is open, added up, by age, and what was paid; all in one currency."""

    items: StatementTable
    sums: tuple[LetterSum, ...]
    ages: StatementTable
    payments: StatementTable


@dataclass(frozen=True, slots=True)
class PaperStatement:
    """`facts`, `page_of` and `at` are those of a letter (`kasstroom.messages.letters`)."""

    sender: Sender
    addressee: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    subject: str
    paragraphs: tuple[str, ...]
    parts: tuple[StatementPart, ...]
    page_of: str
    language: str
    at: datetime
