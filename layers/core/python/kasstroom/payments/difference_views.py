"""What the API shows of differences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kasstroom.changes import Command
from kasstroom.errors import NotFound
from kasstroom.money import Money
from kasstroom.payments.differences import Difference, DifferenceKind
from kasstroom.payments.model import (
    WorkState,
)
from kasstroom.payments.reported import (
    NewsKind,
)
from kasstroom.payments.worklist import open_page
from kasstroom.ports import Books


@dataclass(frozen=True, slots=True)
class Resolution(Command):
    """`note` says what was done about it; it is kept."""

    note: str


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """`amount` is the provider's, `ours` what the ledger has of it (null: nothing); `on` the day
    it happened, whose report names it (`/v1/reconciliation`)."""

    id: str
    kind: DifferenceKind
    provider: str
    what: NewsKind
    provider_id: str
    payment_id: str
    amount: Money
    ours: Money | None
    found_at: datetime
    owner: str
    resolve_by: date
    state: WorkState
    note: str
    resolved_by: str
    on: date | None


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """Open ones; `next_cursor` null: this was the last page."""

    items: tuple[DifferenceView, ...]
    next_cursor: str | None


def difference_view(d: Difference) -> DifferenceView:
    return DifferenceView(
        d.id, d.kind, d.provider, d.what, d.provider_id, d.payment_id, d.amount, d.ours,
        d.found_at, d.owner, d.resolve_by, d.state, d.note, d.resolved_by, d.on,
    )  # fmt: skip


def difference_shown(books: Books, org: str, id: str) -> DifferenceView:
    """NotFound when there is none."""
    known = books.find(Difference, org, id=id)
    if known is None:
        raise NotFound("difference_not_found", f"There is no difference {id}.")
    return difference_view(known)


def difference_page(books: Books, org: str, after: str, limit: int) -> DifferencePage:
    found, following = open_page(books, Difference, org, after, limit)
    return DifferencePage(tuple(difference_view(d) for d in found), following)
