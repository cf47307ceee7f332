"""A debtor does not agree, on the page behind a link: what can be disputed there, and how often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kasstroom.changes import Changes
from kasstroom.errors import Refused
from kasstroom.events.resolution import ReplyReceived
from kasstroom.invoices.model import Invoice
from kasstroom.money import Money
from kasstroom.payments.links import invoices_of
from kasstroom.payments.model import LinkKind, PaymentLink
from kasstroom.ports import Books
from kasstroom.resolution.disputes import NewDispute, open_dispute
from kasstroom.resolution.model import Dispute, DisputeState
from kasstroom.resolution.reply_model import DEBTOR, Disagrees, ReplyKind

MOST_PER_INVOICE = 3
"""Who was told no three times calls: else a rejected dispute could hold an invoice for ever."""


@dataclass(frozen=True, slots=True)
class Objections:
    """`most`: what can be disputed of each invoice of a link now; `waiting`: disputes of its
    invoices that nobody decided on yet."""

    most: dict[str, Money]
    waiting: tuple[Dispute, ...]


def objections(books: Books, link: PaymentLink) -> Objections:
    mine = [d for d in books.all_of(Dispute, link.org, link.debtor) if d.invoice in link.invoices]
    return disputable(link, invoices_of(books, link), mine)


def disputable(
    link: PaymentLink, invoices: Sequence[Invoice], disputes: Sequence[Dispute]
) -> Objections:
    """Pure: one open dispute per invoice, and of a part no more than the part."""
    waiting = tuple(d for d in disputes if d.state is DisputeState.OPEN)
    left = _left(link, waiting)
    most = {}
    for invoice in invoices:
        minor = invoice.claimable.minor if left is None else min(invoice.claimable.minor, left)
        tried = [d for d in disputes if d.invoice == invoice.number and d.opened_by == DEBTOR]
        held = any(d.invoice == invoice.number for d in waiting)
        if minor > 0 and not held and len(tried) < MOST_PER_INVOICE:
            most[invoice.number] = Money(minor, invoice.open.currency)
    return Objections(most, waiting)


def disagree(
    books: Books, link: PaymentLink, said: Disagrees, now: datetime
) -> tuple[Changes, Dispute]:
    """Opens the dispute; the one that waits already is not opened again. Refused for more than the
    link covers, or an invoice that it does not."""
    found = objections(books, link)
    if known := next((d for d in found.waiting if d.invoice == said.invoice), None):
        return Changes(), known
    most = found.most.get(said.invoice)
    if most is None:
        raise Refused("nothing_to_dispute", "This cannot be disputed here; call us.", "/invoices")
    amount = said.amount or most
    if amount.currency != most.currency or most < amount:
        raise Refused("more_than_open", f"At most {most} can be disputed here.", "/amount")
    new = NewDispute(said.invoice, said.reason, amount, said.text)
    changes, dispute = open_dispute(books, link.org, new, DEBTOR, now)
    event = ReplyReceived(
        org=link.org, debtor=link.debtor, subject=dispute.id, at=now, kind=ReplyKind.DISAGREE,
        invoices=(said.invoice,),
    )  # fmt: skip
    return changes + Changes(events=(event,)), dispute


def _left(link: PaymentLink, waiting: Sequence[Dispute]) -> int | None:
    """What a link over a part covers still, in minor units; None: it covers its invoices whole."""
    if link.kind is not LinkKind.PART:
        return None
    held = sum(d.amount.minor for d in waiting if d.opened_by == DEBTOR)
    return link.amount.minor - link.paid_minor - held
