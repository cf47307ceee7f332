"""What happens in dunning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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
class DunningProposed(Event):
    """A step waits for somebody to approve it."""

    TYPE: ClassVar[str] = "dunning.proposed"
    step: str
    invoices: tuple[str, ...]
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class DunningHandedOver(Event):
    """Somebody approved that the case leaves our hands; `to` is write_off, agency or legal."""

    TYPE: ClassVar[str] = "dunning.handed_over"
    to: str
    invoices: tuple[str, ...]
    amount: Money
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DunningBlocked(Event):
    """Reminding pauses: for the organisation, a debtor, a case or an invoice. `until` None: until
    it is lifted."""

    TYPE: ClassVar[str] = "dunning.blocked"
    scope: str
    reason: str
    invoice: str
    until: datetime | None
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DunningUnblocked(Event):
    TYPE: ClassVar[str] = "dunning.unblocked"
    scope: str
    reason: str
    invoice: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategiesChanged(Event):
    """Which strategies are in force, or who is reminded by which; `note` says why."""

    TYPE: ClassVar[str] = "dunning.strategies_changed"
    strategy: str
    version: int
    by: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DunningStopped(Event):
    TYPE: ClassVar[str] = "dunning.stopped"
    reason: str
