"""What is said to a debtor next, when, and why not: pure functions of the case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from kasstroom.compliance.contact_hours import may_contact, next_contact
from kasstroom.debtors.model import Channel, Debtor
from kasstroom.dunning.model import DunningCase, OpenItem, Step, StepKind, Strategy
from kasstroom.money import Money
from kasstroom.time import AMSTERDAM, day_of

DEFAULT = Strategy(
    "default",
    (
        Step(StepKind.REMINDER, 3),
        Step(StepKind.SECOND_REMINDER, 10),
        Step(StepKind.FINAL_DEMAND, 24),
    ),
)
STRATEGIES = {DEFAULT.id: DEFAULT}
FIRST_HOUR = time(9)
"""A reminder falls due at 09:00 Amsterdam time, inside contact hours."""
MOST_ITEMS = 40
"""Invoices in one message and its link: what one booking transaction can settle. Oldest first."""


@dataclass(frozen=True, slots=True)
class Remind:
    """Send `step` about `items` (overdue invoices and open credit notes), worth `total`."""

    step: Step
    channel: Channel
    address: str
    items: tuple[OpenItem, ...]
    total: Money


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


Action = Remind | Wait | Skip


def strategy_of(case: DunningCase) -> Strategy:
    return STRATEGIES[case.strategy]


def next_action(case: DunningCase, strategy: Strategy) -> datetime | None:
    """When the first open invoice reaches its next step, not sooner than the gap allows."""
    moments = [
        _at(item.due_on + timedelta(days=strategy.steps[item.level].offset_days))
        for item in case.items
        if item.claimable.minor > 0 and item.level < len(strategy.steps)
    ]
    if not moments:
        return None
    return max(min(moments), _gap_ends(case, strategy)) if case.last_sent_at else min(moments)


def rescheduled(case: DunningCase, strategy: Strategy, now: datetime) -> DunningCase:
    """The case with its next action recalculated from its open items."""
    return replace(case, next_action_at=next_action(case, strategy))


def plan(case: DunningCase, debtor: Debtor, strategy: Strategy, now: datetime) -> Action:
    """What to do about this debtor at this instant."""
    if case.block and (case.block.until is None or case.block.until > now):
        return Skip(case.block.reason, case.block.until)
    step = due_step(case, strategy, day_of(now))
    if step is None:
        upcoming = next_action(case, strategy)
        return Wait(upcoming, "not_due") if upcoming and upcoming > now else Skip("nothing_due")
    if case.last_sent_at and now < _gap_ends(case, strategy):
        return Wait(_gap_ends(case, strategy), "frequency_cap")
    if not may_contact(now):
        return Wait(_opening(now), "contact_hours")
    return _remind(case, debtor, strategy, step, day_of(now))


def due_step(case: DunningCase, strategy: Strategy, today: date) -> Step | None:
    """The furthest step that an overdue invoice has reached and not had yet."""
    levels = [item.level for item in case.items if _reached(item, strategy, today)]
    return strategy.steps[max(levels)] if levels else None


def reminded(case: DunningCase, strategy: Strategy, action: Remind, now: datetime) -> DunningCase:
    """The case after the message: each invoice that reached its step is one step further."""
    sent = {item.number for item in action.items}
    items = tuple(
        replace(item, level=item.level + 1)
        if item.number in sent and _reached(item, strategy, day_of(now))
        else item
        for item in case.items
    )
    after = replace(case, items=items, sequence=case.sequence + 1, last_sent_at=now)
    return rescheduled(after, strategy, now)


def channels_of(debtor: Debtor) -> tuple[tuple[Channel, str], ...]:
    """How the debtor can be reached, the preferred way first. WhatsApp needs proof of opt-in."""
    contact = debtor.contact
    reachable = {
        Channel.EMAIL: contact.email,
        Channel.SMS: contact.phone,
        Channel.WHATSAPP: contact.phone if contact.whatsapp_opt_in_at else "",
    }
    order = sorted(reachable, key=lambda channel: channel is not contact.preferred)
    return tuple((channel, reachable[channel]) for channel in order if reachable[channel])


def _remind(
    case: DunningCase, debtor: Debtor, strategy: Strategy, step: Step, today: date
) -> Action:
    items = payable(case, today)
    total = total_of(items)
    if total.minor < strategy.minimum_minor:
        credit = any(item.open.minor < 0 for item in items)
        return Skip("credit_note_nets" if credit else "below_minimum")
    ways = channels_of(debtor)
    if not ways:
        return Skip("missing_address")
    channel, address = ways[0]
    return Remind(step, channel, address, items, total)


def payable(case: DunningCase, today: date) -> tuple[OpenItem, ...]:
    """What may be asked for today in one message, in the currency of the oldest overdue invoice:
    overdue invoices, oldest first, netted with open credit notes."""
    late = [item for item in case.items if item.claimable.minor > 0 and item.due_on < today]
    if not late:
        return ()
    currency = late[0].open.currency
    late = [item for item in late if item.open.currency == currency]
    credits = [i for i in case.items if i.open.minor < 0 and i.open.currency == currency]
    credits = credits[: MOST_ITEMS // 2]
    return tuple(late[: MOST_ITEMS - len(credits)] + credits)


def total_of(items: tuple[OpenItem, ...]) -> Money:
    currency = items[0].open.currency if items else "EUR"
    return Money(sum(item.claimable.minor for item in items), currency)


def _reached(item: OpenItem, strategy: Strategy, today: date) -> bool:
    if item.claimable.minor <= 0 or item.level >= len(strategy.steps):
        return False
    return today >= item.due_on + timedelta(days=strategy.steps[item.level].offset_days)


def _gap_ends(case: DunningCase, strategy: Strategy) -> datetime:
    assert case.last_sent_at
    return _at(day_of(case.last_sent_at) + timedelta(days=strategy.min_gap_days))


def _at(day: date) -> datetime:
    return datetime.combine(day, FIRST_HOUR, AMSTERDAM).astimezone(UTC)


def _opening(now: datetime) -> datetime:
    """The next moment we would send: 09:00 on the next day of contact."""
    return max(next_contact(now), _at(day_of(next_contact(now))))
