"""How often a person may be written to or called. Dutch law has no number, only the open norm of
care; these caps are ours, chosen so that they can hardly be too many (seven calls in seven days is
the ceiling of the American Regulation F). As dated rows, because a law may come with its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from kasstroom.time import AMSTERDAM, day_of

_DAY: Final = timedelta(days=1)


class Contact(StrEnum):
    """A `talk` is a call in which the debtor was spoken to; it is a call as well."""

    MESSAGE = "message"
    CALL = "call"
    TALK = "talk"


@dataclass(frozen=True, slots=True)
class Caps:
    """Over all channels together. Days are calendar days in Amsterdam, weeks any seven days in a
    row; `pause_after_talk_days` without a call; `between_steps_days` between dunning steps."""

    since: date
    messages_a_day: int
    messages_a_week: int
    calls_a_day: int
    calls_a_week: int
    pause_after_talk_days: int
    between_steps_days: int
    source: str


CAPS: Final = (
    Caps(
        date.min,
        messages_a_day=1,
        messages_a_week=3,
        calls_a_day=2,
        calls_a_week=7,
        pause_after_talk_days=7,
        between_steps_days=7,
        source="our own: careful within the open norm; 12 CFR 1006.14(b)(2) as the ceiling",
    ),
)
"""Oldest first."""


@dataclass(frozen=True, slots=True)
class Contacted:
    """One contact that took place: when (UTC), and which."""

    at: datetime
    contact: Contact


@dataclass(frozen=True, slots=True)
class Room:
    """`again_at` is the first instant at which this cap leaves room, None when it does now; contact
    hours come on top of it."""

    allowed: bool
    reason: str = ""
    again_at: datetime | None = None


def caps_on(day: date) -> Caps:
    return [row for row in CAPS if row.since <= day][-1]


def contact_room(
    wanted: Contact, history: Sequence[Contacted], now: datetime, *, natural_person: bool = True
) -> Room:
    """Whether one more is allowed now; without a cap for a company. `history` needs the last seven
    days only; what lies after `now` is not counted."""
    if not natural_person:
        return Room(allowed=True)
    caps = caps_on(day_of(now))
    calls = wanted is not Contact.MESSAGE
    kinds = {Contact.CALL, Contact.TALK} if calls else {Contact.MESSAGE}
    times = sorted(each.at for each in history if each.contact in kinds and each.at <= now)
    talks = [each.at for each in history if each.contact is Contact.TALK and each.at <= now]
    a_day, a_week = (
        (caps.calls_a_day, caps.calls_a_week)
        if calls
        else (caps.messages_a_day, caps.messages_a_week)
    )
    today = [at for at in times if day_of(at) == day_of(now)]
    week = [at for at in times if at > now - 7 * _DAY]
    full = []
    if calls and talks and max(talks) + caps.pause_after_talk_days * _DAY > now:
        full.append(("talked", max(talks) + caps.pause_after_talk_days * _DAY))
    if len(week) >= a_week:
        full.append(("enough_this_week", week[-a_week] + 7 * _DAY))
    if len(today) >= a_day:
        full.append(("enough_today", _midnight_after(now)))
    if not full:
        return Room(allowed=True)
    reason, again_at = max(full, key=lambda each: each[1])
    return Room(False, reason, again_at)


def with_contact(history: Sequence[Contacted], new: Contacted) -> tuple[Contacted, ...]:
    """The history with one more, and no more of it than the caps look at: oldest first."""
    caps = caps_on(day_of(new.at))
    since = new.at - max(7, caps.pause_after_talk_days) * _DAY
    fresh = sorted((each for each in (*history, new) if each.at > since), key=lambda each: each.at)
    messages = [each for each in fresh if each.contact is Contact.MESSAGE]
    calls = [each for each in fresh if each.contact is not Contact.MESSAGE]
    talks = [each for each in calls if each.contact is Contact.TALK]
    kept = (*messages[-caps.messages_a_week :], *calls[-caps.calls_a_week :], *talks[-1:])
    return tuple(each for each in fresh if each in kept)


def next_step_on(last_step_on: date) -> date:
    """The first day on which the next dunning step may come."""
    return last_step_on + caps_on(last_step_on).between_steps_days * _DAY


def _midnight_after(now: datetime) -> datetime:
    tomorrow = now.astimezone(AMSTERDAM).date() + _DAY
    midnight = datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=AMSTERDAM)
    return midnight.astimezone(UTC)
