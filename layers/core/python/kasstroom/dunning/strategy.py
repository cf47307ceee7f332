"""A strategy of reminding: what is said when, as data, and the timetable that a case carries."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kasstroom.debtors.model import Channel


class StepKind(StrEnum):
    """What kind of step it is, mildest first; templates are named after it. `hand_over` writes to
    nobody: it proposes to hand the case over."""

    PRE_REMINDER = "pre_reminder"
    REMINDER = "reminder"
    SECOND_REMINDER = "second_reminder"
    NOTICE = "notice"
    FOURTEEN_DAY_LETTER = "fourteen_day_letter"
    FINAL_DEMAND = "final_demand"
    HAND_OVER = "hand_over"


RANK = {kind: place for place, kind in enumerate(StepKind)}
"""How far a kind of step goes; the later, the firmer."""

NAMES_HELP = frozenset({StepKind.NOTICE, StepKind.FOURTEEN_DAY_LETTER, StepKind.FINAL_DEMAND})
"""Steps whose mail or letter to a person says who helps with debts."""


class Tone(StrEnum):
    FRIENDLY = "friendly"
    NEUTRAL = "neutral"
    FIRM = "firm"


class End(StrEnum):
    """What a `hand_over` step proposes; nothing without one."""

    NONE = "none"
    WRITE_OFF = "write_off"
    AGENCY = "agency"
    LEGAL = "legal"


@dataclass(frozen=True, slots=True)
class Condition:
    """When a step is taken; without any it is for everybody. A step that is not for a debtor is
    passed over, and the next one is looked at.

    `minimum_minor` is what must be overdue, `late_percent` the least share that this debtor paid
    late before, `natural_person` whose step it is, `reachable_by` channels of which one must work,
    `segments` those of which the debtor must be in one.
    """

    minimum_minor: int = 0
    late_percent: int = 0
    natural_person: bool | None = None
    reachable_by: tuple[Channel, ...] = ()
    segments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """`offset_days` after the due date; negative is before it. `channels` are tried in this order,
    none: as the debtor prefers. `costs` and `interest` are put on the invoices when the law allows
    them by then; `approval`: a person looks before it goes out."""

    kind: StepKind
    offset_days: int
    channels: tuple[Channel, ...] = ()
    tone: Tone | None = None
    when: Condition = Condition()
    costs: bool = False
    interest: bool = False
    approval: bool = False


@dataclass(frozen=True, slots=True)
class Strategy:
    """`min_gap_days` between two messages to one debtor, whatever is due. `version` is 0 for the
    strategy that is built in."""

    id: str
    steps: tuple[Step, ...]
    min_gap_days: int = 7
    minimum_minor: int = 500
    end: End = End.NONE
    version: int = 0


@dataclass(frozen=True, slots=True)
class Track:
    """What the books must know of a strategy to say when the next step comes: kept with the case,
    so that a booking reads no strategy. One kind and offset (days) per step."""

    strategy: str
    version: int
    kinds: tuple[StepKind, ...]
    offsets: tuple[int, ...]
    min_gap_days: int


def track_of(strategy: Strategy) -> Track:
    return Track(
        strategy.id, strategy.version, tuple(step.kind for step in strategy.steps),
        tuple(step.offset_days for step in strategy.steps), strategy.min_gap_days,
    )  # fmt: skip


DEFAULT = Strategy(
    "default",
    (
        Step(StepKind.REMINDER, 3),
        Step(StepKind.SECOND_REMINDER, 10),
        Step(StepKind.FINAL_DEMAND, 24),
    ),
)
"""What an organisation starts with: three friendly messages, no costs."""
DEFAULT_TRACK = track_of(DEFAULT)
