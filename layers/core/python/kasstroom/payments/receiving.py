"""Money that came in, from whichever side, becomes one ledger entry. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from kasstroom.compliance.allocation import Order
from kasstroom.events import Event
from kasstroom.events.payments import PaymentAllocated, PaymentReceived
from kasstroom.money import Money
from kasstroom.organisations.model import Organisation
from kasstroom.payments.allocation import allocate
from kasstroom.payments.model import Allocation, BookedPayment, Entry, EntryKind, MoneyIn
from kasstroom.payments.posting import Posted, entry_of, key_of, post
from kasstroom.time import day_of


@dataclass(frozen=True, slots=True)
class Incoming:
    """Money received of one debtor. `(source, external_id)` names it where it came from (a
    provider's payment, a bank line) and is booked once. `designated` are the invoices the payer
    named, best first; of the others in the position it pays the oldest."""

    org: str
    debtor: str
    amount: Money
    source: str
    external_id: str
    method: str
    paid_on: date
    designated: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return key_of(self.source, self.external_id, EntryKind.PAYMENT)


@dataclass(frozen=True, slots=True)
class Manners:
    """How an organisation books: in which order (art. 6:44 BW), and which differences it closes
    by itself, in minor units per invoice; zero closes none."""

    order: Order = Order.LEGAL
    tolerance_minor: int = 0


PLAIN = Manners()


def manners_of(organisation: Organisation) -> Manners:
    return Manners(organisation.allocation_order, organisation.small_difference_minor)


def receive(
    before: Posted, incoming: Incoming, now: datetime, manners: Manners = PLAIN
) -> tuple[Posted, MoneyIn]:
    """The payment on the invoices of the position; what they do not take stays the debtor's. What
    was received is booked, also when it is not what was asked for."""
    posted = _recovered(before, incoming, now)
    posted = _closed(posted, incoming, now, manners)
    invoices = posted.position.invoices.values()
    landed = allocate(
        incoming.amount, invoices, order=manners.order, designated=incoming.designated
    )
    entry = entry_of(
        posted.position, EntryKind.PAYMENT, -incoming.amount, landed.allocations, now,
        source=incoming.source, external_id=incoming.external_id, booked_on=incoming.paid_on,
    )  # fmt: skip
    money = _money(entry, incoming)
    posted = post(posted, entry).with_money(money)
    posted = posted.told(*_told(incoming, entry, now))
    return _kept(posted, money, incoming, now, manners)


def listing(entry: Entry) -> BookedPayment:
    """The payment in the organisation's list of the day."""
    return BookedPayment(
        entry.org, day_of(entry.booked_at), entry.id, entry.debtor, -entry.amount,
        -entry.unallocated, entry.allocations, entry.source, entry.external_id, entry.booked_at,
    )  # fmt: skip


def _money(entry: Entry, incoming: Incoming) -> MoneyIn:
    """A credit note that was used pays for the last part of the debts, as in the behaviour: the
    money itself rests on what comes before."""
    reach = incoming.amount.minor
    rests = []
    for allocation in entry.allocations:
        part = min(reach, max(0, -allocation.amount.minor))
        if part:
            rests.append(replace(allocation, amount=Money(part, incoming.amount.currency)))
            reach -= part
    return MoneyIn(
        entry.org, entry.debtor, entry.id, incoming.amount, incoming.source, incoming.external_id,
        incoming.method, incoming.paid_on, tuple(rests),
    )  # fmt: skip


def _recovered(posted: Posted, incoming: Incoming, now: datetime) -> Posted:
    """Money for an invoice that was written off brings it back as far as it reaches, so that the
    payment lands there and not beside it."""
    reach = incoming.amount.minor - sum(
        max(0, i.payable.minor)
        for i in posted.position.invoices.values()
        if i.open.currency == incoming.amount.currency
    )
    for number in incoming.designated:
        invoice = posted.position.invoices[number]
        minor = min(reach, invoice.written_off_minor)
        if minor > 0 and invoice.open.currency == incoming.amount.currency:
            amount = Money(minor, incoming.amount.currency)
            entry = entry_of(
                posted.position, EntryKind.RECOVERY, amount, (Allocation(number, amount),), now,
                source=incoming.source, external_id=f"{incoming.external_id}:{number}",
            )  # fmt: skip
            posted, reach = post(posted, entry), reach - minor
    return posted


def _closed(posted: Posted, incoming: Incoming, now: datetime, manners: Manners) -> Posted:
    """A few cents short on what was named: closed as a small difference, before the payment, so
    that the payment settles it."""
    if not manners.tolerance_minor or not incoming.designated:
        return posted
    named = [posted.position.invoices[number] for number in incoming.designated]
    same = [i for i in named if i.open.currency == incoming.amount.currency and i.open.minor > 0]
    short = sum(i.payable.minor for i in same) - incoming.amount.minor
    if not same or not 0 < short <= min(manners.tolerance_minor, same[-1].open.minor):
        return posted
    amount = Money(-short, incoming.amount.currency)
    entry = entry_of(
        posted.position, EntryKind.SMALL_DIFFERENCE, amount, (Allocation(same[-1].number, amount),),
        now, source=incoming.source, external_id=incoming.external_id,
    )  # fmt: skip
    return post(posted, entry)


def _kept(
    posted: Posted, money: MoneyIn, incoming: Incoming, now: datetime, manners: Manners
) -> tuple[Posted, MoneyIn]:
    """A few cents too much on what was named: closed the other way round."""
    if not money.allocations or not 0 < money.left.minor <= manners.tolerance_minor:
        return posted, money
    entry = entry_of(
        posted.position, EntryKind.SMALL_DIFFERENCE, money.left, (), now,
        source=incoming.source, external_id=incoming.external_id, about=money.id,
    )  # fmt: skip
    after = replace(money, kept_minor=money.left.minor)
    return post(posted, entry).with_money(after), after


def _told(incoming: Incoming, entry: Entry, now: datetime) -> list[Event]:
    who = {"org": entry.org, "debtor": entry.debtor, "at": now}
    events: list[Event] = [
        PaymentReceived(
            **who, subject=incoming.external_id, amount=incoming.amount, provider=incoming.source,
            provider_id=incoming.external_id, method=incoming.method,
        )
    ]  # fmt: skip
    if entry.allocations:
        numbers = tuple(dict.fromkeys(a.invoice for a in entry.allocations))
        allocated = incoming.amount + entry.unallocated
        events.append(
            PaymentAllocated(
                **who, subject=incoming.external_id, allocated=allocated, invoices=numbers
            )
        )
    return events
