"""Early signalling of arrears in fixed costs (vroegsignalering; art. 2 Besluit gemeentelijke
schuldhulpverlening, Stb. 2020, 240): a landlord, and a supplier of energy, water or health
insurance, tells the municipality of arrears, but not before it tried what the decree asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from kasstroom.errors import Refused
from kasstroom.money import Money

OBJECTION_DAYS: Final = 14
"""Ours: the decree lets the debtor refuse and names no term; two weeks leave room to do so."""


class Sector(StrEnum):
    """What an organisation supplies, as far as the decree knows it."""

    NONE = "none"
    HOUSING = "housing"
    ENERGY = "energy"
    WATER = "water"
    HEALTH = "health"


class SignalStep(StrEnum):
    """What has to be done before the municipality may be told; in the order of the decree."""

    ARREARS = "arrears"
    PERSONAL_CONTACT = "personal_contact"
    DEBT_HELP = "debt_help"
    WRITTEN_REMINDER = "written_reminder"
    OFFER = "offer"
    TIME_TO_REFUSE = "time_to_refuse"


_TODO: Final = {
    SignalStep.ARREARS: "Nothing is overdue; there is nothing to tell.",
    SignalStep.PERSONAL_CONTACT: "Try to speak to the debtor in person about ending the arrears.",
    SignalStep.DEBT_HELP: "Point the debtor to debt help.",
    SignalStep.WRITTEN_REMINDER: "Send at least one written reminder.",
    SignalStep.OFFER: "Offer in a written reminder to pass on contact data with written consent.",
    SignalStep.TIME_TO_REFUSE: f"Leave the debtor {OBJECTION_DAYS} days to refuse.",
}


class SignalStatus(StrEnum):
    """`refused`: the debtor said no. `not_applicable`: the decree is not for this sector."""

    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"
    READY = "ready"
    REFUSED = "refused"
    SIGNALLED = "signalled"


@dataclass(frozen=True, slots=True)
class SignalHistory:
    """What was done for one debtor's arrears, by day. `offered_on` are reminders in which contact
    data were offered to be passed on; `not_signalled_because` is the recorded reason not to."""

    sector: Sector
    arrears: Money
    personal_contacts: tuple[date, ...] = ()
    debt_help_pointed: tuple[date, ...] = ()
    reminders: tuple[date, ...] = ()
    offered_on: tuple[date, ...] = ()
    consented_on: date | None = None
    refused_on: date | None = None
    signalled_on: date | None = None
    not_signalled_because: str = ""


@dataclass(frozen=True, slots=True)
class MissingStep:
    step: SignalStep
    sentence: str


@dataclass(frozen=True, slots=True)
class SignalState:
    """`missing` in the order to do it; `ready_on` is the first day to tell the municipality, as far
    as waiting is all that is left."""

    status: SignalStatus
    missing: tuple[MissingStep, ...] = ()
    ready_on: date | None = None

    @property
    def may_signal(self) -> bool:
        return self.status is SignalStatus.READY


def signal_state(history: SignalHistory, today: date) -> SignalState:
    """A refusal stands until the debtor consents later; a consent needs no waiting. What was done
    after today is not done yet."""
    if history.sector is Sector.NONE:
        return SignalState(SignalStatus.NOT_APPLICABLE)
    if history.signalled_on is not None:
        return SignalState(SignalStatus.SIGNALLED)
    if _refused(history):
        return SignalState(SignalStatus.REFUSED)
    steps = tuple(_missing(history, today))
    if not steps:
        return SignalState(SignalStatus.READY)
    missing = tuple(MissingStep(step, _TODO[step]) for step in steps)
    waits = steps == (SignalStep.TIME_TO_REFUSE,)
    return SignalState(SignalStatus.MISSING, missing, _open_from(history) if waits else None)


def may_hand_over_housing(history: SignalHistory) -> bool:
    """Residential rent goes to a collection agency or to court for eviction only when the
    municipality was told, or a reason why not was written down (that the tenant refused is one):
    judges refuse it otherwise."""
    if history.sector is not Sector.HOUSING or history.signalled_on is not None:
        return True
    return _refused(history) or bool(history.not_signalled_because.strip())


def refuse_hand_over(history: SignalHistory, today: date | None = None) -> None:
    """Refused with what to do first; for whoever hands a case over. With `today` it names the steps
    that are missing before the municipality can be told."""
    if not may_hand_over_housing(history):
        steps = signal_state(history, today).missing if today else ()
        detail = (
            "Tell the municipality of these arrears first (early signalling), or write down why"
            " not: a judge refuses eviction without it."
        )
        raise Refused("early_signal_missing", " ".join((detail, *(s.sentence for s in steps))))


def _missing(history: SignalHistory, today: date) -> Iterator[SignalStep]:
    done = {
        SignalStep.PERSONAL_CONTACT: history.personal_contacts,
        SignalStep.DEBT_HELP: history.debt_help_pointed,
        SignalStep.WRITTEN_REMINDER: history.reminders,
        SignalStep.OFFER: tuple(day for day in history.offered_on if day in history.reminders),
    }
    if history.arrears.minor <= 0:
        yield SignalStep.ARREARS
    for step, days in done.items():
        if not any(day <= today for day in days):
            yield step
    if any(day <= today for day in done[SignalStep.OFFER]) and today < _open_from(history):
        yield SignalStep.TIME_TO_REFUSE


def _open_from(history: SignalHistory) -> date:
    """Counted from the first offer; a written consent ends the waiting."""
    offer = min(day for day in history.offered_on if day in history.reminders)
    if history.consented_on is not None:
        return history.consented_on
    return offer + timedelta(days=OBJECTION_DAYS)


def _refused(history: SignalHistory) -> bool:
    refused, consented = history.refused_on, history.consented_on
    return refused is not None and (consented is None or consented <= refused)
