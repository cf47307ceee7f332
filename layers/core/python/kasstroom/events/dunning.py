"""What happens in dunning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kasstroom.events import Event
from kasstroom.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class DunningSent(Event):
    TYPE: ClassVar[str] = "dunning.sent"
    step: str
    channel: str
    language: str
    invoices: tuple[str, ...]
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class DunningSkipped(Event):
    TYPE: ClassVar[str] = "dunning.skipped"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DunningStopped(Event):
    TYPE: ClassVar[str] = "dunning.stopped"
    reason: str
