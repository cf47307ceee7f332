"""An invoice uses up the hold on the limit it was ordered under."""

from __future__ import annotations

from datetime import datetime

from kasstroom.changes import Changes
from kasstroom.credit.decision import OPEN_RESERVATIONS, Reservation, ReservationState
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.reserved_account import Standing, used_up
from kasstroom.credit.room import Ground
from kasstroom.errors import Refused
from kasstroom.invoices.model import Invoice
from kasstroom.money import Money


def consuming(
    changes: Changes, reservation: Reservation, invoice: Invoice, now: datetime
) -> Changes:
    """Pure: the same booking, with the reservation used up: exposure moves from reserved to open. A
    credit note moves none, since the order is still to come. Refused for another debtor's."""
    if reservation.debtor != invoice.debtor:
        detail = "This reservation belongs to another debtor."
        raise Refused("wrong_debtor", detail, "/body/reservation")
    account = next(e for e in changes.update if isinstance(e, CreditAccount))
    part = _part(reservation, invoice.amount, account.currency)
    # What was delivered can always be invoiced. Of a hold that expired it is kept too, so that
    # renewing it holds no more than what is still to come.
    if reservation.state not in (*OPEN_RESERVATIONS, ReservationState.EXPIRED) or part.minor <= 0:
        return changes
    others = tuple(e for e in changes.update if e is not account)
    on = Standing(reservation, account, Ground(default_policy()), now)
    used, _ = used_up(on, part)
    return Changes(changes.create, others, changes.check, changes.events) + used


def _part(reservation: Reservation, amount: Money, currency: str) -> Money:
    """How much of the reservation an invoice uses up: never more than is left. An invoice in the
    account's `currency` for a foreign order takes its share of what is held; one in a third
    currency says nothing about the rest, and takes all of it."""
    rest, held = reservation.rest, reservation.held_minor
    if amount.currency == rest.currency or amount.minor <= 0:
        return min(rest, Money(amount.minor, rest.currency))
    if amount.currency != currency or amount.minor >= held:
        return rest
    return Money(rest.minor * amount.minor // held, rest.currency)
