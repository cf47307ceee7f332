"""What happens at the bank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kasstroom.events import Event
from kasstroom.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementImported(Event):
    """`lines` counts the booked ones, of which `duplicates` were known; `gap`: it does not open
    where the one before closed."""

    TYPE: ClassVar[str] = "bank.statement_imported"
    account: str
    statement: str
    lines: int
    duplicates: int
    gap: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementQuarantined(Event):
    """Nothing of the file was booked; it is kept under the import that is the subject."""

    TYPE: ClassVar[str] = "bank.statement_quarantined"
    file: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankLineWaiting(Event):
    """Money on the account that nothing proves whose it is: a person has until `resolve_by`.
    `proposals` counts who it may be for."""

    TYPE: ClassVar[str] = "bank.line_waiting"
    amount: Money
    booked_on: date
    owner: str
    resolve_by: date
    proposals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BankLineOverdue(Event):
    """Money on the account still waits though its owner had until `resolve_by`; told once."""

    TYPE: ClassVar[str] = "bank.line_overdue"
    amount: Money
    booked_on: date
    owner: str
    resolve_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BankLineReopened(Event):
    """A booked line was taken out of the ledger again; it waits once more."""

    TYPE: ClassVar[str] = "bank.line_reopened"
    amount: Money
    by: str
    reason: str
