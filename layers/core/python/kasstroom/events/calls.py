"""What happens to calls that colleagues make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from kasstroom.events import Event
from kasstroom.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTaskCreated(Event):
    TYPE: ClassVar[str] = "call_task.created"
    message: str
    due_at: datetime
    amount: Money
    invoices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTaskCompleted(Event):
    """`outcome` is how the last of `tries` calls ended; `follow_up_on` what was agreed, such as the
    day of a promise."""

    TYPE: ClassVar[str] = "call_task.completed"
    message: str
    outcome: str
    by: str
    tries: int
    amount: Money
    invoices: tuple[str, ...]
    follow_up_on: date | None = None
