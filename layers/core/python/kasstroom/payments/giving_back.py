"""Money that goes back to the payer, and money that comes back from there. Pure.

A refund or chargeback first takes what no invoice had, then re-opens the invoices the payment
paid, the last one first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.dunning.blocks import blocking, with_block
from kasstroom.dunning.model import Block, BlockReason, DunningCase
from kasstroom.events import Event
from kasstroom.events.invoices import InvoiceReopened
from kasstroom.events.payments import (
    ChargebackReversed,
    PaymentChargedBack,
    PaymentRefunded,
    RefundReturned,
)
from kasstroom.money import Money
from kasstroom.payments.allocation import allocate
from kasstroom.payments.model import Allocation, Entry, EntryKind, MoneyIn
from kasstroom.payments.posting import Posted, entry_of, key_of, post
from kasstroom.payments.receiving import invoice_news

PATIENCE_DAYS = 5
RETURNED = BlockReason.PAYMENT_RETURNED
"""A debtor whose payment came back first gets time to put it right, then reminders go on."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One refund, chargeback, or the return of one. `(source, external_id, kind)` is unique;
    `reference` is the id of the refund we asked for."""

    kind: EntryKind
    amount: Money
    source: str
    external_id: str
    at: datetime
    reason: str = ""
    by: str = ""
    reference: str = ""

    @property
    def key(self) -> str:
        return key_of(self.source, self.external_id, self.kind)


def give_back(before: Posted, money: MoneyIn, gone: Movement, now: datetime) -> Posted:
    """`gone.kind` is `refund` or `chargeback`; its amount went back to the payer, all of it, also
    when more went back than came in: that is then what the debtor owes us."""
    from_left = min(gone.amount.minor, max(0, money.left.minor))
    reopened, rests = _taken(money.allocations, gone.amount.minor - from_left)
    entry = entry_of(
        before.position, gone.kind, gone.amount, reopened, now, source=gone.source,
        external_id=gone.external_id, about=money.id, by=gone.by, reason=gone.reason,
    )  # fmt: skip
    returned = money.returned_minor + gone.amount.minor
    after = replace(money, allocations=rests, returned_minor=returned)
    was = before.position.invoices
    posted = post(before, entry, paid_on=money.paid_on).with_money(after)
    if reopened and gone.kind is EntryKind.CHARGEBACK:
        posted = _patient(posted, now)
    return posted.told(*_told_gone(money, entry, now), *_reopened(was, posted, entry, now))


def come_back(before: Posted, money: MoneyIn, came: Movement, now: datetime) -> Posted:
    """`came.kind` is `reversal` or `refund_returned`: the money is ours again and pays what it paid
    before, as far as that is open."""
    who = [i for i in before.position.invoices.values() if i.payable.minor > 0]
    landed = allocate(came.amount, who)
    entry = entry_of(
        before.position, came.kind, -came.amount, landed.allocations, now, source=came.source,
        external_id=came.external_id, about=money.id, by=came.by, reason=came.reason,
    )  # fmt: skip
    rests = _together(money.allocations, landed.allocations)
    returned = money.returned_minor - came.amount.minor
    after = replace(money, allocations=rests, returned_minor=returned)
    was = before.position.invoices
    posted = post(before, entry, paid_on=money.paid_on).with_money(after)
    told = ChargebackReversed if came.kind is EntryKind.REVERSAL else RefundReturned
    event = told(
        org=entry.org, debtor=entry.debtor, at=now, subject=money.id, amount=came.amount,
        provider_id=money.external_id,
    )  # fmt: skip
    return posted.told(event, *invoice_news(was, posted.position.invoices, entry, now))


def _taken(
    rests: tuple[Allocation, ...], minor: int
) -> tuple[tuple[Allocation, ...], tuple[Allocation, ...]]:
    """What is taken off the invoices a payment rests on, the last first, and what stays."""
    taken: list[Allocation] = []
    stays: list[Allocation] = []
    for allocation in reversed(rests):
        part = min(minor, allocation.amount.minor)
        minor -= part
        currency = allocation.amount.currency
        if part:
            taken.append(replace(allocation, amount=Money(part, currency)))
        if part < allocation.amount.minor:
            rest = Money(allocation.amount.minor - part, currency)
            stays.append(replace(allocation, amount=rest))
    return tuple(taken), tuple(reversed(stays))


def _together(
    rests: tuple[Allocation, ...], landed: tuple[Allocation, ...]
) -> tuple[Allocation, ...]:
    """Where money rests after more of it landed; one line per invoice and part."""
    sums: dict[tuple[str, str], Allocation] = {(a.invoice, a.part): a for a in rests}
    for allocation in landed:
        key = (allocation.invoice, allocation.part)
        gained = -allocation.amount
        amount = sums[key].amount + gained if key in sums else gained
        sums[key] = replace(allocation, amount=amount)
    return tuple(sums.values())


def _patient(posted: Posted, now: datetime) -> Posted:
    case: DunningCase = posted.position.case
    if blocking(case, now):
        return posted
    block = Block(RETURNED, now + timedelta(days=PATIENCE_DAYS))
    position = replace(posted.position, case=with_block(case, block, now))
    return replace(posted, position=position)


def _told_gone(money: MoneyIn, entry: Entry, now: datetime) -> tuple[Event, ...]:
    who = {"org": entry.org, "debtor": entry.debtor, "at": now, "subject": money.id}
    who |= {"amount": entry.amount, "provider_id": money.external_id}
    if entry.kind is EntryKind.CHARGEBACK:
        return (PaymentChargedBack(**who, reason=entry.reason),)
    return (PaymentRefunded(**who),)


def _reopened(was: dict, posted: Posted, entry: Entry, now: datetime) -> list[Event]:  # type: ignore[type-arg]
    """The invoices that were settled and are open again."""
    events: list[Event] = []
    for number in dict.fromkeys(a.invoice for a in entry.allocations):
        after = posted.position.invoices[number]
        if not was[number].payable and after.payable:
            events.append(
                InvoiceReopened(
                    org=entry.org, debtor=entry.debtor, at=now, subject=number,
                    open=after.payable, reason=entry.kind,
                )
            )  # fmt: skip
    return events
