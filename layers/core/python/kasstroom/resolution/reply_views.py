"""What the API shows of replies: a worklist, the oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kasstroom.changes import Command
from kasstroom.debtors.model import Debtor
from kasstroom.ports import Books
from kasstroom.resolution.reply_model import DebtorReply, QueuedReply, ReplyKind


@dataclass(frozen=True, slots=True)
class ReplyView:
    """`until`: reminders pause until then. `paid_on` and `account_end` (the last four of the IBAN)
    are what the debtor filled in; `done_at` null: nobody dealt with it yet."""

    id: str
    kind: ReplyKind
    debtor: str
    name: str
    invoices: tuple[str, ...]
    text: str
    paid_on: date | None
    account_end: str
    said_at: datetime
    until: datetime
    done_at: datetime | None
    done_by: str
    note: str


@dataclass(frozen=True, slots=True)
class ReplyPage:
    items: tuple[ReplyView, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class ReplyDone(Command):
    """What was agreed, for whoever asks later."""

    note: str = ""


def reply_view(books: Books, reply: DebtorReply) -> ReplyView:
    debtor = books.find(Debtor, reply.org, reply.debtor)
    return ReplyView(
        reply.id, reply.kind, reply.debtor, debtor.name if debtor else "", reply.invoices,
        reply.text, reply.paid_on, reply.account_end, reply.said_at, reply.until, reply.done_at,
        reply.done_by, reply.note,
    )  # fmt: skip


def reply_page(
    books: Books, org: str, *, kind: ReplyKind | None, after: str, limit: int, now: datetime
) -> ReplyPage:
    """What still waits for a person. A page may be shorter than asked when others are passed over:
    go on while there is a cursor."""
    rows = books.listing(QueuedReply, org, after=after, limit=limit)
    open_now = [row for row in rows if waits(row, now) and kind in (None, row.kind)]
    found = (books.find(DebtorReply, org, row.debtor, row.id) for row in open_now)
    items = tuple(reply_view(books, reply) for reply in found if reply)
    return ReplyPage(items, rows[-1].id if len(rows) == limit else None)


def waits(row: QueuedReply, now: datetime) -> bool:
    return row.done_at is None and (row.gone_at is None or row.gone_at > now)
