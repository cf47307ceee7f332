"""A dispute holds its amount: no reminder, link or direct debit asks for it until it is decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.changes import Changes, Command, Reference
from kasstroom.dunning.scheduling import rescheduled
from kasstroom.dunning.stopping import stopped
from kasstroom.errors import NotFound, Refused
from kasstroom.events.resolution import DisputeOpened, DisputeResolved
from kasstroom.ids import new_id, newest_first
from kasstroom.invoices.model import Invoice
from kasstroom.invoices.usecases import invoice_of, with_open
from kasstroom.money import Money
from kasstroom.payments.loading import load
from kasstroom.payments.posting import Position
from kasstroom.ports import Books
from kasstroom.resolution.model import (
    HOLDING,
    Dispute,
    DisputeReason,
    DisputeState,
    ListedDispute,
)
from kasstroom.risk import behaviour

REFERENCE = "dispute"


@dataclass(frozen=True, slots=True)
class NewDispute(Command):
    """Without an `amount` all that is still asked of the invoice is disputed."""

    invoice: str
    reason: DisputeReason
    amount: Money | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Outcome(Command):
    """`accepted`, `rejected` or `withdrawn`; `note` is why, for whoever looks later."""

    state: DisputeState
    note: str


def open_dispute(
    books: Books, org: str, new: NewDispute, by: str, now: datetime
) -> tuple[Changes, Dispute]:
    """NotFound without the invoice; Refused when nothing of it is asked any more, or less than the
    amount."""
    invoice = invoice_of(books, org, new.invoice)
    before = load(books, org, invoice.debtor, (invoice.number,))
    invoice = before.invoices[invoice.number]
    amount = _disputable(invoice, new.amount)
    dispute = Dispute(
        org, invoice.debtor, new_id("dsp", now), invoice.number, amount, new.reason, new.detail,
        now, by,
    )  # fmt: skip
    account = before.account
    counted = replace(account, behaviour=behaviour.dispute_opened(account.behaviour))
    held = _held(before, invoice, invoice.disputed.minor + amount.minor, now)
    names = (
        Reference(org, REFERENCE, dispute.id, dispute.debtor, dispute.id),
        ListedDispute(org, place_of(dispute), dispute.debtor, dispute.id),
    )
    event = DisputeOpened(
        org=org, debtor=dispute.debtor, subject=dispute.id, at=now, invoice=dispute.invoice,
        amount=amount, reason=dispute.reason,
    )  # fmt: skip
    made = Changes(create=(dispute, *names), update=(counted,), events=(event,))
    return made + held, dispute


def decide(
    books: Books, org: str, id: str, outcome: Outcome, by: str, now: datetime
) -> tuple[Changes, Dispute]:
    """Said twice changes nothing. Refused once it was rejected or withdrawn: open another one."""
    dispute = dispute_of(books, org, id)
    if dispute.state is outcome.state:
        return Changes(), dispute
    _may_become(dispute, outcome)
    before = load(books, org, dispute.debtor, (dispute.invoice,))
    invoice = before.invoices[dispute.invoice]
    after = replace(dispute, state=outcome.state, decided_at=now, decided_by=by, note=outcome.note)
    others = (d for d in books.all_of(Dispute, org, dispute.debtor) if d.id != id)
    still = held_of(invoice.number, (*others, after))
    held = _held(before, invoice, min(invoice.disputed.minor, still), now)
    event = DisputeResolved(
        org=org, debtor=dispute.debtor, subject=id, at=now, invoice=dispute.invoice,
        amount=dispute.amount, outcome=outcome.state,
    )  # fmt: skip
    return Changes(update=(after,), events=(event,)) + held, after


def held_of(number: str, disputes: Iterable[Dispute]) -> int:
    """What disputes hold of an invoice, in minor units."""
    return sum(d.amount.minor for d in disputes if d.invoice == number and d.state in HOLDING)


def dispute_of(books: Books, org: str, id: str) -> Dispute:
    name = books.lookup(org, REFERENCE, id)
    if name is None:
        raise NotFound("dispute_not_found", f"There is no dispute {id}.")
    return books.get(Dispute, org, name.debtor, id)


def place_of(dispute: Dispute) -> str:
    """Sorts the newest first."""
    return newest_first(dispute.opened_at, dispute.id)


def _disputable(invoice: Invoice, wanted: Money | None) -> Money:
    most = invoice.claimable
    if most.minor <= 0:
        why = "is disputed already" if invoice.disputed else "is not open"
        raise Refused("nothing_to_dispute", f"{invoice.number} {why}.", "/body/invoice")
    if wanted is None:
        return most
    if wanted.currency != most.currency:
        detail = f"{invoice.number} is in {most.currency}."
        raise Refused("other_currency", detail, "/body/amount/currency")
    if not 0 < wanted.minor <= most.minor:
        detail = f"Of {invoice.number} {most} can be disputed; give an amount up to that."
        raise Refused("more_than_open", detail, "/body/amount/value")
    return wanted


def _may_become(dispute: Dispute, outcome: Outcome) -> None:
    if outcome.state is DisputeState.OPEN:
        detail = "Say accepted, rejected or withdrawn."
        raise Refused("not_an_outcome", detail, "/body/state")
    if dispute.state not in HOLDING:
        detail = f"{dispute.id} was {dispute.state}; open another dispute over the invoice."
        raise Refused("dispute_ended", detail)


def _held(before: Position, invoice: Invoice, disputed_minor: int, now: datetime) -> Changes:
    """The invoice and the case with what is held of it now."""
    after = replace(invoice, disputed_minor=disputed_minor)
    case = rescheduled(with_open(before.case, after), now)
    return Changes(update=(after, case), events=stopped(before.case, case, "dispute", now))
