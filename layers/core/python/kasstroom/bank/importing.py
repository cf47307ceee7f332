"""A file of statements into the books: checked whole, then stored line by line, then accepted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kasstroom.bank.accepted import BankStatement, StatementFile
from kasstroom.bank.accounts import accounts, own_account
from kasstroom.bank.chain import check_joins, is_gap
from kasstroom.bank.identity import Source, Told, statement_id, told_of, without_reference
from kasstroom.bank.model import BankAccount, ParsedStatement
from kasstroom.bank.ports import LINES_PER_JOB, LineQueue
from kasstroom.bank.quarantine import Quarantined
from kasstroom.bank.retelling import check_not_retold
from kasstroom.bank.retrying import take_in
from kasstroom.bank.statements import check_file
from kasstroom.bank.storing import store
from kasstroom.changes import Changes
from kasstroom.events.bank import StatementImported
from kasstroom.imports.model import RowResult, RowStatus
from kasstroom.ports import Books
from kasstroom.settle import settle

NEIGHBOUR_DAYS = 100
MOST_NEIGHBOURS = 1000
REASONS = {
    "pending": "The bank has not booked this yet; it comes back in a statement once it has.",
    "information": "The bank tells of this for information only; it is no money.",
    "no_money": "The amount is zero: there is nothing to book.",
    "waits_for_statement": "The bank gave it no reference or no details yet: it is booked when the"
    " statement (camt.053 or MT940) tells of it.",
    "duplicate": "Another file told of this line already; it was not booked again.",
}


@dataclass(frozen=True, slots=True)
class Read:
    """One statement of the file, its account and what it tells."""

    statement: ParsedStatement
    account: BankAccount
    id: str
    told: tuple[Told, ...]


def import_file(
    books: Books, queue: LineQueue, file: StatementFile, source: Source
) -> list[RowResult]:
    """A result per transaction. Quarantined, with the line, before anything is stored; done again
    after a crash it books nothing twice and ends the same."""
    check_file(file.statements)
    read = _read(books, file, source)
    for part in read:
        neighbours = _neighbours(books, part)
        _check_joins(part, [*neighbours, *_before(part, read, source)])
        check_not_retold(books, part.statement, part.told, neighbours)
    rows = [row for part in read for row in _import(books, queue, file, part, source)]
    take_in(books, source.org, source.at)
    return rows


def _read(books: Books, file: StatementFile, source: Source) -> list[Read]:
    known, found = accounts(books, source.org), []
    for statement in file.statements:
        account = own_account(known, statement.account, statement.position)
        if statement.to_on is None or statement.from_on is None:
            detail = "the statement names no day; ask the bank for a complete one."
            raise Quarantined("no_statement_date", detail, statement.position)
        told = tuple(told_of(statement, account.iban, source))
        found.append(Read(statement, account, statement_id(statement, account.iban), told))
    return found


def _before(part: Read, read: Sequence[Read], source: Source) -> Iterator[BankStatement]:
    """The statements of the same account that stand earlier in the file."""
    for other in read:
        if other is part:
            return
        if other.account.iban == part.account.iban:
            yield _row(other, source, {})


def _import(
    books: Books, queue: LineQueue, file: StatementFile, part: Read, source: Source
) -> Iterator[RowResult]:
    outcome = store(books, part.told)
    settle(books, lambda: _accept(books, part, source, outcome))
    own = [id for id, is_own in outcome.items() if is_own]
    for at in range(0, len(own), LINES_PER_JOB):
        queue.put(source.org, own[at : at + LINES_PER_JOB])
    for told in part.told:
        yield _result(file, told, outcome)


def _accept(
    books: Books, part: Read, source: Source, outcome: dict[str, bool]
) -> tuple[Changes, BankStatement]:
    """The statement's own row, last: from here on its lines count. The account is written with it,
    so that two statements of one account are accepted one after the other."""
    org, iban = source.org, part.account.iban
    if found := books.find(BankStatement, org, iban, part.id):
        return Changes(), found
    account = books.find(BankAccount, org, id=iban)
    neighbours = [other for other in _neighbours(books, part) if other.id != part.id]
    _check_joins(part, neighbours)
    check_not_retold(books, part.statement, part.told, neighbours)
    row = _row(part, source, outcome)
    after = _latest(account or part.account, row)
    moved = Changes(update=(after,)) if account else Changes(create=(after,))
    earlier = [n for n in neighbours if n.id < row.id and n.closing is not None]
    gap = is_gap(earlier[-1] if earlier else None, row)
    event = StatementImported(
        org=org, debtor="", subject=row.id, at=source.at, account=iban, statement=row.bank_id,
        lines=row.lines, duplicates=row.duplicates, gap=gap,
    )  # fmt: skip
    return Changes(create=(row,), events=(event,)) + moved, row


def _check_joins(part: Read, known: Sequence[BankStatement]) -> None:
    check_joins(part.statement, [other for other in known if other.id != part.id])


def _neighbours(books: Books, part: Read) -> list[BankStatement]:
    """Accepted statements of the account from well before this one on, in their order."""
    since = (part.statement.from_on or date.min) - timedelta(days=NEIGHBOUR_DAYS)
    return books.listing(
        BankStatement, part.account.org, part.account.iban, after=since.isoformat(),
        limit=MOST_NEIGHBOURS,
    )  # fmt: skip


def _row(part: Read, source: Source, outcome: dict[str, bool]) -> BankStatement:
    s = part.statement
    assert s.from_on and s.to_on
    lines = [told for told in part.told if told.line]
    return BankStatement(
        source.org, part.account.iban, part.id, s.format, s.id, s.number, s.from_on, s.to_on,
        source.at, source.name, len(lines), sum(not own for own in outcome.values()),
        len(part.told) - len(lines), without_reference(s), s.opening, s.closing,
    )  # fmt: skip


def _latest(account: BankAccount, row: BankStatement) -> BankAccount:
    """Rewritten even when nothing of it moves: the version is what serialises the statements."""
    if row.closing is None or (account.closed_on and account.closed_on > row.to_on):
        return account
    if account.closed_on == row.to_on and account.last_statement > row.id:
        return account
    return replace(account, last_statement=row.id, closing=row.closing, closed_on=row.to_on)


def _result(file: StatementFile, told: Told, outcome: dict[str, bool]) -> RowResult:
    position = f"{file.position}, {told.position}" if file.packed else told.position
    if told.line is None:
        return RowResult(position, RowStatus.SKIPPED, code=told.code, reason=REASONS[told.code])
    if outcome[told.line.id]:
        return RowResult(position, RowStatus.OK, told.line.id, code="booked")
    return RowResult(
        position, RowStatus.DUPLICATE, told.line.id, code="duplicate", reason=REASONS["duplicate"]
    )
