"""A bank line as people and programs see it: how sure its match is, why, and whether it is late."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from kasstroom.bank.accounts import g_accounts
from kasstroom.bank.lines import WAITING
from kasstroom.bank.matching import AUTOMATIC_FROM
from kasstroom.bank.model import BY_PERSON, AccountKind, BankLine, LineState
from kasstroom.bank.views import is_overdue, line_of, line_page
from kasstroom.ports import Books
from kasstroom.time import day_of

CERTAIN = 100
PERSON, PAYOUT, DIRECT_DEBIT = "by_person", "provider_payout", "direct_debit"


@dataclass(frozen=True, slots=True)
class SeenLine(BankLine):
    """`score` (0 to 100) and `why` are of the match it was resolved with, else of the best one that
    is proposed; null: nothing points at anybody. `overdue`: it waits past `resolve_by`.
    `account_kind` tells money on a G-account apart."""

    score: int | None = None
    why: tuple[str, ...] = ()
    overdue: bool = False
    account_kind: AccountKind = AccountKind.CURRENT


@dataclass(frozen=True, slots=True)
class SeenPage:
    """May hold fewer lines than asked for, and still have a `next_cursor`. From a score of
    `automatic_from` on, and then on proof only, a line is booked without a person."""

    items: tuple[SeenLine, ...]
    next_cursor: str | None = None
    automatic_from: int = AUTOMATIC_FROM


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines, `limit` of them after a cursor; `overdue`: only those that wait too long."""

    state: LineState | None = None
    overdue: bool = False
    after: str = ""
    limit: int = 50


def seen_page(books: Books, org: str, wanted: Wanted, now: datetime) -> SeenPage:
    """Oldest money first."""
    today, blocked = day_of(now), g_accounts(books, org)
    page = line_page(
        books, org, state=wanted.state, after=wanted.after, limit=wanted.limit,
        late_on=today if wanted.overdue else None,
    )  # fmt: skip
    return SeenPage(tuple(seen(line, today, blocked) for line in page.items), page.next_cursor)


def seen_line(books: Books, org: str, id: str, now: datetime) -> SeenLine:
    return seen(line_of(books, org, id), day_of(now), g_accounts(books, org))


def seen(line: BankLine, today: date, blocked: frozenset[str]) -> SeenLine:
    """`blocked` are the G-accounts."""
    score, why = _match(line)
    return SeenLine(
        **{field.name: getattr(line, field.name) for field in fields(BankLine)},
        score=score,
        why=why,
        overdue=is_overdue(line, today),
        account_kind=AccountKind.G_ACCOUNT if line.account in blocked else AccountKind.CURRENT,
    )


def _match(line: BankLine) -> tuple[int | None, tuple[str, ...]]:
    if line.state is LineState.SET_ASIDE:
        return None, ()
    if line.state is LineState.CLEARED:
        return CERTAIN, (PAYOUT, "amount_exact")
    debtors = {entry.rpartition("#")[0] for entry in line.entries}
    fitting = [p for p in line.proposals if not debtors or p.debtor in debtors]
    score, why = (fitting[0].score, fitting[0].why) if fitting else (None, ())
    if line.state in WAITING:
        return score, why
    if line.note.startswith(BY_PERSON):
        return score or 0, (*why, PERSON)
    return (score, why) if fitting else (CERTAIN, (DIRECT_DEBIT,))
