"""The hold on the limit: held -> committed (ordered) -> consumed (invoiced), or given back.

What raises exposure is checked again: renewing, and amending upwards. What lowers it is always
possible, and goods that were delivered can always be invoiced.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes
from kasstroom.credit.decision import (
    OPEN_RESERVATIONS,
    Condition,
    Reservation,
    ReservationState,
)
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.order_changes import Amend, Commit, Consume
from kasstroom.credit.policy import converted
from kasstroom.credit.rechecking import asked_again, conditioned
from kasstroom.credit.reserved_account import Standing, moved, used_up, without
from kasstroom.credit.usecases import Grounds, group_room, owner_of
from kasstroom.errors import NotFound, Refused
from kasstroom.events.checkout import (
    ReservationAmended,
    ReservationCommitted,
    ReservationReleased,
    ReservationRenewed,
)
from kasstroom.money import Money
from kasstroom.ports import Books

HELD, COMMITTED = ReservationState.HELD, ReservationState.COMMITTED
CONSUMED, EXPIRED = ReservationState.CONSUMED, ReservationState.EXPIRED


Step = Callable[[Standing], tuple[Changes, Reservation]]


def reservation_of(books: Books, org: str, id: str) -> Reservation:
    try:
        return books.get(Reservation, org, owner_of(books, org, id), id)
    except NotFound:
        raise NotFound("reservation_not_found", f"There is no reservation {id}.") from None


def step(
    books: Books, org: str, id: str, move: Step, now: datetime, grounds: Grounds
) -> tuple[Changes, Reservation]:
    """Loads what `move` needs and lets it decide; a group's other members are guarded as at the
    check."""
    reservation = reservation_of(books, org, id)
    account = books.get(CreditAccount, org, reservation.debtor)
    ground, guard = grounds(account), Changes()
    if account.group:
        others = without(account, reservation)
        guard, left = group_room(books, others, ground.policy, now)
        ground = replace(ground, group_available=left)
    changes, after = move(Standing(reservation, account, ground, now))
    return (changes + guard if changes else changes), after


def committed(request: Commit) -> Step:
    """The order is confirmed; Refused while a condition of the approval is open."""

    def move(on: Standing) -> tuple[Changes, Reservation]:
        _must_be_open(on)
        if on.reservation.state is COMMITTED:
            return Changes(), on.reservation
        asked = [condition.kind for condition in on.reservation.conditions]
        met = tuple(k for k in asked if k in request.met or k in on.reservation.met)
        missing = [kind for kind in asked if kind not in met]
        if missing:
            detail = f"First this has to be true: {', '.join(missing)}. Name it in `met`."
            raise Refused("conditions_open", detail, "/body/met")
        until = on.now + timedelta(days=on.ground.policy.terms.committed_days)
        after = replace(on.reservation, state=COMMITTED, expires_at=until, met=met)
        return moved(on, after, ReservationCommitted)

    return move


def consumed(request: Consume) -> Step:
    """Invoiced, in whole or in part; what is left stays held."""

    def move(on: Standing) -> tuple[Changes, Reservation]:
        if on.reservation.state is CONSUMED:
            return Changes(), on.reservation
        _must_be_open(on)
        rest = on.reservation.rest
        part = rest if request.amount is None else request.amount
        if part.currency != rest.currency or part.minor <= 0 or part > rest:
            detail = f"Give an amount above zero and at most {rest}, which is not invoiced yet."
            raise Refused("invalid_amount", detail, "/body/amount")
        return used_up(on, part)

    return move


def released(on: Standing) -> tuple[Changes, Reservation]:
    """Gives back what is still held; asking twice changes nothing."""
    if on.reservation.state is ReservationState.RELEASED:
        return Changes(), on.reservation
    _must_be_open(on)
    after = replace(on.reservation, state=ReservationState.RELEASED, held_minor=0)
    return moved(on, after, ReservationReleased, on.reservation.rest)


def renewed(on: Standing) -> tuple[Changes, Reservation]:
    """A new end, after the rules were asked again; also for one that expired, when the limit still
    has room. A renewed reservation that was committed stays committed."""
    reservation = on.reservation
    if reservation.state not in (*OPEN_RESERVATIONS, EXPIRED):
        raise _not_open(reservation.state)
    gone = reservation.state is EXPIRED or reservation.expires_at <= on.now
    minor = reservation.held_minor
    if gone:
        minor = converted(on.ground.policy, reservation.rest, on.account.currency)
    asked = _ask_again(on, minor, minor if gone else 0)
    if gone:
        reservation = conditioned(reservation, asked)
    state = HELD if reservation.state is EXPIRED else reservation.state
    terms = on.ground.policy.terms
    days = terms.committed_days if state is COMMITTED else terms.hold_days
    after = replace(
        reservation, state=state, expires_at=on.now + timedelta(days=days), held_minor=minor
    )
    return moved(on, after, ReservationRenewed)


def amended(request: Amend) -> Step:
    """The order became smaller, or larger after the rules were asked again."""

    def move(on: Standing) -> tuple[Changes, Reservation]:
        before, amount = on.reservation, request.amount
        if amount == before.amount:
            return Changes(), before
        _must_be_open(on)
        if amount.currency != before.amount.currency:
            detail = f"This order is in {before.amount.currency}."
            raise Refused("wrong_currency", detail, "/body/amount/currency")
        if amount.minor <= 0 or amount.minor < before.consumed.minor:
            detail = f"{before.consumed} of it is invoiced already; release the rest instead."
            raise Refused("invalid_amount", detail, "/body/amount/value")
        rest = Money(amount.minor - before.consumed.minor, amount.currency)
        minor = converted(on.ground.policy, rest, on.account.currency)
        after = before
        if minor > before.held_minor:
            asked = _ask_again(on, minor, minor - before.held_minor)
            after = conditioned(before, asked)
        after = replace(after, amount=amount, held_minor=minor)
        if not rest.minor:
            after = replace(after, state=CONSUMED)
        return moved(on, after, ReservationAmended, amount)

    return move


def _must_be_open(on: Standing) -> None:
    state = on.reservation.state
    if state in OPEN_RESERVATIONS and on.reservation.expires_at <= on.now:
        state = EXPIRED
    if state not in OPEN_RESERVATIONS:
        raise _not_open(state)


def _not_open(state: ReservationState) -> Refused:
    hint = "renew it or ask" if state is EXPIRED else "ask"
    return Refused(
        "reservation_not_open", f"This reservation is {state}; {hint} for a new credit check."
    )


def _ask_again(on: Standing, minor: int, extra: int) -> tuple[Condition, ...]:
    return asked_again(without(on.account, on.reservation), on.ground, on.now, minor, extra=extra)
