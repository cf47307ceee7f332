"""Calls: a message by phone becomes a task, and what a colleague reports becomes its end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Command
from kasstroom.compliance.contact_frequency import Contact
from kasstroom.compliance.contact_hours import is_contact_day, next_contact
from kasstroom.debtors.model import Channel, Debtor
from kasstroom.dunning.contacts import one_more
from kasstroom.dunning.model import BlockReason
from kasstroom.dunning.pausing import NewPause
from kasstroom.dunning.scheduling import at_first_hour
from kasstroom.errors import NotFound, Refused
from kasstroom.events.calls import CallTaskCompleted, CallTaskCreated
from kasstroom.ids import derived_id
from kasstroom.messages.calls import (
    SPOKEN,
    CallCentre,
    CallOutcome,
    CallState,
    CallTask,
    CallTry,
    QueuedCall,
    after,
    became,
)
from kasstroom.messages.model import Message, Outgoing, Receipt
from kasstroom.messages.usecases import record
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom.time import Day, day_of

KEPT_CLOSED_DAYS = 30
FURTHEST_DAYS = 60
BANK_DAYS = timedelta(days=2)
"""Between paying and being booked."""
FIND_OUT_DAYS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class CallResult(Command):
    """`follow_up_on`: the day of a promise, or when to call again."""

    outcome: CallOutcome
    notes: str = ""
    follow_up_on: Day | None = None


def call_id(message: Message) -> str:
    """One call per way a message takes by phone: a retry is the same call."""
    return derived_id("call", message.org, message.id, message.settled)


def plan_call(books: Books, centre: CallCentre, outgoing: Outgoing, now: datetime) -> str:
    """The task of this message, made once; returns its id. Refused without a number."""
    if not outgoing.to:
        raise Refused("missing_address", "Give the debtor's phone number: there is none to call.")
    task = settle(books, lambda: _planned(books, outgoing, now))
    if task.state is CallState.OPEN:
        centre.hand_over(task)
    return task.id


def _planned(books: Books, outgoing: Outgoing, now: datetime) -> tuple[Changes, CallTask]:
    message = books.get(Message, outgoing.org, outgoing.debtor, outgoing.message_id)
    id = call_id(message)
    known = books.find(CallTask, message.org, message.debtor, id)
    if known:
        return Changes(), known
    debtor = books.get(Debtor, message.org, message.debtor)
    task = CallTask(
        message.org, message.debtor, id, message.id, outgoing.attempt, debtor.name, outgoing.to,
        message.language, outgoing.text, message.amount, message.invoices, now,
        next_contact(now),
    )  # fmt: skip
    queued = QueuedCall(task.org, id, task.debtor, task.name, task.phone, task.amount, task.due_at)
    event = CallTaskCreated(
        org=task.org, debtor=task.debtor, subject=id, at=now, message=message.id,
        due_at=task.due_at, amount=task.amount, invoices=task.invoices,
    )  # fmt: skip
    return Changes(create=(task, queued), events=(event,)), task


def task_of(books: Books, org: str, id: str) -> tuple[CallTask, QueuedCall]:
    queued = books.find(QueuedCall, org, id=id)
    if queued is None:
        raise NotFound("call_task_not_found", f"There is no call {id} on the list.")
    return books.get(CallTask, org, queued.debtor, id), queued


def report(
    books: Books, org: str, id: str, told: CallResult, actor: Actor, now: datetime
) -> tuple[Changes, CallTask]:
    """How a call went: the task moves on or ends, and with its end the message. Refused when it
    ended before, or for a day on which nobody is contacted."""
    task, queued = task_of(books, org, id)
    if task.state is not CallState.OPEN:
        detail = f"This call is {task.state}: {task.tries[-1].outcome} by {task.tries[-1].by}."
        raise Refused("call_closed", detail)
    _possible(told, now)
    moved = after(task, CallTry(told.outcome, now, actor.name, told.notes), told.follow_up_on)
    closed = moved.state is not CallState.OPEN
    gone_at = now + timedelta(days=KEPT_CLOSED_DAYS) if closed else None
    listed = replace(
        queued, due_at=moved.due_at, tries=len(moved.tries), open=not closed, gone_at=gone_at
    )
    changes = Changes(update=(moved, listed))
    kind = Contact.TALK if told.outcome in SPOKEN else Contact.CALL
    pause = pause_of(moved, now)
    changes += one_more(books, org, queued.debtor, kind, now, pause, actor.name)
    return (changes + _ended(books, moved, now) if closed else changes), moved


_SAID = {
    CallOutcome.REACHED_PROMISE: BlockReason.PROMISE,
    CallOutcome.REACHED_PAID: BlockReason.SAYS_PAID,
    CallOutcome.REACHED_CANNOT_PAY: BlockReason.CANNOT_PAY,
    CallOutcome.REACHED_DISPUTE: BlockReason.DISPUTE,
}


def pause_of(task: CallTask, now: datetime) -> NewPause | None:
    """What the debtor said makes reminders wait: a promise until its day and the bank's, the rest
    for a week, in which a colleague finds out."""
    reason = _SAID.get(task.tries[-1].outcome)
    if reason is None:
        return None
    promised = reason is BlockReason.PROMISE and task.follow_up_on
    day = promised + BANK_DAYS if promised else day_of(now) + FIND_OUT_DAYS
    return NewPause(
        reason, task.debtor, until=at_first_hour(day), note=task.tries[-1].notes
    )  # fmt: skip


def _possible(told: CallResult, now: datetime) -> None:
    on, today = told.follow_up_on, day_of(now)
    if on is None:
        return
    if not today <= on <= today + timedelta(days=FURTHEST_DAYS):
        detail = f"Follow up today or later, within {FURTHEST_DAYS} days."
        raise Refused("impossible_day", detail, "/body/follow_up_on")
    if told.outcome is not CallOutcome.REACHED_PROMISE and not is_contact_day(on):
        detail = "Choose another day: nobody is called on a Sunday or holiday."
        raise Refused("no_contact_day", detail, "/body/follow_up_on")


def _ended(books: Books, task: CallTask, now: datetime) -> Changes:
    last = task.tries[-1]
    event = CallTaskCompleted(
        org=task.org, debtor=task.debtor, subject=task.id, at=now, message=task.message,
        outcome=last.outcome, by=last.by, tries=len(task.tries), amount=task.amount,
        invoices=task.invoices, follow_up_on=task.follow_up_on,
    )  # fmt: skip
    state = became(task)
    assert state
    receipt = Receipt(
        task.org, task.debtor, task.message, state, now, task.id, last.outcome.value,
        Channel.PHONE, task.attempt, permanent=last.outcome is CallOutcome.WRONG_NUMBER,
    )  # fmt: skip
    return record(books, receipt, now)[0] + Changes(events=(event,))
