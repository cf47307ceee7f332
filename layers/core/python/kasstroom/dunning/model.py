"""Reminding: the strategy (what is said when) and the case (how far a debtor is)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kasstroom.changes import Due, Versioned, Work
from kasstroom.money import Money


class StepKind(StrEnum):
    """What kind of message a step is; templates are named after it."""

    REMINDER = "reminder"
    SECOND_REMINDER = "second_reminder"
    FINAL_DEMAND = "final_demand"


@dataclass(frozen=True, slots=True)
class Step:
    """`offset_days` after the due date; negative is before it."""

    kind: StepKind
    offset_days: int


@dataclass(frozen=True, slots=True)
class Strategy:
    """`min_gap_days` between two messages to one debtor, whatever is due."""

    id: str
    steps: tuple[Step, ...]
    min_gap_days: int = 7
    minimum_minor: int = 500


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An open invoice as the case sees it; `level` is the number of steps it has been through, and
    `disputed_minor` the part of `open` nobody is reminded of."""

    number: str
    due_on: date
    open: Money
    level: int = 0
    disputed_minor: int = 0

    @property
    def claimable(self) -> Money:
        return Money(self.open.minor - self.disputed_minor, self.open.currency)


@dataclass(frozen=True, slots=True)
class Block:
    """A pause with a reason and an end; `until` None means until lifted."""

    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DunningCase(Versioned):
    """How far reminding a debtor is. `items` are all open items; credit notes are negative.

    `sequence` counts the messages planned so far and names the next one, so that a message can be
    claimed once; `next_action_at` None means nothing is planned.
    """

    org: str
    debtor: str
    strategy: str = "default"
    items: tuple[OpenItem, ...] = ()
    sequence: int = 0
    next_action_at: datetime | None = None
    last_sent_at: datetime | None = None
    block: Block | None = None

    @property
    def due(self) -> Due | None:
        return Due(Work.DUNNING, self.next_action_at) if self.next_action_at else None
