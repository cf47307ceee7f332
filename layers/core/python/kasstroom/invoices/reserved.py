"""An invoice uses up the hold on the limit it was ordered under."""

from __future__ import annotations

from datetime import datetime

from kasstroom.changes import Changes
from kasstroom.credit.decision import OPEN_RESERVATIONS, Reservation
from kasstroom.credit.default_policy import default_policy
from kasstroom.credit.model import CreditAccount
from kasstroom.credit.reservations import Standing, used_up
from kasstroom.credit.room import Ground
from kasstroom.errors import Refused
from kasstroom.invoices.model import Invoice
from kasstroom.money import Money


def consuming(
    changes: Changes, reservation: Reservation, invoice: Invoice, now: datetime
) -> Changes:
    """Pure: the same booking, with the reservation used up: exposure moves from reserved to open.
    Refused for another debtor's."""
    if reservation.debtor != invoice.debtor:
        detail = "This reservation belongs to another debtor."
        raise Refused("wrong_debtor", detail, "/body/reservation")
    if reservation.state not in OPEN_RESERVATIONS:
        # What was delivered can always be invoiced.
        return changes
    account = next(e for e in changes.update if isinstance(e, CreditAccount))
    others = tuple(e for e in changes.update if e is not account)
    on = Standing(reservation, account, Ground(default_policy()), now)
    payable = Money(abs(invoice.amount.minor), invoice.amount.currency)
    used, _ = used_up(on, _part(reservation, payable))
    return Changes(changes.create, others, changes.check, changes.events) + used


def _part(reservation: Reservation, amount: Money) -> Money:
    """How much of the reservation an invoice uses up: never more than is left."""
    rest = reservation.rest
    if amount.currency != rest.currency:
        return rest
    return min(rest, amount)
