"""What is remembered of which channel, in which part of the day, was followed by a payment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kasstroom.changes import Due, Versioned, Work
from kasstroom.debtors.model import Channel
from kasstroom.time import AMSTERDAM

REMEMBERED = 16
"""Message ids kept per debtor, so that news that comes twice counts once: with a week between
messages four months, where a queue holds a message for two weeks at most."""

GRACE = timedelta(hours=6)
"""After the window: news of a payment within it may still be on its way."""


class Block(StrEnum):
    """A part of the day, Amsterdam time, inside contact hours."""

    MORNING = "morning"
    MIDDAY = "midday"
    AFTERNOON = "afternoon"
    EVENING = "evening"


HOURS: dict[Block, tuple[int, int]] = {
    Block.MORNING: (9, 12),
    Block.MIDDAY: (12, 15),
    Block.AFTERNOON: (15, 18),
    Block.EVENING: (18, 20),
}
"""From this hour up to, not including, that one."""


@dataclass(frozen=True, slots=True)
class Count:
    """Messages over one channel in one part of the day that a payment followed (`won`) or not
    (`lost`). Fractions: what is long ago counts for less."""

    channel: Channel
    block: Block
    won: float = 0.0
    lost: float = 0.0

    @property
    def trials(self) -> float:
        return self.won + self.lost


@dataclass(frozen=True, slots=True)
class Trial:
    """One message that went out: `id` is the message's; a payment of its `invoices` before `until`
    is its success. `in_holdout` as it was for this `experiment`."""

    id: str
    step: str
    channel: Channel
    block: Block
    segment: str
    sent_at: datetime
    until: datetime
    invoices: tuple[str, ...] = ()
    experiment: str = ""
    in_holdout: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """A trial that is over, and whether a payment followed."""

    trial: Trial
    won: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """What a debtor adds to an experiment: whole numbers that never fade."""

    experiment: str = ""
    trials: int = 0
    paid: int = 0


@dataclass(frozen=True, slots=True)
class DebtorChannelHistory(Versioned):
    """One per debtor. `counts` as they weighed at `as_of`. `open` is the last message, the only one
    a payment is attributed to. `results` wait to be counted, here and in the scores.

    `known` are the ids of the last messages, newest last; `paid_at` and `paid` the last payment,
    for news that overtakes the message it answers.
    """

    org: str
    debtor: str
    counts: tuple[Count, ...] = ()
    as_of: datetime | None = None
    open: Trial | None = None
    results: tuple[Result, ...] = ()
    known: tuple[str, ...] = ()
    paid_at: datetime | None = None
    paid: tuple[str, ...] = ()
    measured: Measured = Measured()

    @property
    def due(self) -> Due | None:
        """When there is something to add up: at once for results, else when the window is over."""
        if self.results:
            return Due(Work.LEARNING, self.results[0].trial.sent_at)
        return Due(Work.LEARNING, self.open.until + GRACE) if self.open else None


@dataclass(frozen=True, slots=True)
class Tally:
    """One side of an experiment over all its debtors, with the squares that say how much messages
    to the same debtor are alike."""

    debtors: int = 0
    trials: int = 0
    paid: int = 0
    trials_squared: int = 0
    paid_squared: int = 0
    trials_paid: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.debtors + other.debtors,
            self.trials + other.trials,
            self.paid + other.paid,
            self.trials_squared + other.trials_squared,
            self.paid_squared + other.paid_squared,
            self.trials_paid + other.trials_paid,
        )


@dataclass(frozen=True, slots=True)
class ChannelScores(Versioned):
    """One per organisation and segment: counts by kind of step, both sides of the experiment."""

    org: str
    segment: str
    counts: dict[str, tuple[Count, ...]]
    as_of: datetime | None = None
    experiment: str = ""
    learned: Tally = Tally()
    holdout: Tally = Tally()


def block_at(hour: int) -> Block:
    """The part of the day of an Amsterdam hour; before nine is morning, after eight evening."""
    return next((block for block, (_, ends) in HOURS.items() if hour < ends), Block.EVENING)


def block_of(instant: datetime) -> Block:
    return block_at(instant.astimezone(AMSTERDAM).hour)
