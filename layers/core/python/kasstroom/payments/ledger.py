"""One payment's entry with all that follows from it: pure, one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from kasstroom.changes import Changes, Reference
from kasstroom.credit import exposure
from kasstroom.credit.model import CreditAccount
from kasstroom.dunning.model import DunningCase
from kasstroom.dunning.policy import rescheduled, strategy_of
from kasstroom.events import Event
from kasstroom.events.dunning import DunningStopped
from kasstroom.events.invoices import InvoicePaid, InvoicePartiallyPaid
from kasstroom.events.payments import (
    PaymentAllocated,
    PaymentLinkPaid,
    PaymentReceived,
    PaymentUnmatched,
)
from kasstroom.ids import derived_id
from kasstroom.invoices.model import Invoice
from kasstroom.invoices.usecases import with_open
from kasstroom.payments.allocation import Landed, allocate
from kasstroom.payments.model import (
    AttemptState,
    BookedPayment,
    Entry,
    EntryKind,
    LinkState,
    PaymentAttempt,
    PaymentLink,
    ProviderPayment,
    UnmatchedMoney,
)
from kasstroom.risk import behaviour
from kasstroom.time import day_of

RESOLVE_DAYS = 5
UNMATCHED_OWNER = "credit_management"


@dataclass(frozen=True, slots=True)
class Standing:
    """All that booking a payment reads."""

    attempt: PaymentAttempt
    link: PaymentLink
    invoices: tuple[Invoice, ...]
    account: CreditAccount
    case: DunningCase


def entry_key(payment: ProviderPayment) -> str:
    """`(source, external id, kind)`: what makes a booking unique."""
    return f"{payment.provider}:{payment.id}:{EntryKind.PAYMENT}"


def decide(standing: Standing, payment: ProviderPayment, now: datetime) -> Changes:
    """Pure: one entry, the invoices it pays, the account, the case and the events, together. What
    was received is booked, also when it is not what was asked; the rest waits for a person."""
    landed = allocate(payment.amount, standing.invoices)
    org, debtor = standing.attempt.org, standing.attempt.debtor
    paid_at = payment.paid_at or now
    entry = Entry(
        org, debtor, derived_id("ent", org, entry_key(payment)), EntryKind.PAYMENT,
        -payment.amount, landed.allocations, now, day_of(paid_at), payment.provider, payment.id,
    )  # fmt: skip
    unique = Reference(org, "entry", entry_key(payment), debtor, entry.id)
    attempt = replace(
        standing.attempt, state=AttemptState.PAID, provider_id=payment.id, paid_on=day_of(paid_at)
    )
    account, case = _settled(standing, landed, entry.booked_on)
    case = rescheduled(case, strategy_of(case), now)
    link = _link_after(standing.link, standing.invoices, landed)
    changes = Changes(
        create=(entry, unique, _listed(entry)),
        update=(attempt, account, case, *landed.invoices, *((link,) if link else ())),
        events=_events(standing, landed, payment, case, link, now),
    )
    return changes + _unmatched(entry, landed, now)


def _listed(entry: Entry) -> BookedPayment:
    return BookedPayment(
        entry.org, day_of(entry.booked_at), entry.id, entry.debtor, -entry.amount,
        -entry.unallocated, entry.allocations, entry.source, entry.external_id, entry.booked_at,
    )  # fmt: skip


def _settled(
    standing: Standing, landed: Landed, paid_on: date
) -> tuple[CreditAccount, DunningCase]:
    before = {invoice.number: invoice for invoice in standing.invoices}
    account, case = standing.account, standing.case
    for invoice in landed.invoices:
        change = invoice.open - before[invoice.number].open
        account = exposure.moved(account, invoice.due_on, change)
        case = with_open(case, invoice)
    if landed.left:
        account = exposure.unallocated(account, -landed.left)
    return _behaved(account, landed, paid_on), case


def _behaved(account: CreditAccount, landed: Landed, paid_on: date) -> CreditAccount:
    """How the debtor paid, for invoices in the account's currency; a credit note pays nothing."""
    money = behaviour.money_parts(a.amount.minor for a in landed.allocations)
    habits = account.behaviour
    for invoice, minor in zip(landed.invoices, money, strict=True):
        if minor and invoice.open.currency == account.currency:
            settled = not invoice.open
            habits = behaviour.paid(habits, minor, invoice.due_on, paid_on, settled)
    return replace(account, behaviour=habits)


def _link_after(
    link: PaymentLink, invoices: tuple[Invoice, ...], landed: Landed
) -> PaymentLink | None:
    """The link as paid when nothing is left on its invoices."""
    after = {invoice.number: invoice for invoice in invoices}
    after |= {invoice.number: invoice for invoice in landed.invoices}
    rest = sum(invoice.open.minor for invoice in after.values())
    if rest > 0 or link.state is not LinkState.OPEN:
        return None
    return replace(link, state=LinkState.PAID)


def _unmatched(entry: Entry, landed: Landed, now: datetime) -> Changes:
    """Money that no invoice takes is an item with an owner and a deadline."""
    if not landed.left:
        return Changes()
    item = UnmatchedMoney(
        entry.org, entry.debtor, derived_id("unm", entry.id), landed.left, entry.id, "overpaid",
        now, UNMATCHED_OWNER, day_of(now) + timedelta(days=RESOLVE_DAYS),
    )  # fmt: skip
    event = PaymentUnmatched(
        org=entry.org, debtor=entry.debtor, subject=entry.id, at=now, amount=landed.left,
        reason="overpaid",
    )  # fmt: skip
    return Changes(create=(item,), events=(event,))


def _events(
    standing: Standing,
    landed: Landed,
    payment: ProviderPayment,
    case: DunningCase,
    link: PaymentLink | None,
    now: datetime,
) -> tuple[Event, ...]:
    who = {"org": standing.attempt.org, "debtor": standing.attempt.debtor, "at": now}
    events: list[Event] = [
        PaymentReceived(
            **who, subject=payment.id, amount=payment.amount, provider=payment.provider,
            provider_id=payment.id, method=payment.method,
        )
    ]  # fmt: skip
    if landed.invoices:
        numbers = tuple(invoice.number for invoice in landed.invoices)
        allocated = payment.amount - landed.left
        events.append(
            PaymentAllocated(**who, subject=payment.id, allocated=allocated, invoices=numbers)
        )
    events += _invoice_events(standing, landed, who)
    if link:
        events.append(PaymentLinkPaid(**who, subject=link.id, amount=payment.amount))
    if standing.case.next_action_at and case.next_action_at is None:
        events.append(DunningStopped(**who, subject=case.debtor, reason="paid"))
    return tuple(events)


def _invoice_events(standing: Standing, landed: Landed, who: dict) -> list[Event]:  # type: ignore[type-arg]
    before = {invoice.number: invoice for invoice in standing.invoices}
    events: list[Event] = []
    for invoice in landed.invoices:
        if invoice.amount.minor < 0:
            continue
        paid = before[invoice.number].open - invoice.open
        if invoice.open:
            left = invoice.open
            events.append(InvoicePartiallyPaid(**who, subject=invoice.number, paid=paid, open=left))
        else:
            events.append(InvoicePaid(**who, subject=invoice.number, paid=paid))
    return events
