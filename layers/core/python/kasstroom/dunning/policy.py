"""What is said to a debtor next, when, and why not: pure functions of the case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.compliance.contact_frequency import Contact
from kasstroom.compliance.contact_hours import may_contact, next_contact
from kasstroom.compliance.countries import HOME
from kasstroom.debtors.model import Channel
from kasstroom.dunning.blocks import blocking
from kasstroom.dunning.model import DunningCase, OpenItem
from kasstroom.dunning.reasons import Why
from kasstroom.dunning.scheduling import (
    at_first_hour,
    gap_ends,
    level_on,
    next_action,
    rescheduled,
)
from kasstroom.dunning.steps import (
    Facts,
    Ways,
    due_items,
    firmer_than_letter,
    fits,
    payable,
    step_of,
    total_of,
    ways_for,
    within_caps,
)
from kasstroom.dunning.strategy import RANK, Step, StepKind
from kasstroom.money import Money
from kasstroom.time import day_of


@dataclass(frozen=True, slots=True)
class Remind:
    """Send `step` about `items` (what is due and open credit notes), worth `total`, over the first
    of `ways`; `stepping` are the invoices for which it is the next step."""

    step: Step
    ways: Ways
    items: tuple[OpenItem, ...]
    total: Money
    stepping: tuple[str, ...]

    @property
    def channel(self) -> Channel:
        return self.ways[0][0]

    @property
    def address(self) -> str:
        return self.ways[0][1]


@dataclass(frozen=True, slots=True)
class Propose:
    """A person has to look first: a step that needs approval, or handing over."""

    step: Step
    items: tuple[OpenItem, ...]
    total: Money
    stepping: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wait:
    """Not now, but at this instant."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Skip:
    """Nothing to send, with the reason; looked at again when something changes or at `until`."""

    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pass:
    """The step that is due is not for these invoices: they go on to the one after it."""

    stepping: tuple[str, ...]


Action = Remind | Propose | Wait | Skip | Pass


def _why_nothing(case: DunningCase, now: datetime) -> str:
    """Why no step comes, now or later: what stands in the way of the oldest open invoice."""
    if case.proposal and not case.approved:
        return Why.WAITS_FOR_APPROVAL
    item = next((item for item in case.items if item.open.minor > 0), None)
    if item is None:
        return Why.NOTHING_DUE
    if item.claimable.minor <= 0:
        return Why.DISPUTED
    own = next((block for block in item.blocks if block.holds(now)), None)
    return own.reason if own else Why.ALL_STEPS_DONE


def plan(case: DunningCase, facts: Facts, now: datetime) -> Action:
    """What to do about this debtor at this instant."""
    if block := blocking(case, now):
        return Skip(block.reason, block.until)
    due = due_items(case, facts, now)
    if not due:
        upcoming = next_action(case, now)
        if upcoming and upcoming > now:
            return Wait(upcoming, Why.NOT_DUE)
        return Skip(_why_nothing(case, now))
    if case.last_sent_at and now < gap_ends(case):
        return Wait(gap_ends(case), Why.FREQUENCY_CAP)
    if _stands(case) and not case.approved:
        # What needs a person waits behind it, the rest goes on.
        due = tuple(pair for pair in due if not needs_person(pair[1]))
        if not due:
            return Skip(Why.WAITS_FOR_APPROVAL)
    # What a person approved goes out before anything firmer is looked at.
    approved = tuple(pair for pair in due if case.approved and pair[0].number in case.waiting)
    lead, step = max(approved or due, key=lambda p: (RANK[p[1].kind], p[1].offset_days))
    if not fits(step, case, facts, day_of(now)):
        return Pass(tuple(item.number for item, its in due if its == step))
    if facts.term_until and facts.term_until > now and firmer_than_letter(step):
        return Wait(facts.term_until, Why.TERM_RUNNING)
    if facts.paying_until and facts.paying_until > now:
        return Wait(facts.paying_until, Why.PAYMENT_IN_TRANSIT)
    items = payable(case, facts, lead.open.currency, now, early=step.offset_days < 0)
    numbers = {item.number for item in items}
    asks = step.kind is StepKind.HAND_OVER or (needs_person(step) and not case.approved)
    stepping = tuple(
        item.number for item, its in due
        if item.number in numbers
        and (its.kind is step.kind or (not asks and RANK[its.kind] <= RANK[step.kind]))
    )  # fmt: skip
    action = _act(Propose(step, items, total_of(items), stepping), case, facts, now)
    waits = isinstance(action, Propose) and _stands(case)
    return Skip(Why.WAITS_FOR_APPROVAL) if waits else action


def needs_person(step: Step) -> bool:
    return step.kind is StepKind.HAND_OVER or step.approval


def _stands(case: DunningCase) -> bool:
    """Whether there is a proposal over something that is still asked."""
    asked = {item.number for item in case.items if item.claimable.minor > 0}
    return bool(case.proposal) and not asked.isdisjoint(case.waiting)


def _act(wanted: Propose, case: DunningCase, facts: Facts, now: datetime) -> Action:
    step, items = wanted.step, wanted.items
    if wanted.total.minor < facts.strategy.minimum_minor:
        credit = any(item.open.minor < 0 for item in items)
        return Skip(Why.CREDIT_NOTE_NETS if credit else Why.BELOW_MINIMUM)
    if step.kind is StepKind.HAND_OVER or (step.approval and not case.approved):
        return wanted
    country = facts.debtor.address.country
    if not may_contact(now, country):
        return Wait(opening(now, country), Why.CONTACT_HOURS)
    ways = ways_for(step, facts.ways)
    if not ways:
        return Skip(Why.MISSING_ADDRESS)
    ways, again_at = within_caps(ways, case, facts, now)
    if not ways:
        at = again_at if may_contact(again_at, country) else opening(again_at, country)
        return Wait(at, Why.FREQUENCY_CAP)
    return Remind(step, ways, items, wanted.total, wanted.stepping)


def moved_on(
    case: DunningCase, facts: Facts, stepping: tuple[str, ...], now: datetime, *, sent: bool
) -> DunningCase:
    """Each of these invoices is one step further; `sent` when a debtor was written to for it."""
    today = day_of(now)

    def further(item: OpenItem) -> OpenItem:
        step = step_of(case, item, facts, today) if item.number in stepping else None
        if step is None:
            return item
        level = level_on(item, case.track_of(item), today) + 1
        reached = max((item.reached or step.kind, step.kind), key=RANK.__getitem__)
        return replace(item, level=level, reached=reached if sent else item.reached)

    after = replace(case, items=tuple(map(further, case.items)))
    if set(case.waiting) <= set(stepping):
        after = replace(after, proposal="", waiting=(), approved=False)
    return rescheduled(after, now)


def reminded(case: DunningCase, facts: Facts, action: Remind, now: datetime) -> DunningCase:
    """The case after the message: each invoice that reached its step is one step further."""
    after = replace(case, sequence=case.sequence + 1, last_sent_at=now)
    if action.channel is not Channel.PHONE:  # A call counts when it is made.
        after = after.contacted(Contact.MESSAGE, now)
    return moved_on(after, facts, action.stepping, now, sent=True)


def opening(now: datetime, country: str = HOME) -> datetime:
    """The next moment we would send: 09:00 on the next day of contact."""
    opens = next_contact(now, country)
    return max(opens, at_first_hour(day_of(opens)))
