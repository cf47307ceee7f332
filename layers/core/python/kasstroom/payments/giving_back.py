"""Money that goes back to the payer, and money that comes back from there. Pure.

A refund or chargeback first takes what no invoice had, then re-opens the invoices the payment
paid, the last one first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.dunning.blocks import blocking, with_block
from kasstroom.dunning.model import Block, BlockReason
from kasstroom.events import Event
from kasstroom.events.payments import (
    ChargebackReversed,
    PaymentChargedBack,
    PaymentRefunded,
    RefundReturned,
)
from kasstroom.money import Money
from kasstroom.payments.allocation import allocate
from kasstroom.payments.exchanging import changed_back
from kasstroom.payments.landing import open_of
from kasstroom.payments.model import Allocation, Entry, EntryKind, MoneyIn
from kasstroom.payments.posting import Posted, entry_of, key_of, post

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
    short = gone.amount.minor - from_left - sum(taken.amount.minor for taken in reopened)
    posted, money = changed_back(before, money, short, now=now, by=gone.by, reason=gone.reason)
    entry = entry_of(
        before.position, gone.kind, gone.amount, reopened, now, source=gone.source,
        external_id=gone.external_id, about=money.id, by=gone.by, reason=gone.reason,
    )  # fmt: skip
    returned = money.returned_minor + gone.amount.minor
    after = replace(money, allocations=rests, returned_minor=returned)
    posted = post(posted, entry, paid_on=money.paid_on).with_money(after)
    return _patient(before, posted, entry, now).told(*_told_gone(money, entry, now))


def come_back(
    before: Posted, money: MoneyIn, came: Movement, now: datetime, went: Entry | None = None
) -> Posted:
    """`came.kind` is `reversal` or `refund_returned`: the money is ours again and pays what it paid
    before (`went` booked how it went), as far as that is open."""
    landed = _where_it_was(before, went, came.amount.minor) if went else _oldest(before, came)
    entry = entry_of(
        before.position, came.kind, -came.amount, landed, now, source=came.source,
        external_id=came.external_id, about=money.id, by=came.by, reason=came.reason,
    )  # fmt: skip
    rests = _together(money.allocations, landed)
    returned = money.returned_minor - came.amount.minor
    after = replace(money, allocations=rests, returned_minor=returned)
    posted = post(before, entry, paid_on=money.paid_on).with_money(after)
    told = ChargebackReversed if came.kind is EntryKind.REVERSAL else RefundReturned
    event = told(
        org=entry.org, debtor=entry.debtor, at=now, subject=money.id, amount=came.amount,
        provider_id=money.external_id,
    )  # fmt: skip
    return posted.told(event)


def _oldest(before: Posted, came: Movement) -> tuple[Allocation, ...]:
    owing = [i for i in before.position.invoices.values() if i.payable.minor > 0]
    return allocate(came.amount, owing).allocations


def _where_it_was(before: Posted, went: Entry, minor: int) -> tuple[Allocation, ...]:
    """The parts it was taken off, the first of them first."""
    landed = []
    for taken in reversed(went.allocations):
        opens = open_of(before.position.invoices[taken.invoice], taken.part)
        part = min(minor, taken.amount.minor, max(0, opens))
        minor -= part
        if part:
            landed.append(replace(taken, amount=Money(-part, taken.amount.currency)))
    return tuple(landed)


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


def _patient(before: Posted, posted: Posted, entry: Entry, now: datetime) -> Posted:
    """Whoever paid hears first that the money came back. Every return gives the whole time anew; a
    pause that lasts as long does so as well."""
    was, then = before.position.invoices, posted.position.invoices
    more = frozenset(n for n, i in then.items() if i.payable.minor > was[n].payable.minor)
    if not more:
        return posted
    case, until = posted.position.case, now + timedelta(days=PATIENCE_DAYS)
    if entry.kind is EntryKind.CHARGEBACK:
        items = (
            replace(item, returned_on=entry.booked_on) if item.number in more else item
            for item in case.items
        )
        case = replace(case, items=tuple(items))
    held = blocking(case, now)
    if held is None or (held.until and held.until < until):
        case = with_block(case, Block(RETURNED, until), now)
    return replace(posted, position=replace(posted.position, case=case))


def _told_gone(money: MoneyIn, entry: Entry, now: datetime) -> tuple[Event, ...]:
    who = {"org": entry.org, "debtor": entry.debtor, "at": now, "subject": money.id}
    who |= {"amount": entry.amount, "provider_id": money.external_id}
    if entry.kind is EntryKind.CHARGEBACK:
        return (PaymentChargedBack(**who, reason=entry.reason),)
    return (PaymentRefunded(**who),)
