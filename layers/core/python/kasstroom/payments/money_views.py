"""What the API shows of money that came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kasstroom.money import Money
from kasstroom.payments.loading import money_of
from kasstroom.payments.model import (
    Allocation,
    Entry,
    EntryKind,
    MoneyIn,
    Refund,
    RefundStatus,
    UnmatchedMoney,
    WorkState,
)
from kasstroom.payments.worklist import open_page
from kasstroom.ports import Books


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One entry about a payment, the oldest first; `allocations` carry the entry's sign."""

    id: str
    kind: EntryKind
    amount: Money
    allocations: tuple[Allocation, ...]
    booked_at: datetime
    booked_on: date
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class MoneyView:
    """Where a payment rests now: on invoices, with the debtor (`left`), or sent back."""

    id: str
    debtor: str
    amount: Money
    provider: str
    provider_id: str
    method: str
    paid_on: date
    allocations: tuple[Allocation, ...]
    left: Money
    returned: Money
    refundable: Money
    history: tuple[LedgerLine, ...]


@dataclass(frozen=True, slots=True)
class RefundView:
    """`status` requested, sent, booked or failed (`problem` says why)."""

    id: str
    payment: str
    debtor: str
    amount: Money
    status: RefundStatus
    reason: str
    by: str
    requested_at: datetime
    problem: str


@dataclass(frozen=True, slots=True)
class UnmatchedView:
    """Money without an invoice, with who has to find one and by when."""

    id: str
    payment: str
    debtor: str
    amount: Money
    reason: str
    received_at: datetime
    owner: str
    resolve_by: date
    state: WorkState


@dataclass(frozen=True, slots=True)
class UnmatchedPage:
    """`next_cursor` null: this was the last page."""

    items: tuple[UnmatchedView, ...]
    next_cursor: str | None


def money_shown(books: Books, org: str, id: str) -> MoneyView:
    """One payment with its history from the ledger; NotFound when there is none."""
    money = money_of(books, org, id)
    entries = books.all_of(Entry, org, money.debtor)
    mine = [entry for entry in entries if id in (entry.id, entry.about)]
    return money_view(money, tuple(sorted(mine, key=lambda e: (e.booked_at, e.id))))


def money_view(m: MoneyIn, entries: tuple[Entry, ...] = ()) -> MoneyView:
    return MoneyView(
        m.id, m.debtor, m.amount, m.source, m.external_id, m.method, m.paid_on, m.allocations,
        m.left, Money(m.returned_minor, m.amount.currency), m.refundable,
        tuple(_line(entry) for entry in entries),
    )  # fmt: skip


def _line(e: Entry) -> LedgerLine:
    return LedgerLine(
        e.id, e.kind, e.amount, e.allocations, e.booked_at, e.booked_on, e.by, e.reason
    )


def refund_view(r: Refund) -> RefundView:
    return RefundView(
        r.id, r.money_id, r.debtor, r.amount, r.status, r.reason, r.by, r.requested_at, r.problem
    )


def unmatched_page(books: Books, org: str, after: str, limit: int) -> UnmatchedPage:
    """Open items in the order they came in; resolved ones are read past."""
    found, following = open_page(books, UnmatchedMoney, org, after, limit)
    return UnmatchedPage(tuple(_unmatched(u) for u in found), following)


def _unmatched(u: UnmatchedMoney) -> UnmatchedView:
    return UnmatchedView(
        u.id,
        u.entry_id,
        u.debtor,
        u.amount,
        u.reason,
        u.received_at,
        u.owner,
        u.resolve_by,
        u.state,
    )
