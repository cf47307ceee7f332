"""The set of an organisation: put as a whole, each version kept with who, when and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes
from kasstroom.errors import Conflict, NotFound, Refused
from kasstroom.events.segments import SegmentsChanged
from kasstroom.ports import Books
from kasstroom.segments.defaults import DOCUMENT
from kasstroom.segments.model import BUILT_IN, LiveSegments, SegmentSet, SegmentSetVersion
from kasstroom.segments.reading import read

BUILT_IN_BY = "kasstroom"
WHY, BASED_ON = "why", "based_on"
LONGEST_WHY = 500


def live_of(books: Books, org: str) -> LiveSegments:
    """The built-in set when nobody put another."""
    found = books.find(LiveSegments, org)
    return found or LiveSegments(org, BUILT_IN, DOCUMENT, BUILT_IN_BY, None, "")


def put(
    books: Books, org: str, body: dict[str, Any], actor: Actor, now: datetime
) -> tuple[Changes, LiveSegments]:
    """This set counts from now on, and everybody is looked at again. `body` is the document with
    `why`, and `based_on` for who wants to be told when somebody else was first. The set that counts
    already changes nothing. Forbidden for a machine; SegmentsRefused with every mistake."""
    actor.must_be(Role.CREDIT_MANAGER)
    document = {key: value for key, value in body.items() if key not in (WHY, BASED_ON)}
    live = live_of(books, org)
    read(live.number + 1, document)
    if document == live.document:
        return Changes(), live
    _nobody_was_first(body.get(BASED_ON), live)
    after = replace(
        live, number=live.number + 1, document=document, by=actor.name, at=now,
        why=_why(body.get(WHY)),
    )  # fmt: skip
    version = SegmentSetVersion(org, after.number, document, after.by, now, after.why)
    told = _told(after, live.number, actor, after.why, now)
    return Changes(update=(after, version), events=(told,)), after


def _nobody_was_first(based_on: Any, live: LiveSegments) -> None:
    if based_on is None:
        return
    if type(based_on) is not int:
        raise Refused("invalid_value", "Give the number of a set.", f"/body/{BASED_ON}")
    if based_on != live.number:
        detail = f"Set {live.number} counts now, put by {live.by}; look at it first."
        raise Conflict("set_moved", detail, f"/body/{BASED_ON}")


def _why(given: Any) -> str:
    why = given.strip() if isinstance(given, str) else ""
    if not 1 <= len(why) <= LONGEST_WHY:
        detail = f"Write down why, in 1 to {LONGEST_WHY} characters, for whoever asks later."
        raise Refused("why_missing", detail, f"/body/{WHY}")
    return why


def recalculate(
    books: Books, org: str, actor: Actor, now: datetime
) -> tuple[Changes, LiveSegments]:
    """Everybody is looked at again by the set that counts, though nothing changed."""
    actor.must_be(Role.CREDIT_MANAGER)
    live = live_of(books, org)
    return Changes(events=(_told(live, live.number, actor, "asked for", now),)), live


def _told(
    live: LiveSegments, previous: int, actor: Actor, why: str, now: datetime
) -> SegmentsChanged:
    return SegmentsChanged(
        org=live.org, debtor="", subject=str(live.number), at=now, number=live.number,
        previous=previous, by=actor.name, why=why,
    )  # fmt: skip


def version_of(books: Books, org: str, number: int) -> SegmentSetVersion:
    """The built-in one too; NotFound when there is none."""
    if number == BUILT_IN:
        return SegmentSetVersion(org, BUILT_IN, DOCUMENT, BUILT_IN_BY, None, "")
    found = books.find(SegmentSetVersion, org, id=f"{number:06d}")
    if found is None:
        raise NotFound("segment_set_not_found", f"There is no set of segments {number}.")
    return found


def set_of(books: Books, org: str, number: int) -> SegmentSet:
    """A version ready to use."""
    return read(number, version_of(books, org, number).document)
