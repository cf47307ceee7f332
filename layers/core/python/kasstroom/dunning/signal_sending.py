"""The files that tell municipalities of arrears, and that they were sent. Nothing leaves by itself:
a person brings the file where the municipality wants it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Command
from kasstroom.compliance.early_signal import (
    MissingStep,
    Sector,
    SignalState,
    SignalStatus,
    may_hand_over_housing,
    signal_state,
)
from kasstroom.compliance.signal_file import SignalRow, signal_file
from kasstroom.dunning.early_signals import Did, EarlySignal, Noted, Proof, Recorded
from kasstroom.dunning.signalling import SignalStanding, kept, must_be_person, standing_of_signal
from kasstroom.errors import NotFound, Refused
from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.time import Day, day_of

MOST_DEBTORS = 50
"""In one file: what one transaction can mark as sent, and somebody waits for."""


@dataclass(frozen=True, slots=True)
class FileAsked(Command):
    debtors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileSent(Command):
    debtors: tuple[str, ...]
    sent_on: Day


@dataclass(frozen=True, slots=True)
class MunicipalityFile:
    """`csv` with a header, UTF-8; a line for each of `debtors`."""

    municipality: str
    debtors: tuple[str, ...]
    csv: str


@dataclass(frozen=True, slots=True)
class LeftOff:
    """A debtor who stands in no file yet, why, and what is to be done first."""

    debtor: str
    code: str
    detail: str
    missing: tuple[MissingStep, ...] = ()


@dataclass(frozen=True, slots=True)
class SignalFiles:
    files: tuple[MunicipalityFile, ...]
    left_off: tuple[LeftOff, ...]


@dataclass(frozen=True, slots=True)
class SentView:
    """The debtors of whom the municipality was told on this day."""

    sent_on: date
    debtors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignalView:
    """`missing` in the order to do it; `ready_on` the first day, when waiting is all that is left.
    `proof` is what the books show by themselves, `recorded` what a person wrote down."""

    debtor: str
    sector: Sector
    status: SignalStatus
    arrears: Money
    missing: tuple[MissingStep, ...]
    ready_on: date | None
    may_hand_over: bool
    proof: Proof
    recorded: Recorded
    signalled_on: date | None
    history: tuple[Noted, ...]


def signal_view(standing: SignalStanding, today: date) -> SignalView:
    signal, told = standing.signal, standing.history
    state = signal_state(told, today)
    return SignalView(
        standing.debtor.number, told.sector, state.status, told.arrears, state.missing,
        state.ready_on, may_hand_over_housing(told), standing.proof, signal.recorded,
        signal.signalled_on, signal.history,
    )  # fmt: skip


def files_for(books: Books, org: str, asked: FileAsked, actor: Actor, today: date) -> SignalFiles:
    """Making a file writes nothing down: `mark_sent` does, once it was sent."""
    must_be_person(actor)
    rows: dict[str, SignalRow] = {}
    left_off = []
    for number in _each(asked.debtors):
        try:
            standing = standing_of_signal(books, org, number, today)
            _must_be_ready(standing, today)
            rows[number] = _row(standing, today)
        except NotFound as error:
            left_off.append(LeftOff(number, error.code, error.detail))
        except Refused as error:
            missing = signal_state(standing.history, today).missing
            left_off.append(LeftOff(number, error.code, error.detail, missing))
    files = tuple(
        MunicipalityFile(name, tuple(n for n, row in rows.items() if row.municipality == name), csv)
        for name, csv in signal_file(list(rows.values())).items()
    )
    return SignalFiles(files, tuple(left_off))


def mark_sent(
    books: Books, org: str, told: FileSent, actor: Actor, now: datetime
) -> tuple[Changes, SentView]:
    """All of them or none; of whom it was marked on this same day stays so. Refused for who was
    not ready on that day."""
    must_be_person(actor)
    if told.sent_on > day_of(now):
        raise Refused("day_ahead", "Give the day it was sent.", "/body/sent_on")
    changes = Changes()
    for number in _each(told.debtors):
        known = books.find(EarlySignal, org, number)
        if known and known.signalled_on == told.sent_on:
            continue
        standing = standing_of_signal(books, org, number, told.sent_on)
        try:
            _must_be_ready(standing, told.sent_on)
        except Refused as error:
            at = told.debtors.index(number)
            detail = f"{number}: {error.detail}"
            raise Refused(error.code, detail, f"/body/debtors/{at}") from None
        text = f"{standing.signal.recorded.municipality}: {standing.history.arrears} overdue"
        noted = standing.signal.noted(Noted(now, actor.name, Did.TOLD, text))
        changes += kept(replace(noted, signalled_on=told.sent_on))
    return changes, SentView(told.sent_on, _each(told.debtors))


def _must_be_ready(standing: SignalStanding, today: date) -> None:
    state = signal_state(standing.history, today)
    if not state.may_signal:
        raise Refused(f"early_signal_{state.status}", _why_not(state))
    if not standing.signal.recorded.municipality:
        detail = "Write down the municipality that the debtor lives in."
        raise Refused("municipality_missing", detail)


def _why_not(state: SignalState) -> str:
    match state.status:
        case SignalStatus.NOT_APPLICABLE:
            return "Early signalling is not for this debtor, or not for what you supply."
        case SignalStatus.SIGNALLED:
            return "The municipality was told of these arrears."
        case SignalStatus.REFUSED:
            return "The debtor does not want contact data to be passed on."
    waits = f" From {state.ready_on} on." if state.ready_on else ""
    return " ".join(step.sentence for step in state.missing) + waits


def _row(standing: SignalStanding, today: date) -> SignalRow:
    debtor, told = standing.debtor, standing.history
    home, contact = debtor.address, debtor.contact
    return SignalRow(
        standing.signal.recorded.municipality, told.sector, debtor.name,
        f"{home.street} {home.house_number}".strip(), home.postcode, home.city, contact.email,
        contact.phone, told.arrears, today,
    )  # fmt: skip


def _each(debtors: Sequence[str]) -> tuple[str, ...]:
    if not 0 < len(debtors) <= MOST_DEBTORS:
        raise Refused("how_many", f"Give 1 to {MOST_DEBTORS} debtors.", "/body/debtors")
    return tuple(dict.fromkeys(debtors))
