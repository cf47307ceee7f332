"""When a case is looked at next, from what the case itself knows. Pure.

Every booking calls `rescheduled`, which is why it reads no strategy: the case carries its track.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from kasstroom.dunning.model import Block, DunningCase, OpenItem, Scope
from kasstroom.dunning.strategy import RANK, Track
from kasstroom.time import AMSTERDAM, day_of

FIRST_HOUR = time(9)
"""A reminder falls due at 09:00 Amsterdam time, inside contact hours."""


def rescheduled(case: DunningCase, now: datetime) -> DunningCase:
    """The case with its next action recalculated. A person's pause of the case ends with it; those
    of the books are lifted by the books."""
    blocks = case.blocks
    if not any(item.open.minor > 0 for item in case.items):
        blocks = tuple(b for b in blocks if not b.id or b.scope is not Scope.CASE)
    living = replace(case, blocks=blocks)
    return replace(living, next_action_at=next_action(living, now))


def next_action(case: DunningCase, now: datetime) -> datetime | None:
    """When the first open invoice reaches its next step, not sooner than the gap allows, and not
    before a pause ends; None when nothing comes or the pause has no end."""
    moments = [m for item in case.items if (m := moment_of(case, item, now))]
    if not moments:
        return None
    soonest = min(moments)
    if case.last_sent_at:
        soonest = max(soonest, gap_ends(case))
    return _after(case.blocks, soonest, now)


def moment_of(case: DunningCase, item: OpenItem, now: datetime) -> datetime | None:
    """When this invoice reaches its next step; None when it has had them all, nothing is asked of
    it, or it is paused without an end."""
    track = case.track_of(item)
    level = level_on(item, track, day_of(now))
    if item.claimable.minor <= 0 or level >= len(track.offsets) or case.waits(item):
        return None
    moment = at_first_hour(item.due_on + timedelta(days=track.offsets[level]))
    return _after(item.blocks, moment, now)


def first_later(case: DunningCase, now: datetime) -> datetime | None:
    """When time alone may change what is said: an invoice reaches its next step, or is overdue,
    which adds to what is asked and ends what is only said before. None: nothing comes."""
    coming: list[datetime | None] = [moment_of(case, item, now) for item in case.items]
    for item in case.items:
        if item.claimable.minor > 0:
            overdue = at_first_hour(item.due_on + timedelta(days=1))
            coming.append(_after(item.blocks, overdue, now))
    later = [moment for moment in coming if moment and moment > now]
    return _after(case.blocks, min(later), now) if later else None


def level_on(item: OpenItem, track: Track, today: date) -> int:
    """The step that comes next: one from before the due date has no sense any more after it."""
    level = item.level
    while level < len(track.offsets) and track.offsets[level] < 0 and today > item.due_on:
        level += 1
    return level


def retracked(case: DunningCase, track: Track, now: datetime) -> DunningCase:
    """The case on another strategy. An invoice goes on after the steps that go no further than what
    it was sent: nothing is sent twice, and nothing firmer is passed over."""
    if track == case.track:
        return case
    items = tuple(
        item if item.track else replace(item, level=_level_after(item, track))
        for item in case.items
    )
    return rescheduled(replace(case, track=track, items=items), now)


def with_item_track(
    case: DunningCase, number: str, track: Track | None, now: datetime
) -> DunningCase:
    """One invoice on a strategy of its own, or back on that of the case (None)."""
    items = tuple(
        replace(item, track=track, level=_level_after(item, track or case.track))
        if item.number == number and item.track != track
        else item
        for item in case.items
    )
    return rescheduled(replace(case, items=items), now)


def _level_after(item: OpenItem, track: Track) -> int:
    if item.reached is None:
        return 0
    return sum(1 for kind in track.kinds if RANK[kind] <= RANK[item.reached])


def gap_ends(case: DunningCase) -> datetime:
    assert case.last_sent_at
    return at_first_hour(day_of(case.last_sent_at) + timedelta(days=case.track.min_gap_days))


def at_first_hour(day: date) -> datetime:
    return datetime.combine(day, FIRST_HOUR, AMSTERDAM).astimezone(UTC)


def _after(blocks: tuple[Block, ...], moment: datetime, now: datetime) -> datetime | None:
    for block in blocks:
        if block.holds(now):
            if block.until is None:
                return None
            moment = max(moment, block.until)
    return moment
