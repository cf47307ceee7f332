"""Writing down what asks for care, with the segments that follow from it, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.access.model import Actor, Role
from kasstroom.changes import Changes, Command
from kasstroom.debtors.vulnerability import (
    Signal,
    Vulnerabilities,
    must_see_vulnerability,
)
from kasstroom.dunning.model import DunningCase
from kasstroom.dunning.scheduling import rescheduled
from kasstroom.errors import NotFound, Refused
from kasstroom.ports import Books
from kasstroom.segments.facts import known
from kasstroom.segments.usecases import live_set, planned
from kasstroom.time import day_of

CAUSE = "asked_for_care"


@dataclass(frozen=True, slots=True)
class CareSignals(Command):
    """All that hold now; what is left out has ended, and is not kept."""

    signals: tuple[Signal, ...]


def care_of(books: Books, org: str, debtor: str, actor: Actor) -> Vulnerabilities:
    """Forbidden for who may not know; NotFound when nothing was ever written down."""
    must_see_vulnerability(actor)
    return books.get(Vulnerabilities, org, debtor)


def note_care(
    books: Books, org: str, number: str, request: CareSignals, actor: Actor, now: datetime
) -> tuple[Changes, Vulnerabilities]:
    """Only a credit manager. The segments change with it at once, not when an event arrives: the
    next reminder must not go out in between."""
    actor.must_be(Role.CREDIT_MANAGER)
    _check(request, now)
    of = known(books, org, number)
    if of is None:
        raise NotFound("debtor_not_found", f"There is no debtor {number}.")
    before = books.find(Vulnerabilities, org, number)
    signals = tuple(sorted(request.signals, key=lambda signal: signal.kind))
    if before and before.signals == signals:
        return Changes(), before
    version = before.version if before else 0
    after = Vulnerabilities(org, number, signals, actor.name, now, version=version)
    changed, _, _ = planned(books, live_set(books, org), replace(of, care=after.kinds), CAUSE, now)
    return Changes(update=(after,)) + changed + _looked_at_anew(books, org, number, now), after


def _looked_at_anew(books: Books, org: str, number: str, now: datetime) -> Changes:
    """Whoever is left alone now, or not any more, is decided about again."""
    case = books.find(DunningCase, org, number)
    return Changes(update=(rescheduled(case, now),)) if case else Changes()


def _check(request: CareSignals, now: datetime) -> None:
    seen = set()
    for place, signal in enumerate(request.signals):
        at = f"/body/signals/{place}"
        if signal.since > day_of(now):
            raise Refused("since_in_future", "Give a day that has been.", f"{at}/since")
        if signal.kind in seen:
            raise Refused("duplicate_signal", f"{signal.kind} stands here twice.", f"{at}/kind")
        seen.add(signal.kind)
