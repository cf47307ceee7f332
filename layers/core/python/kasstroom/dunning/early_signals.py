"""The file of early signalling of one debtor: what the books prove by themselves, and what a person
wrote down beside it. Only what is about the present arrears counts, by day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from kasstroom.changes import Versioned
from kasstroom.compliance.early_signal import Sector, SignalHistory
from kasstroom.debtors.model import Channel
from kasstroom.dunning.model import DunningCase, OpenItem
from kasstroom.dunning.strategy import NAMES_HELP, StepKind
from kasstroom.messages.calls import CallOutcome, CallTask
from kasstroom.messages.model import WENT_OUT, Message
from kasstroom.money import EUR, Money
from kasstroom.resolution.reply_model import DebtorReply, ReplyKind
from kasstroom.time import Day, day_of

_REMINDS: Final = frozenset(StepKind) - {StepKind.PRE_REMINDER, StepKind.HAND_OVER}
_SAYS_WHO_HELPS: Final = frozenset({Channel.EMAIL, Channel.LETTER})
"""A text message and WhatsApp have no room for it. Of a call nothing proves what was said."""


class SignalOutcome(StrEnum):
    """What the municipality told back."""

    NOTHING_YET = ""
    HELP_ACCEPTED = "help_accepted"
    HELP_REFUSED = "help_refused"
    NOT_REACHED = "not_reached"
    KNOWN_ALREADY = "known_already"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a person wrote down. `spoken_on`: visited, or tried to speak to in person; `helped_on`:
    pointed to debt help; `written_on`: reminders that were not sent from here; `offered_on`: the
    reminders in which passing on contact data was offered; the debtor's consent or refusal to it.
    `not_signalled_because`: why the municipality is not told."""

    municipality: str = ""
    spoken_on: tuple[Day, ...] = ()
    helped_on: tuple[Day, ...] = ()
    written_on: tuple[Day, ...] = ()
    offered_on: tuple[Day, ...] = ()
    consented_on: Day | None = None
    refused_on: Day | None = None
    not_signalled_because: str = ""
    outcome: SignalOutcome = SignalOutcome.NOTHING_YET


MOST_NOTED: Final = 200
RECORDED_FIELDS: Final = tuple(field.name for field in fields(Recorded))


class Did(StrEnum):
    """Also what a timeline says to everybody; the rest of a line is for people."""

    WROTE_DOWN = "written down"
    TOLD = "municipality told"


@dataclass(frozen=True, slots=True)
class Noted:
    """A line in the history: who did what, and when."""

    at: datetime
    by: str
    did: Did
    text: str


@dataclass(frozen=True, slots=True)
class EarlySignal(Versioned):
    """One per debtor. `signalled_on` is the day the municipality was told."""

    org: str
    debtor: str
    recorded: Recorded = Recorded()
    recorded_at: datetime | None = None
    signalled_on: date | None = None
    history: tuple[Noted, ...] = ()

    def noted(self, line: Noted) -> EarlySignal:
        return replace(self, history=(*self.history, line)[-MOST_NOTED:])


@dataclass(frozen=True, slots=True)
class Proof:
    """What the books prove, by day: a call that was made (to the right number) or an answer of the
    debtor is a contact; a reminder is written, about this, and went out."""

    personal_contacts: tuple[date, ...] = ()
    debt_help_pointed: tuple[date, ...] = ()
    reminders: tuple[date, ...] = ()


def overdue(case: DunningCase, today: date) -> tuple[OpenItem, ...]:
    return tuple(
        item for item in case.items
        if item.due_on < today and item.claimable.minor > 0 and item.open.currency == EUR
    )  # fmt: skip


def proof_of(
    numbers: Collection[str], messages: Iterable[Message], calls: Iterable[CallTask],
    replies: Iterable[DebtorReply],
) -> Proof:  # fmt: skip
    """Pure: of what is about one of these invoices."""
    wanted = set(numbers)
    sent = [
        (went_on, message) for message in messages
        if message.template in _REMINDS and not message.about
        and not wanted.isdisjoint(message.invoices) and (went_on := _went_on(message))
    ]  # fmt: skip
    called = [
        day_of(each.at) for task in calls if not wanted.isdisjoint(task.invoices)
        for each in task.tries if each.outcome is not CallOutcome.WRONG_NUMBER
    ]  # fmt: skip
    said = [reply for reply in replies if not wanted.isdisjoint(reply.invoices)]
    helped = [
        day for day, message in sent
        if message.template in NAMES_HELP and message.channel in _SAYS_WHO_HELPS
    ]  # fmt: skip
    # Who says that it cannot pay reads on the page itself where help is.
    helped += [day_of(r.said_at) for r in said if r.kind is ReplyKind.CANNOT_PAY]
    return Proof(
        _days((*called, *(day_of(reply.said_at) for reply in said))), _days(helped),
        _days(day for day, _ in sent),
    )  # fmt: skip


def history_of(
    sector: Sector, case: DunningCase, proof: Proof, signal: EarlySignal, today: date
) -> SignalHistory:
    """Pure: what the books prove and what a person wrote down, since the oldest of what is open
    now was due."""
    late = overdue(case, today)
    began = min((item.due_on for item in late), default=date.max)
    credits = [i.open.minor for i in case.items if i.open.minor < 0 and i.open.currency == EUR]
    arrears = Money(max(0, sum(item.claimable.minor for item in late) + sum(credits)))
    told, noted_at = signal.recorded, signal.recorded_at

    def since(*days: date | None) -> tuple[date, ...]:
        return _days(day for day in days if day is not None and day >= began)

    reason_counts = noted_at is not None and day_of(noted_at) >= began
    return SignalHistory(
        sector, arrears,
        personal_contacts=since(*proof.personal_contacts, *told.spoken_on),
        debt_help_pointed=since(*proof.debt_help_pointed, *told.helped_on),
        reminders=since(*proof.reminders, *told.written_on),
        offered_on=since(*told.offered_on),
        consented_on=next(iter(since(told.consented_on)), None),
        refused_on=next(iter(since(told.refused_on)), None),
        signalled_on=next(iter(since(signal.signalled_on)), None),
        not_signalled_because=told.not_signalled_because if reason_counts else "",
    )  # fmt: skip


def _went_on(message: Message) -> date | None:
    """The day a written message went out; a letter when it was posted. None when it did not, came
    back, or was a call."""
    if message.state not in WENT_OUT or message.channel is Channel.PHONE:
        return None
    if message.channel is Channel.LETTER:
        return message.posted_on
    return day_of(message.sent_at) if message.sent_at else None


def _days(days: Iterable[date]) -> tuple[date, ...]:
    return tuple(sorted(set(days)))
