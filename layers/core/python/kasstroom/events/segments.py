"""What happens in segments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kasstroom.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtorSegmentChanged(Event):
    """A debtor is in other segments, first by priority: `primary` is what a strategy goes by.
    `because`: which facts put the debtor in those that are new; `cause`: what made us look."""

    TYPE: ClassVar[str] = "debtor.segment_changed"
    segments: tuple[str, ...]
    previous: tuple[str, ...]
    primary: str
    previous_primary: str
    segment_set: int
    cause: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtorRestrictedSegmentChanged(Event):
    """The same with the segments that tell who asks for care: for our own functions, and for the
    systems a credit manager or auditor names by hand."""

    TYPE: ClassVar[str] = "debtor.restricted_segment_changed"
    segments: tuple[str, ...]
    previous: tuple[str, ...]
    primary: str
    previous_primary: str
    segment_set: int
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentsChanged(Event):
    """Another set of segments counts from now on, or somebody asks to look at everybody again
    (`previous` is the same number). About no debtor: that field is empty."""

    TYPE: ClassVar[str] = "segments.changed"
    number: int
    previous: int
    by: str
    why: str
