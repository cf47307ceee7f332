"""The hold on the limit: held -> committed (ordered) -> consumed (invoiced), or given back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes, Work
from kasstroom.credit.model import (
    OPEN_RESERVATIONS,
    CreditAccount,
    HeldAmount,
    Reservation,
    ReservationState,
)
from kasstroom.credit.policy import CreditPolicy
from kasstroom.credit.usecases import owner_of
from kasstroom.errors import Refused
from kasstroom.events import Event
from kasstroom.events.credit import (
    ReservationCommitted,
    ReservationConsumed,
    ReservationExpired,
    ReservationReleased,
    ReservationRenewed,
)
from kasstroom.ports import Books
from kasstroom.settle import settle


def reservation_of(books: Books, org: str, id: str) -> Reservation:
    return books.get(Reservation, org, owner_of(books, org, id), id)


def move(
    books: Books,
    org: str,
    id: str,
    to: ReservationState,
    now: datetime,
    policy: CreditPolicy,
) -> tuple[Changes, Reservation]:
    """Commit, consume, release or (`to` HELD) renew a reservation; asking twice changes nothing."""
    reservation = reservation_of(books, org, id)
    if reservation.state is to and to is not ReservationState.HELD:
        return Changes(), reservation
    if reservation.state not in OPEN_RESERVATIONS or reservation.expires_at <= now:
        state = "expired" if reservation.state in OPEN_RESERVATIONS else reservation.state
        detail = f"This reservation is {state}; ask for a new credit check."
        raise Refused("reservation_not_open", detail)
    account = books.get(CreditAccount, org, reservation.debtor)
    return moved(account, reservation, to, now, policy)


def moved(
    account: CreditAccount,
    reservation: Reservation,
    to: ReservationState,
    now: datetime,
    policy: CreditPolicy,
) -> tuple[Changes, Reservation]:
    """Pure: the reservation in its new state, and the account that agrees with it."""
    days = {
        ReservationState.HELD: policy.hold_days,
        ReservationState.COMMITTED: policy.committed_days,
    }
    # A renewed reservation that was committed stays committed.
    state = reservation.state if to is ReservationState.HELD else to
    expires_at = now + timedelta(days=days[state]) if to in days else reservation.expires_at
    after = replace(reservation, state=state, expires_at=expires_at)
    others = tuple(held for held in account.held if held.reservation_id != reservation.id)
    mine = (HeldAmount(after.id, after.amount.minor, expires_at),) if to in days else ()
    account = replace(account, held=others + mine)
    event = _event(after, to, now)
    return Changes(update=(after, account), events=(event,)), after


def _event(reservation: Reservation, to: ReservationState, now: datetime) -> Event:
    facts = {
        "org": reservation.org, "debtor": reservation.debtor, "subject": reservation.id,
        "at": now, "amount": reservation.amount,
    }  # fmt: skip
    if to is ReservationState.HELD:
        return ReservationRenewed(**facts, expires_at=reservation.expires_at)
    kinds: dict[ReservationState, type[Event]] = {
        ReservationState.COMMITTED: ReservationCommitted,
        ReservationState.CONSUMED: ReservationConsumed,
        ReservationState.RELEASED: ReservationReleased,
        ReservationState.EXPIRED: ReservationExpired,
    }
    return kinds[to](**facts)


def expire(
    books: Books, org: str, debtor: str, id: str, now: datetime, policy: CreditPolicy
) -> tuple[Changes, bool]:
    """Gives the limit back when a reservation's time is over; True when it did."""
    reservation = books.get(Reservation, org, debtor, id)
    if reservation.state not in OPEN_RESERVATIONS or reservation.expires_at > now:
        return Changes(), False
    account = books.get(CreditAccount, org, debtor)
    changes, _ = moved(account, reservation, ReservationState.EXPIRED, now, policy)
    return changes, True


def expire_due(books: Books, now: datetime, policy: CreditPolicy) -> int:
    """Expires every reservation whose time is over; returns how many."""
    found = list(books.due(Work.RESERVATION_EXPIRY, now))
    return sum(
        settle(books, lambda due=due: expire(books, due.org, due.debtor, due.id, now, policy))
        for due in found
    )
