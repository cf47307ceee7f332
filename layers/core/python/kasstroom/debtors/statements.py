"""The statement of account: what a debtor owes on one day, what was paid in the year before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kasstroom.debtors.model import Debtor
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.money import EUR, Money
from kasstroom.organisations.model import Organisation
from kasstroom.payments.model import Entry, EntryKind
from kasstroom.ports import Books

MONEY_MOVED = (
    EntryKind.PAYMENT,
    EntryKind.REFUND,
    EntryKind.REFUND_RETURNED,
    EntryKind.CHARGEBACK,
    EntryKind.REVERSAL,
    EntryKind.TRANSFER,
)
"""Kinds of which money really came in or went back; the rest is our own bookkeeping."""


class Age(StrEnum):
    """By days past the due date, which is itself not past. `credit` is what stands to the debtor's
    good: open credit notes and money without an invoice; it is never taken off an age unseen."""

    NOT_DUE = "not_due"
    DAYS_1_30 = "days_1_30"
    DAYS_31_60 = "days_31_60"
    DAYS_61_90 = "days_61_90"
    DAYS_OVER_90 = "days_over_90"
    CREDIT = "credit"


_LAST_DAY = ((0, Age.NOT_DUE), (30, Age.DAYS_1_30), (60, Age.DAYS_31_60), (90, Age.DAYS_61_90))


@dataclass(frozen=True, slots=True)
class OpenLine:
    """`open` is the principal, `payable` that with `costs` and `interest`; `disputed` is the part
    of `payable` that is held. `days_overdue` is 0 until the day after `due_on`."""

    number: str
    kind: DocumentKind
    issued_on: date
    due_on: date
    amount: Money
    open: Money
    disputed: Money
    costs: Money
    interest: Money
    payable: Money
    days_overdue: int


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """Money that moved: positive came in, negative went back. `invoices` are those it was for."""

    kind: EntryKind
    booked_on: date
    amount: Money
    invoices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccountPart:
    """All in one currency. `unallocated` is money without an invoice (zero or negative); with the
    `principal`, `costs` and `interest` of the lines it makes the `balance`. `overdue` and
    `disputed` are parts of what is payable."""

    currency: str
    lines: tuple[OpenLine, ...]
    ages: tuple[tuple[Age, Money], ...]
    moved: tuple[MoneyLine, ...]
    principal: Money
    costs: Money
    interest: Money
    unallocated: Money
    overdue: Money
    disputed: Money
    balance: Money


@dataclass(frozen=True, slots=True)
class Account:
    """A debtor's whole account on the day `as_of`; `parts` one per currency, never empty."""

    organisation: Organisation
    debtor: Debtor
    as_of: date
    since: date
    parts: tuple[AccountPart, ...]


def account_of(books: Books, org: str, number: str, as_of: date) -> Account:
    """As it stands in the books now, seen from the day `as_of`. NotFound without the debtor."""
    debtor = books.get(Debtor, org, number)
    invoices, entries = books.all_of(Invoice, org, number), books.all_of(Entry, org, number)
    return account(books.get(Organisation, org), debtor, invoices, entries, as_of)


def account(
    organisation: Organisation,
    debtor: Debtor,
    invoices: Sequence[Invoice],
    entries: Sequence[Entry],
    as_of: date,
) -> Account:
    """Pure. A currency with nothing to show is left out; without any it says zero euro."""
    since = _year_before(as_of)
    currencies = sorted({item.amount.currency for item in (*invoices, *entries)})
    parts = (
        _part(
            currency,
            [i for i in invoices if i.amount.currency == currency],
            [e for e in entries if e.amount.currency == currency],
            since,
            as_of,
        )
        for currency in currencies
    )
    shown = tuple(part for part in parts if part.lines or part.moved or part.balance)
    return Account(organisation, debtor, as_of, since, shown or (_part(EUR, [], [], since, as_of),))


def _part(
    currency: str, invoices: list[Invoice], entries: list[Entry], since: date, as_of: date
) -> AccountPart:
    lines = tuple(
        _line(invoice, as_of)
        for invoice in sorted(invoices, key=lambda i: (i.due_on, i.number))
        if invoice.payable
    )
    unallocated = _sum((entry.unallocated for entry in entries), currency)
    return AccountPart(
        currency,
        lines,
        _ages(lines, unallocated),
        _moved(entries, since, as_of),
        _sum((line.open for line in lines), currency),
        _sum((line.costs for line in lines), currency),
        _sum((line.interest for line in lines), currency),
        unallocated,
        _sum((line.payable for line in lines if line.days_overdue), currency),
        _sum((line.disputed for line in lines), currency),
        _sum((line.payable for line in lines), currency) + unallocated,
    )


def _line(i: Invoice, as_of: date) -> OpenLine:
    currency, late = i.open.currency, (as_of - i.due_on).days
    return OpenLine(
        i.number, i.kind, i.issued_on, i.due_on, i.amount, i.open, i.disputed,
        Money(i.costs_minor, currency), Money(i.interest_minor, currency), i.payable,
        max(0, late) if i.payable.minor > 0 else 0,
    )  # fmt: skip


def _ages(lines: Iterable[OpenLine], unallocated: Money) -> tuple[tuple[Age, Money], ...]:
    """Every age, in order; they add up to the balance."""
    minor = dict.fromkeys(Age, 0)
    minor[Age.CREDIT] = unallocated.minor
    for line in lines:
        minor[_age(line)] += line.payable.minor
    return tuple((age, Money(amount, unallocated.currency)) for age, amount in minor.items())


def _age(line: OpenLine) -> Age:
    if line.payable.minor < 0:
        return Age.CREDIT
    return next((age for last, age in _LAST_DAY if line.days_overdue <= last), Age.DAYS_OVER_90)


def _moved(entries: Iterable[Entry], since: date, as_of: date) -> tuple[MoneyLine, ...]:
    """Newest first. An entry's sign is the debt's; here it is the money's."""
    found = (e for e in entries if e.kind in MONEY_MOVED and since < e.booked_on <= as_of)
    return tuple(
        MoneyLine(
            e.kind, e.booked_on, -e.amount, tuple(dict.fromkeys(a.invoice for a in e.allocations))
        )
        for e in sorted(found, key=lambda e: (e.booked_on, e.id), reverse=True)
    )


def _year_before(day: date) -> date:
    """The same day a year ago; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _sum(amounts: Iterable[Money], currency: str) -> Money:
    return sum(amounts, Money.zero(currency))
