"""Which lists there are behind the figures of the dashboard, by name.

What counts is what the figure counts: amounts of accounts, messages, disputes and decisions come
from what each contributes (`kasstroom.reports.contributions`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from kasstroom.bank.lines import WAITING
from kasstroom.bank.model import LineKind, QueuedLine
from kasstroom.credit.decision import Decision, Outcome
from kasstroom.credit.model import CreditAccount
from kasstroom.errors import NotFound
from kasstroom.invoices.model import DocumentKind, Invoice
from kasstroom.messages.model import Message
from kasstroom.money import Money
from kasstroom.payments.model import Entry, UnmatchedMoney, WorkState
from kasstroom.reports.ageing import Bucket, bucket_of, days_past_due
from kasstroom.reports.behind import Line, Listing, Reading
from kasstroom.reports.behind_risks import LATE, risks
from kasstroom.reports.contributing.credit import ABOVE_LIMIT, UNCOVERED
from kasstroom.reports.contributions import contributions
from kasstroom.reports.dashboard import AHEAD, FUNNEL_DAYS
from kasstroom.reports.dashboard_figures import WEEK
from kasstroom.reports.effective import effective_on
from kasstroom.reports.kpi.figures import CASH, OVERDUE, YEAR_DAYS
from kasstroom.reports.measures import Cell, Measure
from kasstroom.reports.sources import KnownFromBooks
from kasstroom.resolution.model import Dispute
from kasstroom.time import day_of
from kasstroom.whole_list import whole_list

UNALLOCATED_MONEY = "unallocated"
BUCKET, DECIDED = "bucket-", "decisions-"


def _oldest_first(line: Line) -> Any:
    return (line.on or date.max, line.debtor, line.what)


def _newest_first(line: Line) -> Any:
    return (-(line.on or date.min).toordinal(), line.debtor, line.what)


def _items(wanted: Callable[[Invoice, date], bool], *, money: bool = False) -> Listing:
    """Items with something open; with `money` what no invoice took too."""

    def lines(reading: Reading, number: str) -> Iterator[Line]:
        for item in reading.books.all_of(Invoice, reading.org, number):
            of_currency = item.open.currency == reading.currency
            if item.open and of_currency and wanted(item, reading.today):
                yield _item(item, reading.today)
        if money:
            yield from _without_invoice(reading, number)

    return Listing(lines, _oldest_first)


def _item(item: Invoice, today: date) -> Line:
    days = days_past_due(item.due_on, today)
    why: tuple[tuple[str, int], ...] = ()
    if item.kind is DocumentKind.INVOICE and days > 0:
        why = ((LATE, days),)
    if item.disputed:
        why += (("disputed", item.disputed.minor),)
    return Line(item.debtor, str(item.kind), item.number, item.due_on, item.open, why)


def _without_invoice(reading: Reading, number: str) -> Iterator[Line]:
    account = reading.books.find(CreditAccount, reading.org, number)
    minor = account.unallocated.get(reading.currency, 0) if account else 0
    if minor:
        yield Line(number, UNALLOCATED_MONEY, amount=Money(minor, reading.currency))


def _is_late(item: Invoice, today: date) -> bool:
    return bucket_of(item, today) in OVERDUE


def _is_soon(item: Invoice, today: date) -> bool:
    last = today + timedelta(days=WEEK * AHEAD)
    return item.kind is DocumentKind.INVOICE and today <= item.due_on <= last


def _in(bucket: Bucket) -> Callable[[Invoice, date], bool]:
    return lambda item, today: bucket_of(item, today) is bucket


def _received(reading: Reading, number: str) -> Iterator[Line]:
    first = reading.today - timedelta(days=WEEK - 1)
    for entry in reading.books.all_of(Entry, reading.org, number):
        on = effective_on(entry, None)
        if entry.kind in CASH and on >= first and entry.amount.currency == reading.currency:
            yield Line(number, str(entry.kind), entry.source, on, -entry.amount)


def _counted(
    kind: type, measure: Measure, days: int, line: Callable[[Any, Cell], Line],
    wanted: Callable[[Cell], bool] = lambda cell: True,
) -> Listing:  # fmt: skip
    """What counts one in a daily measure, over the last `days`."""

    def lines(reading: Reading, number: str) -> Iterator[Line]:
        known = KnownFromBooks(reading.books)
        first = reading.today - timedelta(days=days - 1)
        for one in reading.books.all_of(kind, reading.org, number):
            for cell, count in contributions(one, known).items():
                fits = cell.measure is measure and cell.on and cell.on >= first
                if fits and count and wanted(cell):
                    yield line(one, cell)

    return Listing(lines, _newest_first)


def _dispute(one: Dispute, cell: Cell) -> Line:
    return Line(one.debtor, f"dispute_{one.state}", one.invoice, cell.on, one.amount)


def _reminder(one: Message, cell: Cell) -> Line:
    return Line(one.debtor, f"reminder_{cell.parts[-1]}", one.template, cell.on, one.amount)


def _decision(one: Decision, cell: Cell) -> Line:
    return Line(one.debtor, f"outcome_{one.outcome}", one.order_reference, cell.on, one.requested)


def _decided(outcome: Outcome) -> Listing:
    return _counted(
        Decision, Measure.DECISIONS, YEAR_DAYS, _decision, lambda cell: cell.parts[-1] == outcome
    )


def _unmatched(reading: Reading) -> Iterator[Line]:
    for money in whole_list(reading.books, UnmatchedMoney, reading.org):
        if money.state is WorkState.OPEN and money.amount.currency == reading.currency:
            on = day_of(money.received_at)
            yield Line(money.debtor, f"unmatched_{money.reason}", "", on, money.amount)
    for line in whole_list(reading.books, QueuedLine, reading.org):
        waits = line.state in WAITING and line.kind is LineKind.RECEIPT
        if waits and line.amount.currency == reading.currency:
            yield Line("", "unmatched_bank", line.account, line.booked_on, line.amount)


RISKS = risks(ABOVE_LIMIT, LATE, UNCOVERED)
LISTS: dict[str, Listing] = {
    "open": _items(lambda item, today: True, money=True),
    "late": _items(_is_late),
    "due-soon": _items(_is_soon),
    **{
        f"{BUCKET}{bucket}": _items(_in(bucket), money=bucket is Bucket.UNALLOCATED)
        for bucket in Bucket
    },
    "received": Listing(_received, _newest_first),
    "disputes": _counted(Dispute, Measure.DISPUTES_OPENED, WEEK, _dispute),
    "reminders": _counted(Message, Measure.REMINDED, FUNNEL_DAYS, _reminder),
    **{f"{DECIDED}{outcome}": _decided(outcome) for outcome in Outcome},
    "unmatched": Listing(None, _oldest_first, _unmatched),
    "over-limit": risks(ABOVE_LIMIT),
    "uncovered": risks(UNCOVERED),
    "risks": RISKS,
}


def listing(name: str) -> Listing:
    """NotFound for a list there is not."""
    if name not in LISTS:
        raise NotFound("list_not_found", f"There is no list {name!r}.")
    return LISTS[name]
