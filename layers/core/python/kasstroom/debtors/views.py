"""What the API shows of a debtor: derived from the books at the moment of asking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kasstroom.credit.model import CreditAccount, CreditLimit, Hold
from kasstroom.credit.room import Ground, room_of
from kasstroom.debtors.model import Debtor
from kasstroom.errors import NotFound
from kasstroom.invoices.model import DocumentKind, Invoice, InvoiceState
from kasstroom.money import Money
from kasstroom.payments.model import Allocation, Entry, EntryKind
from kasstroom.risk.views import BehaviourView, behaviour_view
from kasstroom.time import day_of


@dataclass(frozen=True, slots=True)
class Page:
    """`next_cursor` null: this was the last page."""

    items: tuple[Debtor, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class CreditView:
    """`limit` is the one that counts today; `limits` are its sources side by side."""

    debtor: str
    limit: Money | None
    limits: tuple[CreditLimit, ...]
    open: Money
    overdue: Money
    reserved: Money
    available: Money
    oldest_overdue_days: int
    hold: Hold | None
    behaviour: BehaviourView


def credit_view(account: CreditAccount, ground: Ground, now: datetime) -> CreditView:
    today, currency = day_of(now), account.currency
    room = room_of(account, ground, now)
    return CreditView(
        account.debtor, Money(room.limit, currency) if room.limit is not None else None,
        account.limits, Money(account.open_minor, currency),
        Money(account.overdue_minor(today), currency),
        Money(account.reserved_minor(now), currency), Money(room.available, currency),
        account.oldest_overdue_days(today), account.hold,
        behaviour_view(account.behaviour, currency, today),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class StatementItem:
    number: str
    kind: DocumentKind
    issued_on: date
    due_on: date
    amount: Money
    open: Money
    state: InvoiceState


@dataclass(frozen=True, slots=True)
class Booking:
    """A ledger entry: positive is owed more, negative is paid or credited."""

    id: str
    kind: EntryKind
    amount: Money
    allocations: tuple[Allocation, ...]
    booked_on: date
    source: str
    external_id: str


@dataclass(frozen=True, slots=True)
class CurrencyBalance:
    """`balance` is the sum of all ledger entries; `open` the open amounts on invoices, and
    `unallocated` money without an invoice (negative). `balanced`: the first is the sum of the
    other two, and every invoice's open amount is the sum of its own allocations.
    """

    currency: str
    balance: Money
    open: Money
    unallocated: Money
    balanced: bool


@dataclass(frozen=True, slots=True)
class Statement:
    debtor: str
    name: str
    balances: tuple[CurrencyBalance, ...]
    items: tuple[StatementItem, ...]
    bookings: tuple[Booking, ...]


def statement(org: str, number: str, found: list[Any]) -> Statement:
    """Recounted from the ledger entries, not read from stored balances."""
    debtor = next((item for item in found if isinstance(item, Debtor)), None)
    if debtor is None:
        raise NotFound("debtor_not_found", f"There is no debtor {number}.")
    invoices = [item for item in found if isinstance(item, Invoice)]
    entries = [item for item in found if isinstance(item, Entry)]
    currencies = sorted({i.amount.currency for i in (*invoices, *entries)})
    return Statement(
        number,
        debtor.name,
        tuple(_balance(currency, invoices, entries) for currency in currencies),
        tuple(_item(invoice) for invoice in sorted(invoices, key=lambda i: (i.due_on, i.number))),
        tuple(_booking(entry) for entry in sorted(entries, key=lambda e: (e.booked_at, e.id))),
    )


def _balance(currency: str, invoices: list[Invoice], entries: list[Entry]) -> CurrencyBalance:
    mine = [i for i in invoices if i.amount.currency == currency]
    booked = [e for e in entries if e.amount.currency == currency]
    recounted = dict.fromkeys((i.number for i in mine), 0)
    for entry in booked:
        for allocation in entry.allocations:
            recounted[allocation.invoice] = (
                recounted.get(allocation.invoice, 0) + allocation.amount.minor
            )
    balance = sum(entry.amount.minor for entry in booked)
    open_minor = sum(invoice.payable.minor for invoice in mine)
    unallocated = sum(entry.unallocated.minor for entry in booked)
    agrees = recounted == {invoice.number: invoice.payable.minor for invoice in mine}
    return CurrencyBalance(
        currency, Money(balance, currency), Money(open_minor, currency),
        Money(unallocated, currency), agrees and balance == open_minor + unallocated,
    )  # fmt: skip


def _item(i: Invoice) -> StatementItem:
    return StatementItem(i.number, i.kind, i.issued_on, i.due_on, i.amount, i.open, i.state)


def _booking(e: Entry) -> Booking:
    return Booking(e.id, e.kind, e.amount, e.allocations, e.booked_on, e.source, e.external_id)
