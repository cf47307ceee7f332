"""Strategies of an organisation: written as versions, put in force, given to a segment, a debtor or
an invoice. A change tells what it does and never sends or skips by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes, Command, Versioned
from kasstroom.dunning.choosing import LiveStrategies, fitted
from kasstroom.dunning.model import DunningCase
from kasstroom.dunning.scheduling import with_item_track
from kasstroom.dunning.strategy import DEFAULT, End, Step, Strategy, track_of
from kasstroom.dunning.strategy_rules import faults
from kasstroom.errors import NotFound, Refused
from kasstroom.events.dunning import StrategiesChanged
from kasstroom.ports import Books
from kasstroom.segments.model import DebtorSegments

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}\Z")
MOST_STRATEGIES = 20
MOST_SEGMENTS = 50


class VersionState(StrEnum):
    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class StrategyVersion(Versioned):
    """One version of a strategy, as it was written; `state` says whether it is in force."""

    org: str
    name: str
    number: int
    strategy: Strategy
    written_at: datetime
    written_by: str
    note: str = ""
    state: VersionState = VersionState.DRAFT


@dataclass(frozen=True, slots=True)
class StrategyDraft(Command):
    """A strategy as somebody writes it; `note` is why."""

    steps: tuple[Step, ...]
    min_gap_days: int = 7
    minimum_minor: int = 500
    end: End = End.NONE
    note: str = ""


@dataclass(frozen=True, slots=True)
class Assignment(Command):
    """`default` for everybody, `by_segment` by the name of a segment; what is left out stays."""

    default: str | None = None
    by_segment: dict[str, str] | None = None
    note: str = ""


def live_of(books: Books, org: str) -> LiveStrategies:
    return books.find(LiveStrategies, org) or LiveStrategies(org)


def versions_of(books: Books, org: str, name: str) -> list[StrategyVersion]:
    """Oldest first; of the built-in one there is none."""
    return books.listing(StrategyVersion, org, name, after="", limit=1000)


def write(
    books: Books, org: str, name: str, draft: StrategyDraft, actor: Actor, now: datetime
) -> tuple[Changes, StrategyVersion]:
    """A new version, not in force yet; Refused with everything that is wrong with it."""
    actor.must_be(Role.CREDIT_MANAGER)
    if not NAME.match(name):
        detail = "A strategy is named in small letters, digits and dashes, at most 40."
        raise Refused("invalid_name", detail, "/path/id")
    before = versions_of(books, org, name)
    number = len(before) + 1
    strategy = Strategy(
        name, draft.steps, draft.min_gap_days, draft.minimum_minor, draft.end, number
    )
    wrong = faults(strategy)
    if wrong:
        raise Refused(wrong[0].code, " ".join(w.detail for w in wrong), wrong[0].pointer)
    version = StrategyVersion(org, name, number, strategy, now, actor.name, draft.note)
    return Changes(create=(version,)), version


def activate(
    books: Books, org: str, name: str, number: int, actor: Actor, now: datetime
) -> tuple[Changes, StrategyVersion]:
    """This version in force instead of the one before; every debtor's next step is worked out anew
    by who reacts to the event. Said twice changes nothing."""
    actor.must_be(Role.CREDIT_MANAGER)
    version = books.find(StrategyVersion, org, name, f"{number:06d}")
    if version is None:
        raise NotFound("strategy_not_found", f"There is no version {number} of {name}.")
    live = live_of(books, org)
    known = live.active.get(name)
    if known == version.strategy:
        return Changes(), version
    if known is None and len(live.active) >= MOST_STRATEGIES:
        raise Refused("too_many_strategies", f"At most {MOST_STRATEGIES} are in force at once.")
    after = replace(version, state=VersionState.ACTIVE)
    updates: tuple[Versioned, ...] = (after,)
    if known and known.version:
        old = books.get(StrategyVersion, org, name, f"{known.version:06d}")
        updates += (replace(old, state=VersionState.RETIRED),)
    moved = replace(live, active={**live.active, name: version.strategy})
    event = _changed(org, name, number, actor, version.note, now)
    return Changes(update=updates, events=(event,)) + _kept(live, moved), after


def assign(
    books: Books, org: str, wanted: Assignment, actor: Actor, now: datetime
) -> tuple[Changes, LiveStrategies]:
    """Who is reminded by which; Refused for a strategy that is not in force."""
    actor.must_be(Role.CREDIT_MANAGER)
    live = live_of(books, org)
    segments = live.by_segment if wanted.by_segment is None else wanted.by_segment
    after = replace(live, default=wanted.default or live.default, by_segment=dict(segments))
    _in_force(live, after.default, "/body/default")
    for segment, name in after.by_segment.items():
        _in_force(live, name, f"/body/by_segment/{segment}")
    if len(after.by_segment) > MOST_SEGMENTS:
        detail = f"At most {MOST_SEGMENTS} segments have a strategy of their own."
        raise Refused("too_many_segments", detail, "/body/by_segment")
    if after == live:
        return Changes(), live
    event = _changed(org, after.default, 0, actor, wanted.note, now)
    return _kept(live, after) + Changes(events=(event,)), after


def choose_for(
    books: Books, org: str, debtor: str, name: str, actor: Actor, now: datetime, invoice: str = ""
) -> tuple[Changes, DunningCase]:
    """A strategy for one debtor, or for one open invoice; "" takes the choice back."""
    actor.must_be(Role.CREDIT_MANAGER)
    live = live_of(books, org)
    if name:
        _in_force(live, name, "/body/strategy")
    case = books.find(DunningCase, org, debtor)
    if case is None:
        raise NotFound("debtor_not_found", f"There is no debtor {debtor}.")
    if not invoice:
        known = books.find(DebtorSegments, org, debtor)
        chosen = replace(case, chosen=name)
        after = fitted(chosen, live, known.segments if known else (), now)
        return (Changes(update=(after,)) if case.chosen != name else Changes()), after
    if invoice not in {item.number for item in case.items}:
        detail = f"{invoice} is not an open invoice of this debtor."
        raise Refused("invoice_not_open", detail, "/body/invoice")
    track = track_of(live.active[name]) if name else None
    after = with_item_track(case, invoice, track, now)
    return (Changes(update=(after,)) if after != case else Changes()), after


def _in_force(live: LiveStrategies, name: str, pointer: str) -> None:
    if name not in live.active:
        names = ", ".join(sorted(live.active))
        raise Refused("strategy_not_in_force", f"In force are: {names}.", pointer)


def _kept(before: LiveStrategies, after: LiveStrategies) -> Changes:
    return Changes(update=(after,)) if before.version else Changes(create=(after,))


def _changed(
    org: str, name: str, number: int, actor: Actor, note: str, now: datetime
) -> StrategiesChanged:
    return StrategiesChanged(
        org=org, debtor="", subject=name or DEFAULT.id, at=now, strategy=name, version=number,
        by=actor.name, note=note,
    )  # fmt: skip
