"""Which strategy a debtor, or one of its invoices, is reminded by: the most specific wins. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kasstroom.changes import Versioned
from kasstroom.dunning.model import Block, DunningCase
from kasstroom.dunning.scheduling import retracked, with_item_track
from kasstroom.dunning.strategy import DEFAULT, Strategy, track_of

BY_PERSON = "debtor"
"""Somebody chose it for this debtor."""


@dataclass(frozen=True, slots=True)
class LiveStrategies(Versioned):
    """The strategies of an organisation that are in force, by id, and who is reminded by which:
    `default` for everybody, `by_segment` for a segment. `pauses` hold everybody."""

    org: str
    default: str = DEFAULT.id
    active: dict[str, Strategy] = field(default_factory=lambda: {DEFAULT.id: DEFAULT})
    by_segment: dict[str, str] = field(default_factory=dict)
    pauses: tuple[Block, ...] = ()


def strategy_of(
    live: LiveStrategies, case: DunningCase, segments: Sequence[str] = ()
) -> tuple[Strategy, str]:
    """The strategy and why: `BY_PERSON`, `segment <name>` or `organisation`. `segments` are those
    of the debtor, the one that counts most first. A name that is not in force is passed over."""
    if case.chosen in live.active:
        return live.active[case.chosen], BY_PERSON
    for segment in segments:
        if live.by_segment.get(segment) in live.active:
            return live.active[live.by_segment[segment]], f"segment {segment}"
    return live.active.get(live.default, DEFAULT), "organisation"


def fitted(
    case: DunningCase, live: LiveStrategies, segments: Sequence[str], now: datetime
) -> DunningCase:
    """The case on the strategies that are in force now, its invoices too."""
    strategy, _ = strategy_of(live, case, segments)
    case = retracked(case, track_of(strategy), now)
    for item in case.items:
        if item.track:
            own = live.active.get(item.track.strategy)
            track = track_of(own) if own else None
            if track != item.track:
                case = with_item_track(case, item.number, track, now)
    return case
