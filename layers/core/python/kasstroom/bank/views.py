"""What the API shows of statements and their lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kasstroom.bank.accepted import BankStatement
from kasstroom.bank.chain import is_gap
from kasstroom.bank.lines import WAITING
from kasstroom.bank.model import BankLine, LineState, QueuedLine
from kasstroom.bank.storing import Accepted
from kasstroom.errors import NotFound
from kasstroom.ports import Books

MOST_LOOKED_AT = 500
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class StatementView:
    """`gap`: it does not open where the one before closed, so a statement in between is missing."""

    statement: BankStatement
    gap: bool


@dataclass(frozen=True, slots=True)
class StatementPage:
    items: tuple[StatementView, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class LinePage:
    """May hold fewer lines than asked for, and still have a `next_cursor`."""

    items: tuple[BankLine, ...]
    next_cursor: str | None = None


def statement_page(
    books: Books, org: str, account: str, *, after: str, limit: int
) -> StatementPage:
    """Oldest first. A gap is seen as the statements stand now, so one that came later closes it."""
    before = books.find(BankStatement, org, account, after) if after else None
    found, views = books.listing(BankStatement, org, account, after=after, limit=limit), []
    for statement in found:
        views.append(StatementView(statement, is_gap(before, statement)))
        before = statement if statement.closing is not None else before
    return StatementPage(tuple(views), found[-1].id if len(found) == limit else None)


def line_page(
    books: Books, org: str, *, state: LineState | None, after: str, limit: int,
    late_on: date | None = None,
) -> LinePage:  # fmt: skip
    """Lines of accepted statements, oldest money first; those that wait come from the queue. With
    `late_on` only what should have been resolved before that day."""
    accepted, found, last = Accepted(books), [], after
    kind = QueuedLine if state in WAITING or late_on else BankLine
    for looked_at, id, line in _candidates(books, org, kind, after):
        if line and late_on and not is_overdue(line, late_on):
            line = None
        last = id
        if line and (state is None or line.state is state) and accepted.holds(line):
            found.append(line)
        if len(found) == limit or looked_at == MOST_LOOKED_AT:
            return LinePage(tuple(found), last)
    return LinePage(tuple(found))


def is_overdue(line: BankLine, today: date) -> bool:
    """Whether it waits longer than its owner had."""
    return line.state in WAITING and line.resolve_by is not None and line.resolve_by < today


def _candidates(
    books: Books, org: str, kind: type, after: str
) -> Iterator[tuple[int, str, BankLine | None]]:
    looked_at = 0
    while batch := books.listing(kind, org, after=after, limit=_AT_ONCE):
        for item in batch:
            looked_at, after = looked_at + 1, item.id
            is_line = isinstance(item, BankLine)
            yield looked_at, item.id, item if is_line else books.find(BankLine, org, id=item.id)


def line_of(books: Books, org: str, id: str) -> BankLine:
    """NotFound also for a line whose statement was never accepted."""
    line = books.find(BankLine, org, id=id)
    if line is None or not Accepted(books).holds(line):
        raise NotFound("bank_line_not_found", f"There is no bank line {id}.")
    return line
