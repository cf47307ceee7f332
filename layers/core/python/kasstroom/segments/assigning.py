"""Which segments a debtor is in: a pure function of facts, and what is written when it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from kasstroom.changes import Changes
from kasstroom.credit.decision import Fact
from kasstroom.credit.fact_views import value_of
from kasstroom.events import Event
from kasstroom.events.segments import DebtorRestrictedSegmentChanged, DebtorSegmentChanged
from kasstroom.segments.catalogue import FACTS, TIMED
from kasstroom.segments.explaining import because
from kasstroom.segments.facts import Known, facts_of
from kasstroom.segments.model import MOST_TAGS, DebtorSegments, Segment, SegmentSet
from kasstroom.time import AMSTERDAM, day_of

HORIZON_DAYS = 31
"""How far ahead we look for the day on which time alone changes the answer."""


class Assigned(StrEnum):
    """What became of looking at one debtor: `kept` wrote nothing, `renewed` the same segments."""

    UNKNOWN = "unknown"
    KEPT = "kept"
    RENEWED = "renewed"
    CHANGED = "changed"


def matching(chosen: SegmentSet, facts: Mapping[str, Fact]) -> tuple[Segment, ...]:
    """All that match, first by priority: the same facts give the same segments."""
    return tuple(one for one in chosen.segments if one.test(facts))[:MOST_TAGS]


def assigned(
    chosen: SegmentSet, known: Known, now: datetime, before: DebtorSegments | None = None
) -> DebtorSegments:
    """The segments of a debtor at `now`, with the facts the set looked at."""
    facts = facts_of(known, chosen.currency, now)
    found = matching(chosen, facts)
    return DebtorSegments(
        known.debtor.org, known.debtor.number, tuple(one.name for one in found), chosen.number,
        now, tuple(one.name for one in found if one.restricted),
        {name: facts[name] for name in sorted(chosen.looks_at)},
        _look_again_on(chosen, known, found, now), version=before.version if before else 0,
    )  # fmt: skip


def _look_again_on(
    chosen: SegmentSet, known: Known, found: tuple[Segment, ...], now: datetime
) -> date | None:
    """The first day with another answer, as far as time decides it; else the end of the horizon."""
    if TIMED.isdisjoint(chosen.looks_at):
        return None
    today = day_of(now)
    for days in range(1, HORIZON_DAYS):
        day = today + timedelta(days=days)
        facts = facts_of(known, chosen.currency, datetime.combine(day, time(), AMSTERDAM))
        if matching(chosen, facts) != found:
            return day
    return today + timedelta(days=HORIZON_DAYS)


def decide(
    chosen: SegmentSet, known: Known, before: DebtorSegments | None, cause: str, now: datetime
) -> tuple[Changes, DebtorSegments]:
    """Pure. Nothing is written when the segments are what they were, by the same set, and the day
    on which we look again stands; the lists of the segments are kept by whoever commits."""
    after = assigned(chosen, known, now, before)
    if before and _same(before, after) and _stands(before, after, day_of(now)):
        return Changes(), before
    return Changes(update=(after,), events=_told(chosen, before, after, cause, now)), after


def _same(before: DebtorSegments, after: DebtorSegments) -> bool:
    return (before.segments, before.restricted, before.set_number) == (
        after.segments,
        after.restricted,
        after.set_number,
    )


def _stands(before: DebtorSegments, after: DebtorSegments, today: date) -> bool:
    """Looking sooner than needed costs one look; later would be wrong."""
    planned, needed = before.look_again_on, after.look_again_on
    if planned is None or needed is None:
        return planned == needed
    return today < planned <= needed


def _told(
    chosen: SegmentSet,
    before: DebtorSegments | None,
    after: DebtorSegments,
    cause: str,
    now: datetime,
) -> tuple[Event, ...]:
    """What a system may know, and, when they moved, the segments that are for people."""
    before = before or replace(after, segments=(), restricted=(), version=0)
    about = {
        "org": after.org, "debtor": after.debtor, "subject": after.debtor, "at": now,
        "segment_set": after.set_number, "cause": cause,
    }  # fmt: skip
    told: tuple[Event, ...] = ()
    if before.public != after.public:
        told += (
            DebtorSegmentChanged(
                **about, segments=after.public, previous=before.public,
                primary=first(after.public), previous_primary=first(before.public),
                because=_why(chosen, before, after),
            ),
        )  # fmt: skip
    if before.restricted != after.restricted:
        told += (
            DebtorRestrictedSegmentChanged(
                **about, segments=after.segments, previous=before.segments,
                primary=after.primary, previous_primary=before.primary,
            ),
        )  # fmt: skip
    return told


def first(names: tuple[str, ...]) -> str:
    return names[0] if names else ""


def _why(chosen: SegmentSet, before: DebtorSegments, after: DebtorSegments) -> tuple[str, ...]:
    entered = set(after.public) - set(before.segments)
    return tuple(
        f"{one.name}: {_sentence(chosen, one, after)}"
        for one in chosen.segments
        if one.name in entered
    )


def _sentence(chosen: SegmentSet, segment: Segment, after: DebtorSegments) -> str:
    held = because(chosen, segment, after.facts)
    said = (
        f"{one.fact} {value_of(FACTS[one.fact][0], one.value, chosen.currency).en}" for one in held
    )
    return ", ".join(dict.fromkeys(said))
