"""What a reminder brought in: the message a payment answers, and the money since it went out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kasstroom.invoices.model import DocumentKind, Invoice, InvoiceState
from kasstroom.messages.model import WENT_OUT, Message, MessageState
from kasstroom.money import Money
from kasstroom.payments.model import Entry, EntryKind
from kasstroom.ports import Books

REMINDED_DAYS = 60
"""Longer after a reminder, nobody pays because of it."""
MOVES_MONEY = frozenset(
    {
        EntryKind.PAYMENT, EntryKind.CHARGEBACK, EntryKind.REVERSAL, EntryKind.REALLOCATION,
        EntryKind.REFUND, EntryKind.REFUND_RETURNED, EntryKind.EXCHANGE, EntryKind.TRANSFER,
    }
)  # fmt: skip
_ARRIVED = WENT_OUT - {MessageState.COMPLAINED}


@dataclass(frozen=True, slots=True)
class Paid:
    """What came in on the invoices of a message since it went out."""

    invoices: tuple[str, ...]
    amount: Money
    paid_on: date


def reminder_of(messages: Iterable[Message], number: str, now: datetime) -> Message | None:
    """Pure: the last reminder that named this invoice and went out not long ago."""
    since = now - timedelta(days=REMINDED_DAYS)
    named = [
        (m.sent_at, m) for m in messages
        if number in m.invoices and not m.about and m.state in _ARRIVED
        and m.sent_at and m.sent_at >= since
    ]  # fmt: skip
    return max(named, key=lambda pair: pair[0])[1] if named else None


def paid_of(books: Books, reminder: Message) -> Paid | None:
    """None while something of the message is open, was given up, or was credited and not paid."""
    found = (books.find(Invoice, reminder.org, reminder.debtor, n) for n in reminder.invoices)
    invoices = tuple(i for i in found if i and i.kind is DocumentKind.INVOICE)
    if not all_paid(invoices):
        return None
    entries = books.all_of(Entry, reminder.org, reminder.debtor)
    numbers = tuple(invoice.number for invoice in invoices)
    amount = came_in(entries, numbers, reminder.sent_at or reminder.created_at)
    settled = [invoice.settled_on for invoice in invoices if invoice.settled_on]
    if amount is None or not settled:
        return None
    return Paid(numbers, amount, max(settled))


def all_paid(invoices: tuple[Invoice, ...]) -> bool:
    """Pure."""
    return bool(invoices) and all(i.state is InvoiceState.PAID for i in invoices)


def came_in(entries: Iterable[Entry], numbers: tuple[str, ...], since: datetime) -> Money | None:
    """Pure: the money that came in on these invoices since then, less what went back; None when
    there is none."""
    moved = [e for e in entries if e.kind in MOVES_MONEY and e.booked_at >= since]
    parts = [a.amount for e in moved for a in e.allocations if a.invoice in numbers]
    minor = -sum(amount.minor for amount in parts)
    return Money(minor, parts[0].currency) if minor > 0 else None
