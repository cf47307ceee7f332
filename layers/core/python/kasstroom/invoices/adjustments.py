"""An invoice without money: given up, claimed again, charged with costs or interest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kasstroom.access.model import Actor
from kasstroom.changes import Changes, Command
from kasstroom.credit.warning import Grounds, default_ground, with_warning
from kasstroom.ids import new_id
from kasstroom.invoices.model import Invoice
from kasstroom.invoices.usecases import invoice_of
from kasstroom.money import Money
from kasstroom.payments.adjusting import charge, recover, write_off
from kasstroom.payments.loading import load
from kasstroom.payments.model import EntryKind
from kasstroom.payments.posting import Posted, changes_of
from kasstroom.ports import Books


class Charge(StrEnum):
    COSTS = "costs"
    INTEREST = "interest"


@dataclass(frozen=True, slots=True)
class NewAdjustment(Command):
    """`amount` above zero, of the principal; without it all that is open with the charges on it, or
    all that was written off."""

    reason: str
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class NewCharge(Command):
    """Collection costs or interest put on an invoice; a negative amount waives open ones."""

    kind: Charge
    amount: Money
    reason: str


def give_up(
    books: Books, org: str, number: str, new: NewAdjustment, actor: Actor, now: datetime,
    grounds: Grounds = default_ground,
) -> tuple[Changes, Invoice]:  # fmt: skip
    """A write-off: the debtor owes it no more in the books, and may still pay it. With all of it go
    the charges on it: they are waived, and not claimed again with the rest."""

    def adjust(posted: Posted, invoice: Invoice, id: str) -> Posted:
        how = {"id": id, "now": now, "by": actor.name, "reason": new.reason}
        if new.amount is not None or not invoice.payable.minor:
            return write_off(
                posted, number, invoice.open if new.amount is None else new.amount, **how
            )
        for kind, minor in (
            (EntryKind.COSTS, invoice.costs_minor), (EntryKind.INTEREST, invoice.interest_minor)
        ):  # fmt: skip
            if minor:
                waived = Money(-minor, invoice.open.currency)
                posted = charge(posted, number, kind, waived, **how)
        return write_off(posted, number, invoice.open, **how) if invoice.open else posted

    return _adjusted(books, org, number, now, grounds, adjust)


def claim_again(
    books: Books, org: str, number: str, new: NewAdjustment, actor: Actor, now: datetime,
    grounds: Grounds = default_ground,
) -> tuple[Changes, Invoice]:  # fmt: skip
    """The inverse of a write-off."""

    def adjust(posted: Posted, invoice: Invoice, id: str) -> Posted:
        given_up = Money(invoice.written_off_minor, invoice.open.currency)
        return recover(
            posted, number, given_up if new.amount is None else new.amount, id=id, now=now,
            by=actor.name, reason=new.reason,
        )  # fmt: skip

    return _adjusted(books, org, number, now, grounds, adjust)


def put_on(
    books: Books, org: str, number: str, new: NewCharge, actor: Actor, now: datetime,
    grounds: Grounds = default_ground,
) -> tuple[Changes, Invoice]:  # fmt: skip
    """Costs or interest; what the law allows is for the caller to know (`/v1/calculations`)."""

    def adjust(posted: Posted, invoice: Invoice, id: str) -> Posted:
        return charge(
            posted, number, EntryKind(new.kind), new.amount, id=id, now=now, by=actor.name,
            reason=new.reason,
        )  # fmt: skip

    return _adjusted(books, org, number, now, grounds, adjust)


def _adjusted(
    books: Books,
    org: str,
    number: str,
    now: datetime,
    grounds: Grounds,
    adjust: Callable[[Posted, Invoice, str], Posted],
) -> tuple[Changes, Invoice]:
    invoice = invoice_of(books, org, number)
    before = load(books, org, invoice.debtor, (number,))
    posted = adjust(Posted(before), before.invoices[number], new_id("adj", now))
    changes = with_warning(changes_of(before, posted, now), grounds, now)
    return changes, posted.position.invoices[number]
