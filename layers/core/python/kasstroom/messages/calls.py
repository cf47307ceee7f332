"""A call that a colleague makes: to whom, about what, when, and how it went."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from kasstroom.changes import Versioned
from kasstroom.compliance.contact_hours import is_contact_day
from kasstroom.messages.model import MessageState
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom.time import AMSTERDAM, day_of

MOST_TRIES = 3
HOURS = (time(10), time(14), time(17, 30))
"""When is called again (Amsterdam): each try in another part of the day. All within 07:00-20:00."""
PARTS_END = (time(12), time(16))


class CallOutcome(StrEnum):
    REACHED_PROMISE = "reached_promise"
    REACHED_DISPUTE = "reached_dispute"
    REACHED_PAID = "reached_paid"
    REACHED_CANNOT_PAY = "reached_cannot_pay"
    NO_ANSWER = "no_answer"
    VOICEMAIL = "voicemail"
    WRONG_NUMBER = "wrong_number"
    REFUSED = "refused"


class CallState(StrEnum):
    """`unreached`: nobody answered as often as is tried."""

    OPEN = "open"
    DONE = "done"
    UNREACHED = "unreached"


NOT_REACHED = frozenset({CallOutcome.NO_ANSWER, CallOutcome.VOICEMAIL})
"""A voicemail is not the debtor: nothing of a debt is said to it, and the call is tried again."""


SPOKEN = frozenset(CallOutcome) - NOT_REACHED - {CallOutcome.WRONG_NUMBER}
"""The debtor was spoken to."""


@dataclass(frozen=True, slots=True)
class CallTry:
    outcome: CallOutcome
    at: datetime
    by: str
    notes: str = ""


@dataclass(frozen=True, slots=True)
class CallTask(Versioned):
    """`attempt` is the message's, for what is reported back about it. `due_at` is in contact
    hours; `follow_up_on` what was agreed in the call."""

    org: str
    debtor: str
    id: str
    message: str
    attempt: int
    name: str
    phone: str
    language: Language
    script: str
    amount: Money
    invoices: tuple[str, ...]
    created_at: datetime
    due_at: datetime
    state: CallState = CallState.OPEN
    tries: tuple[CallTry, ...] = ()
    follow_up_on: date | None = None


@dataclass(frozen=True, slots=True)
class QueuedCall(Versioned):
    """The task on the organisation's list; goes some weeks after it was closed (`gone_at`)."""

    org: str
    id: str
    debtor: str
    name: str
    phone: str
    amount: Money
    due_at: datetime
    tries: int = 0
    open: bool = True
    gone_at: datetime | None = None


class CallCentre(Protocol):
    """Where calls are handed to when a machine dials and a colleague takes over."""

    def hand_over(self, task: CallTask) -> None:
        """Once per task id, however often it is asked. What came of it is reported as an outcome,
        as a colleague reports it. Unavailable: try again later."""
        ...


def after(task: CallTask, done: CallTry, follow_up_on: date | None) -> CallTask:
    """The task after a call. Nobody reached: again at another hour, until it was tried enough."""
    tries = (*task.tries, done)
    told = replace(task, tries=tries, follow_up_on=follow_up_on)
    if done.outcome not in NOT_REACHED:
        return replace(told, state=CallState.DONE)
    if len(tries) >= MOST_TRIES:
        return replace(told, state=CallState.UNREACHED)
    return replace(told, due_at=next_try(tries, follow_up_on))


def next_try(tries: tuple[CallTry, ...], on: date | None = None) -> datetime:
    """The first part of the day that was not tried, on the next day of contact, or on the day a
    colleague names."""
    tried = {_part(one.at) for one in tries}
    hour = next((h for part, h in enumerate(HOURS) if part not in tried), HOURS[0])
    day = on or day_of(tries[-1].at) + timedelta(days=1)
    while not is_contact_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, hour, AMSTERDAM).astimezone(tries[-1].at.tzinfo)


def became(task: CallTask) -> MessageState | None:
    """What the call makes of its message; None while it is still tried. A wrong number reaches
    nobody, and so does one that never answers: the message takes its next way."""
    if task.state is CallState.OPEN:
        return None
    if task.state is CallState.UNREACHED:
        return MessageState.FAILED
    is_wrong = task.tries[-1].outcome is CallOutcome.WRONG_NUMBER
    return MessageState.BOUNCED if is_wrong else MessageState.DELIVERED


def _part(at: datetime) -> int:
    return sum(at.astimezone(AMSTERDAM).time() >= end for end in PARTS_END)
