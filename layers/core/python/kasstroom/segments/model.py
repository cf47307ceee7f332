"""Segments: named groups of debtors, decided by rules over what is known of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kasstroom.changes import Due, Versioned, Work
from kasstroom.credit.comparing import Test
from kasstroom.credit.decision import Fact
from kasstroom.time import AMSTERDAM, Day

BUILT_IN = 1
"""The set everybody starts with; an organisation's own sets begin at 2."""
MOST_SEGMENTS = 50
MOST_TAGS = 45
"""A debtor carries at most this many, the first by priority: leaving all of them and entering as
many others is still one transaction."""


@dataclass(frozen=True, slots=True)
class Segment:
    """`priority` is unique in its set, the lowest number first. `restricted`: its condition looks
    at what asks for care, so who is in it is for people alone."""

    name: str
    description: str
    priority: int
    when: dict[str, Any]
    test: Test
    looks_at: tuple[str, ...]
    restricted: bool


@dataclass(frozen=True, slots=True)
class SegmentSet:
    """All segments of an organisation in the order of their priority, ready to use. Amounts are in
    `currency`; `document` is what it was read from."""

    number: int
    currency: str
    segments: tuple[Segment, ...]
    document: dict[str, Any]

    @property
    def looks_at(self) -> frozenset[str]:
        return frozenset(fact for segment in self.segments for fact in segment.looks_at)

    def named(self, name: str) -> Segment | None:
        return next((one for one in self.segments if one.name == name), None)


@dataclass(frozen=True, slots=True)
class SegmentSetVersion:
    """A set as it was put: immutable. `at` None: it comes with the software."""

    org: str
    number: int
    document: dict[str, Any]
    by: str
    at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class LiveSegments(Versioned):
    """The set that counts now, with its document, so that one read is enough."""

    org: str
    number: int
    document: dict[str, Any]
    by: str
    at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class DebtorSegments(Versioned):
    """The segments a debtor is in, first by priority; `primary` is the first, empty without any:
    what a strategy goes by. `restricted` are those of them that only people may see.

    `facts` are what the set looked at, as they were `at` that moment; `look_again_on` is the first
    day on which time alone may change the answer.
    """

    org: str
    debtor: str
    segments: tuple[str, ...]
    set_number: int
    at: datetime
    restricted: tuple[str, ...] = ()
    facts: dict[str, Fact] = field(default_factory=dict)
    look_again_on: Day | None = None

    @property
    def primary(self) -> str:
        return self.segments[0] if self.segments else ""

    @property
    def public(self) -> tuple[str, ...]:
        """What a system may see: as if the restricted segments did not exist."""
        return tuple(name for name in self.segments if name not in self.restricted)

    @property
    def due(self) -> Due | None:
        day = self.look_again_on
        if day is None:
            return None
        return Due(Work.SEGMENTS, datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM))


@dataclass(frozen=True, slots=True)
class SegmentMember(Versioned):
    """A debtor in the list of a segment; who left is not shown and goes by itself (`gone_at`)."""

    org: str
    segment: str
    debtor: str
    since: datetime
    gone_at: datetime | None = None
