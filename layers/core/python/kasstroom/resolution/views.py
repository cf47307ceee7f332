"""What the API shows of disputes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kasstroom.money import Money
from kasstroom.ports import Books
from kasstroom.resolution.disputes import place_of
from kasstroom.resolution.model import Dispute, DisputeReason, DisputeState, ListedDispute


@dataclass(frozen=True, slots=True)
class DisputeView:
    """`note` is why it was decided so; `decided_at` null: nobody did yet."""

    id: str
    debtor: str
    invoice: str
    amount: Money
    reason: DisputeReason
    detail: str
    state: DisputeState
    opened_at: datetime
    opened_by: str
    decided_at: datetime | None
    decided_by: str
    note: str


@dataclass(frozen=True, slots=True)
class DisputePage:
    items: tuple[DisputeView, ...]
    next_cursor: str | None


def dispute_view(d: Dispute) -> DisputeView:
    return DisputeView(
        d.id, d.debtor, d.invoice, d.amount, d.reason, d.detail, d.state, d.opened_at,
        d.opened_by, d.decided_at, d.decided_by, d.note,
    )  # fmt: skip


def dispute_page(
    books: Books, org: str, *, state: DisputeState | None, debtor: str, after: str, limit: int
) -> DisputePage:
    """The newest first; of one debtor, or of all. A page may be shorter than asked when others are
    passed over: go on while there is a cursor."""
    rows = _of_debtor(books, org, debtor, after) if debtor else _of_all(books, org, after, limit)
    page = rows[:limit]
    fits = tuple(dispute_view(d) for d in page if state in (None, d.state))
    return DisputePage(fits, place_of(page[-1]) if len(page) == limit else None)


def _of_debtor(books: Books, org: str, debtor: str, after: str) -> list[Dispute]:
    mine = sorted(books.all_of(Dispute, org, debtor), key=place_of)
    return [dispute for dispute in mine if place_of(dispute) > after]


def _of_all(books: Books, org: str, after: str, limit: int) -> list[Dispute]:
    listed = books.listing(ListedDispute, org, after=after, limit=limit)
    found = (books.find(Dispute, org, row.debtor, row.id) for row in listed)
    return [dispute for dispute in found if dispute]
