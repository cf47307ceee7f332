"""A statement that was accepted, and a file of them on its way in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kasstroom.bank.model import ParsedStatement, StatementFormat
from kasstroom.changes import Versioned
from kasstroom.money import Money


@dataclass(frozen=True, slots=True)
class BankStatement(Versioned):
    """A statement that was accepted as a whole; its lines count from now on. `number` is the
    bank's own, `to_on` the day of the closing balance. `without_reference` counts the booked lines
    that carry no reference of the bank: an overlapping statement would book those twice."""

    org: str
    account: str
    id: str
    format: StatementFormat
    bank_id: str
    number: str
    from_on: date
    to_on: date
    imported_at: datetime
    source: str
    lines: int
    duplicates: int = 0
    pending: int = 0
    without_reference: int = 0
    opening: Money | None = None
    closing: Money | None = None


@dataclass(frozen=True, slots=True)
class StatementFile:
    """What one file tells; `packed`: it lay in a zip among others, which go on without it."""

    position: str
    statements: tuple[ParsedStatement, ...]
    packed: bool = False
