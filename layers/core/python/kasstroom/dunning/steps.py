"""Which invoices reached which step, whom it is for, what may be asked, by which channel. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kasstroom.compliance.contact_frequency import Contact, contact_room
from kasstroom.compliance.countries import HOME
from kasstroom.debtors.model import Channel, Debtor, DebtorKind
from kasstroom.dunning.model import DunningCase, OpenItem
from kasstroom.dunning.scheduling import level_on
from kasstroom.dunning.strategy import RANK, Step, StepKind, Strategy
from kasstroom.messages.ways import USUAL, Closed
from kasstroom.money import Money
from kasstroom.time import day_of

MOST_ITEMS = 40
"""Invoices in one message and its link: what one booking transaction can settle. Oldest first."""

PROVABLE = (Channel.EMAIL, Channel.LETTER)
"""Channels whose arrival can be proven, as the fourteen-day letter needs."""
Ways = tuple[tuple[Channel, str], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision needs beside the case: how the debtor can be reached (best first) and how
    not, the segments it is in, and what stands in the way of a step. `paying_until`: a payment is
    being made now; `term_until`: the term of a fourteen-day letter runs."""

    debtor: Debtor
    strategy: Strategy
    ways: Ways
    late_percent: int = 0
    paying_until: datetime | None = None
    term_until: datetime | None = None
    strategies: tuple[Strategy, ...] = ()
    closed: tuple[Closed, ...] = ()
    segments: tuple[str, ...] = ()


def due_items(case: DunningCase, facts: Facts, now: datetime) -> tuple[tuple[OpenItem, Step], ...]:
    """The invoices that reached their next step, with that step. An invoice that is paused by
    itself, or of which nothing is asked, is not among them."""
    found = []
    for item in case.items:
        step = step_of(case, item, facts, day_of(now))
        paused = any(block.holds(now) for block in item.blocks)
        if step and not paused and not case.waits(item):
            found.append((item, step))
    return tuple(found)


def step_of(case: DunningCase, item: OpenItem, facts: Facts, today: date) -> Step | None:
    """The next step of an invoice when its day has come."""
    strategy = strategy_for(case, item, facts)
    track = case.track_of(item)
    level = level_on(item, track, today)
    if item.claimable.minor <= 0 or level >= len(strategy.steps):
        return None
    step = strategy.steps[level]
    return step if today >= item.due_on + timedelta(days=step.offset_days) else None


def strategy_for(case: DunningCase, item: OpenItem, facts: Facts) -> Strategy:
    wanted = case.track_of(item)
    known = (s for s in facts.strategies if (s.id, s.version) == (wanted.strategy, wanted.version))
    return next(known, facts.strategy) if item.track else facts.strategy


def fits(step: Step, case: DunningCase, facts: Facts, today: date) -> bool:
    """Whether a step is for this debtor. A business owes costs without the fourteen-day letter, and
    who lives elsewhere by another law."""
    when = step.when
    if step.kind is StepKind.FOURTEEN_DAY_LETTER and not owes_after_letter(facts.debtor):
        return False
    late = [item for item in case.items if item.due_on < today and item.open.minor > 0]
    reachable = {channel for channel, _ in facts.ways}
    person = facts.debtor.is_natural_person
    return (
        total_of(tuple(late)).minor >= when.minimum_minor
        and facts.late_percent >= when.late_percent
        and when.natural_person in (None, person)
        and (not when.reachable_by or not reachable.isdisjoint(when.reachable_by))
        and (not when.segments or not set(when.segments).isdisjoint(facts.segments))
    )


def owes_after_letter(debtor: Debtor) -> bool:
    """A consumer under Dutch law (art. 6:96 lid 5 and 6 BW)."""
    return debtor.kind is DebtorKind.CONSUMER and debtor.address.country == HOME


def firmer_than_letter(step: Step) -> bool:
    return RANK[step.kind] > RANK[StepKind.FOURTEEN_DAY_LETTER] or step.costs


def ways_for(step: Step, ways: Ways) -> Ways:
    """The step's channels in its order, else as the debtor prefers. The fourteen-day letter goes by
    e-mail or post only: its arrival has to be proven."""
    letter = step.kind is StepKind.FOURTEEN_DAY_LETTER
    order = step.channels or (PROVABLE if letter else ())
    if not order:
        return tuple(way for way in ways if way[0] in USUAL)
    able = [way for way in ways if way[0] in order and (not letter or way[0] in PROVABLE)]
    return tuple(sorted(able, key=lambda way: order.index(way[0])))


def within_caps(
    ways: Ways, case: DunningCase, facts: Facts, now: datetime
) -> tuple[Ways, datetime]:
    """Those over which one more message or call is allowed now, over all we said to this debtor;
    and when the first of the others is again."""
    if not case.contacts:
        return ways, now
    person = facts.debtor.is_natural_person
    rooms = {
        kind: contact_room(kind, case.contacts, now, natural_person=person)
        for kind in {_kind_of(channel) for channel, _ in ways}
    }
    again_at = min((room.again_at for room in rooms.values() if room.again_at), default=now)
    return tuple(way for way in ways if rooms[_kind_of(way[0])].allowed), again_at


def _kind_of(channel: Channel) -> Contact:
    return Contact.CALL if channel is Channel.PHONE else Contact.MESSAGE


def payable(
    case: DunningCase, facts: Facts, currency: str, now: datetime, *, early: bool = False
) -> tuple[OpenItem, ...]:
    """What may be asked for in one message, in one currency: overdue invoices, oldest first, netted
    with open credit notes; `early`: also what is due soon."""
    today = day_of(now)
    asked = [
        item for item in case.items
        if item.claimable.minor > 0 and item.open.currency == currency
        and not any(block.holds(now) for block in item.blocks)
        and (item.due_on < today or (early and step_of(case, item, facts, today)))
    ]  # fmt: skip
    credits = [i for i in case.items if i.open.minor < 0 and i.open.currency == currency]
    credits = credits[: MOST_ITEMS // 2]
    return tuple(asked[: MOST_ITEMS - len(credits)] + credits)


def total_of(items: tuple[OpenItem, ...]) -> Money:
    currency = items[0].open.currency if items else "EUR"
    return Money(sum(item.claimable.minor for item in items), currency)
