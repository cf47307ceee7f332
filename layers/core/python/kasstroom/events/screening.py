"""What other people's registers told of a debtor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kasstroom.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtorScreened(Event):
    """`answered` and `missing` are sources; missing ones did not answer in time."""

    TYPE: ClassVar[str] = "debtor.screened"
    answered: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BureauRatingChanged(Event):
    """Ratings are A (best) to E, empty when there is none; scores 0 to 100 as text."""

    TYPE: ClassVar[str] = "bureau.rating.changed"
    previous: str
    rating: str
    previous_score: str
    score: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtorInsolvent(Event):
    """A debtor is insolvent; `case` is the number in the insolvency register."""

    TYPE: ClassVar[str] = "debtor.insolvent"
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionsPossibleHit(Event):
    """The debtor may be on a sanctions list; a person decides. Never tell the debtor (no tipping
    off). `entries` are the ids of the lists' entries."""

    TYPE: ClassVar[str] = "sanctions.possible_hit"
    entries: tuple[str, ...]
    lists: tuple[str, ...]
