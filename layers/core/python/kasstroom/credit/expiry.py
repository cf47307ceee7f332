"""Holds on a limit whose time is over give it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kasstroom.changes import Changes, Work
from kasstroom.credit.decision import OPEN_RESERVATIONS, Reservation, ReservationState
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.reserved_account import Standing, moved
from kasstroom.credit.usecases import Grounds
from kasstroom.events.checkout import ReservationExpired
from kasstroom.ports import Books
from kasstroom.settle import settle


def expire(
    books: Books, org: str, debtor: str, id: str, now: datetime, grounds: Grounds
) -> tuple[Changes, bool]:
    """Gives the limit back when a reservation's time is over; True when it did."""
    reservation = books.get(Reservation, org, debtor, id)
    if reservation.state not in OPEN_RESERVATIONS or reservation.expires_at > now:
        return Changes(), False
    account = books.get(CreditAccount, org, debtor)
    on = Standing(reservation, account, grounds(account), now)
    after = replace(reservation, state=ReservationState.EXPIRED, held_minor=0)
    changes, _ = moved(on, after, ReservationExpired, reservation.rest)
    return changes, True


def expire_due(books: Books, now: datetime, grounds: Grounds) -> int:
    """Expires every reservation whose time is over; returns how many."""
    found = list(books.due(Work.RESERVATION_EXPIRY, now))
    return sum(
        settle(books, lambda due=due: expire(books, due.org, due.debtor, due.id, now, grounds))
        for due in found
    )
