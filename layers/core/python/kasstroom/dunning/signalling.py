"""How far telling the municipality of one debtor's arrears is, what a person writes down for it,
and what may not happen before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Command
from kasstroom.compliance.early_signal import Sector, SignalHistory, refuse_hand_over
from kasstroom.debtors.model import Debtor
from kasstroom.dunning.early_signals import (
    RECORDED_FIELDS,
    Did,
    EarlySignal,
    Noted,
    Proof,
    Recorded,
    history_of,
    overdue,
    proof_of,
)
from kasstroom.dunning.model import DunningCase
from kasstroom.errors import Forbidden, NotFound, Refused
from kasstroom.messages.calls import CallTask
from kasstroom.messages.model import Message
from kasstroom.organisations.model import Organisation
from kasstroom.ports import Books
from kasstroom.resolution.reply_model import DebtorReply
from kasstroom.time import day_of

MOST_DAYS = 50


@dataclass(frozen=True, slots=True)
class SignalStanding:
    """The file of one debtor, and its `history` as the decree looks at it."""

    debtor: Debtor
    case: DunningCase
    signal: EarlySignal
    proof: Proof
    history: SignalHistory

    def after(self, signal: EarlySignal, today: date) -> SignalStanding:
        told = history_of(self.history.sector, self.case, self.proof, signal, today)
        return replace(self, signal=signal, history=told)


@dataclass(frozen=True, slots=True)
class SignalRecord(Recorded, Command):
    """All of what is written down, as it stands from now on."""


def standing_of_signal(books: Books, org: str, number: str, today: date) -> SignalStanding:
    """NotFound when there is no such debtor."""
    debtor = books.find(Debtor, org, number)
    case = books.find(DunningCase, org, number)
    if debtor is None or case is None:
        raise NotFound("debtor_not_found", f"There is no debtor {number}.")
    signal = books.find(EarlySignal, org, number) or EarlySignal(org, number)
    proof = proof_of(
        {item.number for item in overdue(case, today)}, books.all_of(Message, org, number),
        books.all_of(CallTask, org, number), books.all_of(DebtorReply, org, number),
    )  # fmt: skip
    # The decree is about residents: nobody is told of a company's arrears.
    sector = books.get(Organisation, org).sector if debtor.is_natural_person else Sector.NONE
    history = history_of(sector, case, proof, signal, today)
    return SignalStanding(debtor, case, signal, proof, history)


def must_be_signalled(books: Books, debtor: Debtor, today: date) -> None:
    """Refused, with the missing steps, when rent of a natural person is not to be handed over yet;
    in other sectors the decree asks to tell the municipality and forbids nothing."""
    if not debtor.is_natural_person:
        return
    if books.get(Organisation, debtor.org).sector is Sector.HOUSING:
        standing = standing_of_signal(books, debtor.org, debtor.number, today)
        refuse_hand_over(standing.history, today)


def look(books: Books, org: str, number: str, actor: Actor, today: date) -> SignalStanding:
    must_be_person(actor)
    return standing_of_signal(books, org, number, today)


def record(
    books: Books, org: str, number: str, told: SignalRecord, actor: Actor, now: datetime
) -> tuple[Changes, SignalStanding]:
    """Refused for a day that lies ahead, an offer on a day without a reminder, or a debtor the
    decree is not about. Said twice changes nothing."""
    must_be_person(actor)
    today = day_of(now)
    standing = standing_of_signal(books, org, number, today)
    if standing.history.sector is Sector.NONE:
        detail = (
            "Early signalling is for natural persons, of an organisation that supplies housing,"
            " energy, water or health insurance; set its sector."
        )
        raise Refused("not_applicable", detail)
    _possible(told, standing, today)
    before = standing.signal
    after = Recorded(*(getattr(told, name) for name in RECORDED_FIELDS))
    if after == before.recorded:
        return Changes(), standing
    text = "; ".join(_changed(before.recorded, after))
    noted = before.noted(Noted(now, actor.name, Did.WROTE_DOWN, text))
    signal = replace(noted, recorded=after, recorded_at=now)
    return kept(signal), standing.after(signal, today)


def kept(signal: EarlySignal) -> Changes:
    return Changes(update=(signal,)) if signal.version else Changes(create=(signal,))


def must_be_person(actor: Actor) -> None:
    """What a municipality is told is about people, and not for a machine's key, which has no
    roles."""
    if not actor.roles:
        raise Forbidden("role_required", f"Only a person may do this; {actor.name} is none.")


def _possible(told: Recorded, standing: SignalStanding, today: date) -> None:
    for name in RECORDED_FIELDS:
        value = getattr(told, name)
        days = value if isinstance(value, tuple) else (value,)
        if len(days) > MOST_DAYS:
            raise Refused("too_many_days", f"Give at most {MOST_DAYS} days.", f"/body/{name}")
        if any(isinstance(day, date) and day > today for day in days):
            raise Refused("day_ahead", "Give days on which it was done.", f"/body/{name}")
    # What was an offer stays one, also when the invoice it was about is paid by now.
    known = {*standing.proof.reminders, *told.written_on, *standing.signal.recorded.offered_on}
    for at, day in enumerate(told.offered_on):
        if day not in known:
            detail = (
                f"No reminder went out on {day}: the offer is made in one. One that was not sent"
                " from here is told in written_on."
            )
            raise Refused("no_reminder_that_day", detail, f"/body/offered_on/{at}")


def _changed(before: Recorded, after: Recorded) -> Iterator[str]:
    for name in RECORDED_FIELDS:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            text = ", ".join(map(str, new)) if isinstance(new, tuple) else str(new or "")
            yield f"{name.replace('_', ' ')}: {text or 'none'}"
