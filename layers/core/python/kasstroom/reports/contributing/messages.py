"""What messages and calls contribute, and whether they brought the money in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from kasstroom.compliance.holidays import working_day_from
from kasstroom.dunning.strategy import StepKind
from kasstroom.invoices.model import DocumentKind
from kasstroom.messages.calls import CallOutcome, CallTask
from kasstroom.messages.model import WENT_OUT, Message
from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.sources import Known
from kasstroom.reports.tally import Tally
from kasstroom.time import day_of

ASKS_FOR_MONEY = frozenset(StepKind) - {StepKind.HAND_OVER}
"""Templates of reminders; thanks and notices of direct debits ask for nothing."""
PAID_WITHIN_DAYS = 14
"""A reminder worked when what it asked was paid in this many days after the day it went out."""
TOLERANCE_WORKING_DAYS = 2
"""A promise is kept when the money is there so many working days after the day promised."""
PAID, KEPT, NOT = "paid", "kept", "not"


def of_message(message: Message, known: Known) -> dict[Cell, int]:
    """Days are Amsterdam days:

    MESSAGES  one on the day of `created_at`, by template, channel and state
    REMINDED  one on the day it went out (`posted_on`, else the day of `sent_at`) of a reminder
              (`ASKS_FOR_MONEY`) in a state of `WENT_OUT`, by template, channel and `paid` when
              every invoice it names has `settled_on` at most 14 days after that day, else `not`
              (also before the 14 days are over)
    """
    tally = Tally()
    ways = (message.template, message.channel)
    tally.count(Measure.MESSAGES, *ways, message.state, on=day_of(message.created_at))
    out_on = _out_on(message)
    if out_on and message.template in ASKS_FOR_MONEY and message.state in WENT_OUT:
        by = out_on + timedelta(days=PAID_WITHIN_DAYS)
        settled = _settled(message.org, message.debtor, message.invoices, by, known)
        tally.count(Measure.REMINDED, *ways, PAID if settled else NOT, on=out_on)
    return tally.cells


def of_call_task(task: CallTask, known: Known) -> dict[Cell, int]:
    """Days are Amsterdam days:

    CALLS               one per try, on the day of it, by outcome
    PROMISES, PROMISED  one, and `amount`, on `follow_up_on` when the last try reached a promise, by
                        `kept` when every invoice has `settled_on` at most two working days after
                        that day, else `not` (also before that day is over)
    """
    tally = Tally()
    for one in task.tries:
        tally.count(Measure.CALLS, one.outcome, on=day_of(one.at))
    promised = task.tries and task.tries[-1].outcome is CallOutcome.REACHED_PROMISE
    if promised and task.follow_up_on:
        by = kept_by(task.follow_up_on)
        settled = _settled(task.org, task.debtor, task.invoices, by, known)
        result = KEPT if settled else NOT
        tally.count(Measure.PROMISES, result, on=task.follow_up_on)
        tally.money(Measure.PROMISED, task.amount, result, on=task.follow_up_on)
    return tally.cells


def kept_by(promised_on: date) -> date:
    """The last day on which a promise for `promised_on` is kept."""
    day = promised_on
    for _ in range(TOLERANCE_WORKING_DAYS):
        day = working_day_from(day + timedelta(days=1))
    return day


def _out_on(message: Message) -> date | None:
    if message.posted_on:
        return message.posted_on
    return day_of(message.sent_at) if message.sent_at else None


def _settled(org: str, debtor: str, numbers: Iterable[str], by: date, known: Known) -> bool:
    """Whether there are invoices among `numbers` (credit notes are not asked for), all of them
    settled on `by` or before."""
    found = [known.invoice(org, debtor, number) for number in numbers]
    asked = [one for one in found if one and one.kind is DocumentKind.INVOICE]
    return bool(asked) and all(one.settled_on and one.settled_on <= by for one in asked)
