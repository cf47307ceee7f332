"""Money that waits for a person: bank lines, payments no invoice took, differences with a provider.

One worklist, what is over its day first. Sums are per currency; what came in and what went out are
two sums, because they are worked on differently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from kasstroom.bank.lines import WAITING
from kasstroom.bank.model import BankLine, QueuedLine
from kasstroom.bank.storing import Accepted
from kasstroom.debtors.model import Debtor
from kasstroom.money import Money
from kasstroom.payments.differences import Difference
from kasstroom.payments.model import UnmatchedMoney, WorkState
from kasstroom.ports import Books
from kasstroom.time import day_of
from kasstroom.whole_list import whole_list
from kasstroom.work.money_sides import gap

PAGE = 25
MOST_LOOKED_AT = 20_000
"""Items of one list that a page reads; a line stays in the queue for some weeks after it was done.
"""


class MoneyKind(StrEnum):
    LINE = "line"
    PAYMENT = "payment"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that waits. `on` is the day the money moved or was seen; without `resolve_by`
    nobody looked at it yet: matching does first. `item` is how it stands in its list; of a
    difference the amount is how much it differs."""

    kind: MoneyKind
    id: str
    amount: Money
    on: date
    owner: str
    resolve_by: date | None
    item: Any

    def late(self, today: date) -> bool:
        return self.resolve_by is not None and self.resolve_by < today

    @property
    def place(self) -> str:
        """What is due first comes first; a cursor is the place of the last line of a page."""
        return f"{self.resolve_by or date.max}.{self.kind}.{self.id}"


@dataclass(frozen=True, slots=True)
class Sums:
    """How many wait and how much, by currency: `came` in, and `went` out (above zero too)."""

    count: int = 0
    late: int = 0
    came: tuple[Money, ...] = ()
    went: tuple[Money, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A piece on a page, with what its row tells: `line` is None for what is no bank line, `name`
    is the debtor's that the money is of, or that is proposed."""

    piece: Piece
    late: bool
    line: BankLine | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class MoneyList:
    """`sums` are over all pages together. `next_cursor` None: this was the last page. `cut`: there
    is more than was looked at, so the sums are of the oldest only."""

    items: tuple[Waiting, ...]
    sums: dict[MoneyKind, Sums]
    next_cursor: str | None
    cut: bool = False


def money_list(
    books: Books, org: str, now: datetime, *, kind: MoneyKind | None = None, after: str = "",
    limit: int = PAGE,
) -> MoneyList:  # fmt: skip
    """What waits, first what is due first. The whole of it is read and put in order here: what
    people still have to do stays small."""
    today, pieces, cut = day_of(now), [], False
    for read in (_lines, _payments, _differences):
        found, more = read(books, org)
        pieces += found
        cut = cut or more
    pieces.sort(key=lambda piece: piece.place)
    wanted = [p for p in pieces if kind in (None, p.kind) and p.place > after]
    shown, accepted = wanted[:limit], Accepted(books)
    rows = (_row(books, piece, today, accepted) for piece in shown)
    sums = {k: _sums([p for p in pieces if p.kind is k], today) for k in MoneyKind}
    following = shown[-1].place if len(wanted) > limit else None
    return MoneyList(tuple(row for row in rows if row), sums, following, cut)


def next_one(books: Books, org: str, now: datetime) -> Waiting | None:
    """What waits longest, for who has just finished something."""
    return next(iter(money_list(books, org, now, limit=1).items), None)


def _bounded(
    items: Iterable[Any], piece: Callable[[Any], Piece | None]
) -> tuple[list[Piece], bool]:
    found = []
    for looked_at, item in enumerate(items):
        if looked_at == MOST_LOOKED_AT:
            return found, True
        if made := piece(item):
            found.append(made)
    return found, False


def _lines(books: Books, org: str) -> tuple[list[Piece], bool]:
    def piece(q: QueuedLine) -> Piece | None:
        if q.state not in WAITING:
            return None
        return Piece(MoneyKind.LINE, q.id, q.amount, q.booked_on, q.owner, q.resolve_by, q)

    return _bounded(whole_list(books, QueuedLine, org), piece)


def _payments(books: Books, org: str) -> tuple[list[Piece], bool]:
    def piece(u: UnmatchedMoney) -> Piece | None:
        if u.state is not WorkState.OPEN:
            return None
        on = day_of(u.received_at)
        return Piece(MoneyKind.PAYMENT, u.entry_id, u.amount, on, u.owner, u.resolve_by, u)

    return _bounded(whole_list(books, UnmatchedMoney, org), piece)


def _differences(books: Books, org: str) -> tuple[list[Piece], bool]:
    def piece(d: Difference) -> Piece | None:
        if d.state is not WorkState.OPEN:
            return None
        on = day_of(d.found_at)
        return Piece(MoneyKind.DIFFERENCE, d.id, gap(d), on, d.owner, d.resolve_by, d)

    return _bounded(whole_list(books, Difference, org), piece)


def _sums(pieces: list[Piece], today: date) -> Sums:
    came: dict[str, int] = {}
    went: dict[str, int] = {}
    for piece in pieces:
        minor, currency = piece.amount.minor, piece.amount.currency
        side = came if minor >= 0 else went
        side[currency] = side.get(currency, 0) + abs(minor)
    return Sums(
        len(pieces), sum(piece.late(today) for piece in pieces), _by_currency(came),
        _by_currency(went),
    )  # fmt: skip


def _by_currency(minor: dict[str, int]) -> tuple[Money, ...]:
    return tuple(Money(minor[currency], currency) for currency in sorted(minor))


def _row(books: Books, piece: Piece, today: date, accepted: Accepted) -> Waiting | None:
    """None for a line of a statement that was never accepted: it is no money yet."""
    late = piece.late(today)
    if piece.kind is MoneyKind.LINE:
        line = books.find(BankLine, piece.item.org, id=piece.id)
        if line is None or not accepted.holds(line):
            return None
        best = line.proposals[0].debtor if line.proposals else ""
        return Waiting(piece, late, line, debtor_name(books, line.org, best))
    who = piece.item.debtor if piece.kind is MoneyKind.PAYMENT else ""
    return Waiting(piece, late, None, debtor_name(books, piece.item.org, who))


def debtor_name(books: Books, org: str, number: str) -> str:
    """Empty for nobody."""
    found = books.find(Debtor, org, number) if number else None
    return found.name if found else ""
