"""One ledger entry posted: the invoices, the account, the case and the money it moves. Pure.

Every booking goes through `post`, which is why a balance always is the sum of its entries.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from kasstroom.changes import Changes, Reference
from kasstroom.credit import exposure
from kasstroom.credit.model import CreditAccount
from kasstroom.dunning.model import DunningCase
from kasstroom.dunning.scheduling import rescheduled
from kasstroom.dunning.stopping import stopped
from kasstroom.events import Event
from kasstroom.ids import derived_id
from kasstroom.invoices.model import Invoice
from kasstroom.invoices.usecases import with_open
from kasstroom.money import Money
from kasstroom.payments.landing import applied, behaved
from kasstroom.payments.model import Allocation, Entry, EntryKind, MoneyIn
from kasstroom.payments.news import news_of, settles
from kasstroom.risk import behaviour
from kasstroom.time import day_of


@dataclass(frozen=True, slots=True)
class Position:
    """All that a booking reads and changes of one debtor: the invoices and payments it touches."""

    account: CreditAccount
    case: DunningCase
    invoices: dict[str, Invoice]
    money: dict[str, MoneyIn]

    @property
    def org(self) -> str:
        return self.account.org

    @property
    def debtor(self) -> str:
        return self.account.debtor

    def with_money(self, money: MoneyIn) -> Position:
        return replace(self, money={**self.money, money.id: money})


@dataclass(frozen=True, slots=True)
class Posted:
    """A position and the entries and events that made it; start with `Posted(position)`."""

    position: Position
    entries: tuple[Entry, ...] = ()
    events: tuple[Event, ...] = ()

    def told(self, *events: Event) -> Posted:
        return replace(self, events=self.events + events)

    def with_money(self, money: MoneyIn) -> Posted:
        return replace(self, position=self.position.with_money(money))


def key_of(source: str, external_id: str, kind: EntryKind) -> str:
    """`(source, external id, kind)`: what makes a booking unique."""
    return f"{source}:{external_id}:{kind}"


def entry_of(
    position: Position,
    kind: EntryKind,
    amount: Money,
    allocations: tuple[Allocation, ...],
    now: datetime,
    *,
    source: str,
    external_id: str,
    booked_on: date | None = None,
    about: str = "",
    by: str = "",
    reason: str = "",
) -> Entry:
    """An entry of this debtor; its id follows from what makes it unique."""
    id = derived_id("ent", position.org, key_of(source, external_id, kind))
    return Entry(
        position.org, position.debtor, id, kind, amount, allocations, now,
        booked_on or day_of(now), source, external_id, about, by, reason,
    )  # fmt: skip


def post(posted: Posted, entry: Entry, *, paid_on: date | None = None) -> Posted:
    """The position after `entry`. `paid_on` is the day the money it is about was paid, when that
    is not the day it is booked."""
    position = posted.position
    invoices, account, case = dict(position.invoices), position.account, position.case
    day = paid_on or entry.booked_on
    brought = behaviour.money_parts(a.amount.minor for a in entry.allocations)
    for allocation, money in zip(entry.allocations, brought, strict=True):
        before = invoices[allocation.invoice]
        after = applied(before, allocation, entry.kind)
        after, account = behaved(account, before, after, allocation, entry.kind, money, day)
        account = exposure.moved(account, before.due_on, allocation.amount)
        case = with_open(case, after)
        invoices[before.number] = after
    if entry.unallocated:
        account = exposure.unallocated(account, entry.unallocated)
    after_all = replace(position, account=account, case=case, invoices=invoices)
    return replace(posted, position=after_all, entries=(*posted.entries, entry))


def changes_of(
    before: Position, posted: Posted, now: datetime, *, reopened_for: str = ""
) -> Changes:
    """What has to be written: the entries with their unique names, all that moved, and the news of
    it. `reopened_for`: why an invoice is open again, when its entries do not say."""
    after = posted.position
    case = rescheduled(after.case, now)
    names = tuple(
        Reference(e.org, "entry", key_of(e.source, e.external_id, e.kind), e.debtor, e.id)
        for e in posted.entries
    )
    money = [m for id, m in after.money.items() if m is not before.money.get(id)]
    new = [m for m in money if m.id not in before.money]
    names += tuple(Reference(m.org, "money", m.id, m.debtor, m.id) for m in new)
    return Changes(
        create=(*posted.entries, *names, *new),
        update=(
            after.account,
            case,
            *_moved(before.invoices, after.invoices.values()),
            *(m for m in money if m.id in before.money),
        ),
        events=posted.events
        + news_of(before.invoices, after.invoices, posted.entries, now, reopened_for=reopened_for)
        + _stopped(before, case, posted, now),
    )


def _stopped(
    before: Position, case: DunningCase, posted: Posted, now: datetime
) -> tuple[Event, ...]:
    """Reminding stops when this booking settled what was left to remind of."""
    if not settles(before.invoices, posted.position.invoices):
        return ()
    given_up = any(entry.kind is EntryKind.WRITE_OFF for entry in posted.entries)
    return stopped(before.case, case, EntryKind.WRITE_OFF if given_up else "paid", now)


def _moved(before: dict[str, Invoice], after: Iterable[Invoice]) -> tuple[Invoice, ...]:
    return tuple(invoice for invoice in after if invoice is not before[invoice.number])
