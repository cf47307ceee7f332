"""A day from three sides on the desk: the report, what is behind one of its figures, its month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice, takewhile

from kasstroom.bank.model import BankLine
from kasstroom.debtors.model import Debtor
from kasstroom.errors import NotFound
from kasstroom.money import EUR, Money
from kasstroom.payments.model import BookedPayment
from kasstroom.payments.provider_days import Day, ProviderDay
from kasstroom.payments.reconciliation import DayReport, report
from kasstroom.ports import Books
from kasstroom.whole_list import AT_ONCE, whole_list

MOST_BEHIND = 100
LEDGER, BANK = "ledger", "bank"


class Dot(StrEnum):
    """How a day stands: `none`, no provider was compared."""

    EQUAL = "equal"
    DIFFERS = "differs"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Behind:
    """One thing behind a figure: a payment of the ledger (`debtor` names its customer) or a line of
    the bank."""

    id: str
    who: str
    debtor: str
    amount: Money


@dataclass(frozen=True, slots=True)
class MoneyDay:
    """`behind` what is behind the figure that was asked for; `more` when it is longer. `month` has
    a dot for every day of the month up to today."""

    report: DayReport
    behind: tuple[Behind, ...]
    more: bool
    month: tuple[tuple[date, Dot], ...]


def money_day(
    books: Books, org: str, on: date, today: date, name: str = "", currency: str = EUR
) -> MoneyDay:
    """`name` is a side and what of it, `ledger.mollie` or `bank.receipt.matched`; empty for none.
    Bounded by what happened that day, and one read for each day of the month."""
    found = list(islice(_behind(books, org, on, name, currency), MOST_BEHIND + 1))
    return MoneyDay(
        report(books, org, on, currency, today=today), tuple(found[:MOST_BEHIND]),
        len(found) > MOST_BEHIND,
        tuple((day, _dot(books, org, day)) for day in _days(on, today)),
    )  # fmt: skip


def day_named(text: str) -> date:
    """NotFound for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound("no_such_day", f"{text!r} is no day such as 2026-11-21.") from None


def _behind(books: Books, org: str, on: date, name: str, currency: str) -> Iterator[Behind]:
    side, _, what = name.partition(".")
    if side == LEDGER:
        for paid in whole_list(books, BookedPayment, org, on.isoformat()):
            if paid.provider == what and paid.amount.currency == currency:
                known = books.find(Debtor, org, paid.debtor)
                yield Behind(paid.id, known.name if known else "", paid.debtor, paid.amount)
    elif side == BANK:
        after = whole_list(books, BankLine, org, after=on.isoformat())
        for line in takewhile(lambda each: each.booked_on <= on, after):
            if f"{line.kind}.{line.state}" == what and line.amount.currency == currency:
                yield Behind(line.id, line.counterparty_name, "", line.amount)


def _days(on: date, today: date) -> Iterator[date]:
    day = on.replace(day=1)
    while day.month == on.month and day <= max(today, on):
        yield day
        day += timedelta(days=1)


def _dot(books: Books, org: str, day: date) -> Dot:
    seen = books.listing(ProviderDay, org, day.isoformat(), after="", limit=AT_ONCE)
    if not seen:
        return Dot.NONE
    return Dot.EQUAL if all(map(_agrees, (one.seen for one in seen))) else Dot.DIFFERS


def _agrees(seen: Day) -> bool:
    return all(one.agreed == one.items for one in (seen, *seen.others))
