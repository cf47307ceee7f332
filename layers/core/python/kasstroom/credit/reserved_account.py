"""A reservation and the account that holds it, changed together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.changes import Changes
from kasstroom.credit.decision import OPEN_RESERVATIONS, Reservation, ReservationState
from kasstroom.credit.model import CreditAccount, HeldAmount
from kasstroom.credit.room import Ground
from kasstroom.events import Event
from kasstroom.events.checkout import (
    ReservationAmended,
    ReservationConsumed,
    ReservationRenewed,
)
from kasstroom.money import Money


@dataclass(frozen=True, slots=True)
class Standing:
    """A reservation with all that moving it reads."""

    reservation: Reservation
    account: CreditAccount
    ground: Ground
    now: datetime


def without(account: CreditAccount, reservation: Reservation) -> CreditAccount:
    """The account as if this reservation were not there."""
    held = tuple(one for one in account.held if one.reservation_id != reservation.id)
    return replace(account, held=held)


def moved(
    on: Standing, after: Reservation, event: type[Event], amount: Money | None = None
) -> tuple[Changes, Reservation]:
    """The reservation in its new state, and the account that agrees with it."""
    others = without(on.account, after).held
    mine = ()
    if after.state in OPEN_RESERVATIONS:
        mine = (HeldAmount(after.id, after.held_minor, after.expires_at),)
    account = replace(on.account, held=others + mine)
    told = _event(event, on, after, after.amount if amount is None else amount)
    return Changes(update=(after, account), events=(told,)), after


def _event(event: type[Event], on: Standing, after: Reservation, amount: Money) -> Event:
    facts = {
        "org": after.org, "debtor": after.debtor, "subject": after.id, "at": on.now,
        "amount": amount,
    }  # fmt: skip
    if event is ReservationRenewed:
        facts["expires_at"] = after.expires_at
    if event is ReservationAmended:
        facts["previous"] = on.reservation.amount
    return event(**facts)


def used_up(on: Standing, part: Money) -> tuple[Changes, Reservation]:
    """Pure: `part` of the reservation became an invoice."""
    done = Money(on.reservation.consumed.minor + part.minor, part.currency)
    after = replace(on.reservation, consumed=done)
    if after.rest.minor <= 0:
        return moved(
            on,
            replace(after, state=ReservationState.CONSUMED, held_minor=0),
            ReservationConsumed,
            part,
        )
    held = on.reservation.held_minor * after.rest.minor // on.reservation.rest.minor
    return moved(on, replace(after, held_minor=held), ReservationConsumed, part)
