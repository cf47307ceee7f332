"""What comes next for a debtor, and for each invoice left out why: in codes and sentences. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kasstroom.debtors.model import Channel
from kasstroom.dunning.blocks import blocking
from kasstroom.dunning.claiming import decided
from kasstroom.dunning.model import DunningCase, OpenItem
from kasstroom.dunning.policy import Action, Propose, Remind, Wait, moved_on, reminded
from kasstroom.dunning.reasons import Why, sentence
from kasstroom.dunning.scheduling import level_on, moment_of
from kasstroom.dunning.steps import Facts, strategy_for
from kasstroom.dunning.strategy import StepKind
from kasstroom.money import Money
from kasstroom.time import day_of

REMIND, PROPOSE, WAIT, NOTHING = "remind", "propose", "wait", "nothing"
DOES_SOMETHING = (REMIND, PROPOSE)


@dataclass(frozen=True, slots=True)
class ItemOutlook:
    """One open invoice: its next step and when, or why there is none now. `code` is empty when it
    is in the message that goes out now."""

    invoice: str
    open: Money
    asked: Money
    step: StepKind | None
    at: datetime | None
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """`does` is remind, propose, wait or nothing; `at` when it is looked at next."""

    debtor: str
    strategy: str
    does: str
    at: datetime | None
    step: StepKind | None
    channel: Channel | None
    total: Money | None
    code: str
    sentence: str
    items: tuple[ItemOutlook, ...]


def outlook(case: DunningCase, facts: Facts, now: datetime) -> Outlook:
    """As the planner would decide at this instant."""
    moved, action = decided(case, facts, now)
    named = {item.number for item in _items_of(action)}
    items = tuple(
        _of_item(moved, item, facts, now, action, item.number in named) for item in moved.items
    )
    does, at, code = _said(moved, action, now)
    step = action.step.kind if isinstance(action, Remind | Propose) else None
    total = action.total if isinstance(action, Remind | Propose) else None
    channel = action.channel if isinstance(action, Remind) else None
    return Outlook(
        case.debtor, facts.strategy.id, does, at, step, channel, total, code,
        sentence(code) if code else "", items,
    )  # fmt: skip


def _items_of(action: Action) -> tuple[OpenItem, ...]:
    return action.items if isinstance(action, Remind | Propose) else ()


def _said(case: DunningCase, action: Action, now: datetime) -> tuple[str, datetime | None, str]:
    match action:
        case Remind():
            return REMIND, now, ""
        case Propose():
            return PROPOSE, now, ""
        case Wait(until, reason):
            return WAIT, until, reason
    return NOTHING, getattr(action, "until", None), getattr(action, "reason", "")


def _of_item(
    case: DunningCase, item: OpenItem, facts: Facts, now: datetime, action: Action, named: bool
) -> ItemOutlook:
    strategy = strategy_for(case, item, facts)
    level = level_on(item, case.track_of(item), day_of(now))
    step = strategy.steps[level].kind if level < len(strategy.steps) else None
    at = moment_of(case, item, now)
    code = "" if named else _why(case, item, step, at, action, now)
    if named and item.disputed_minor:
        code = Why.DISPUTED_PART
    return ItemOutlook(
        item.number, item.open, item.claimable, step, at, code, sentence(code) if code else ""
    )


def _why(
    case: DunningCase, item: OpenItem, step: StepKind | None, at: datetime | None, action: Action,
    now: datetime,
) -> str:  # fmt: skip
    """What stands in the way of this invoice, the nearest to it first."""
    if item.open.minor < 0:
        return Why.CREDIT_NOTE_NETS
    if item.claimable.minor <= 0:
        return Why.DISPUTED
    if own := next((block for block in item.blocks if block.holds(now)), None):
        return own.reason
    if block := blocking(case, now):
        return block.reason
    if step is None:
        return Why.ALL_STEPS_DONE
    if at and at > now:
        return Why.NOT_DUE
    if isinstance(action, Remind | Propose):
        return Why.OTHER_CURRENCY
    return action.reason if hasattr(action, "reason") else Why.NOTHING_DUE


@dataclass(frozen=True, slots=True)
class Planned:
    """A message that would go out, if nothing happens before."""

    debtor: str
    at: datetime
    step: StepKind
    channel: Channel | None
    invoices: tuple[str, ...]
    amount: Money


@dataclass(frozen=True, slots=True)
class Forecast:
    """What would go out to one debtor within the days looked at, and why nothing (more) does."""

    planned: tuple[Planned, ...]
    code: str
    sentence: str


def forecast(case: DunningCase, facts: Facts, now: datetime, days: int) -> Forecast:
    """The strategy played forward on this case, as if nobody pays. Without costs and interest: they
    depend on what the letters prove."""
    found: list[Planned] = []
    ends = now + timedelta(days=days)
    code: str = Why.NOTHING_DUE
    while now < ends:
        case, action = decided(case, facts, now)
        match action:
            case Remind():
                found.append(_planned(case, action, action.channel, now))
                case = reminded(case, facts, action, now)
                code = Why.ALL_STEPS_DONE
            case Propose():
                found.append(_planned(case, action, None, now))
                case = moved_on(case, facts, action.stepping, now, sent=True)
                code = Why.WAITS_FOR_APPROVAL
            case Wait(until, reason):
                now, code = until, reason
            case _:
                until, code = getattr(action, "until", None), getattr(action, "reason", "")
                if until is None or until <= now:
                    break
                now = until
    return Forecast(tuple(found), code, sentence(code))


def _planned(
    case: DunningCase, action: Remind | Propose, channel: Channel | None, now: datetime
) -> Planned:
    numbers = tuple(item.number for item in action.items)
    return Planned(case.debtor, now, action.step.kind, channel, numbers, action.total)
