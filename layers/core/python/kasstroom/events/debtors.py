"""What happens in debtors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kasstroom.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtorCreated(Event):
    TYPE: ClassVar[str] = "debtor.created"
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtorUpdated(Event):
    TYPE: ClassVar[str] = "debtor.updated"
    fields: tuple[str, ...]
