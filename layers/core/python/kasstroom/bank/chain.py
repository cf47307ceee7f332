"""How statements of one account join: no day is told twice and none of the money is skipped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from kasstroom.bank.accepted import BankStatement
from kasstroom.bank.identity import numbers, without_reference
from kasstroom.bank.model import ParsedStatement, StatementFormat
from kasstroom.bank.quarantine import Quarantined

Link = ParsedStatement | BankStatement
"""A statement of the file or one accepted before: both have a number, days and balances."""
_SAME_COUNT_DAYS = 40
"""Statement numbers begin again each year: numbers further apart than this do not follow."""


def check_chain(statements: Sequence[ParsedStatement]) -> None:
    for before, after in zip(statements, statements[1:], strict=False):
        uncounted = numbers(before) is None and before.to_on == after.from_on
        if uncounted or directly_follows(before, after):
            _check_joint(before, after, after.position)


def check_joins(statement: ParsedStatement, known: Iterable[BankStatement]) -> None:
    """Against the statements accepted before, earlier and later ones alike: files may come in any
    order. Quarantined when it contradicts a direct neighbour or would book lines twice."""
    for other in known:
        if directly_follows(other, statement):
            _check_joint(other, statement, statement.position)
        if directly_follows(statement, other):
            _check_joint(statement, other, statement.position)
        _check_rewritten(statement, other)
        if overlap(statement, other):
            detail = (
                f"it overlaps the statement of {other.from_on} to {other.to_on}, and its lines"
                f" carry no reference of the bank that would tell which are double. Send a"
                f" statement that begins after {other.to_on}."
            )
            raise Quarantined("overlapping_statement", detail, statement.position)


def _check_joint(before: Link, after: Link, position: str) -> None:
    if before.closing is None or after.opening is None or before.closing == after.opening:
        return
    detail = (
        f"statement {before.number or before.to_on} closes at {before.closing} and statement"
        f" {after.number or after.to_on}, which follows it, opens at {after.opening}."
    )
    raise Quarantined("balance_chain_broken", detail, position)


def _check_rewritten(statement: ParsedStatement, other: BankStatement) -> None:
    """A bank does not close one day twice: the same statement with other balances is not believed
    (ISO 20022: a statement's Id is unique for its account)."""
    same = statement.id == other.bank_id and statement.format is other.format
    if same and statement.format is StatementFormat.CAMT_053 and statement.to_on == other.to_on:
        balances = (statement.opening, statement.closing)
        if balances != (other.opening, other.closing):
            detail = (
                f"statement {statement.id} was imported before with a closing balance of"
                f" {other.closing}, and says {statement.closing} now; ask the bank which is right."
            )
            raise Quarantined("statement_contradicted", detail, statement.position)


def directly_follows(before: Link, after: Link) -> bool:
    """By the numbers of the bank, within one format and one year's counting."""
    first, second = numbers(before), numbers(after)
    if before.format is not after.format or not (first and second and before.to_on and after.to_on):
        return False
    apart = after.to_on - before.to_on
    near = timedelta(0) <= apart <= timedelta(days=_SAME_COUNT_DAYS)
    next_number = second[0] == first[0] + 1
    next_page = second[0] == first[0] and second[1] == first[1] + 1
    return near and (next_page or (next_number and second[1] <= 1))


def overlap(statement: ParsedStatement, other: BankStatement) -> bool:
    """Whether both tell of the same days in lines that cannot be known again."""
    if not other.without_reference or not without_reference(statement):
        return False
    mine, theirs = numbers(statement), numbers(other)
    if mine and theirs and mine != theirs and statement.format is other.format:
        return False
    if not (statement.from_on and statement.to_on) or _chained(statement, other):
        return False
    shared = max(_start(statement), _start(other)) < min(statement.to_on, other.to_on)
    return shared and not _same(statement, other)


def _same(statement: ParsedStatement, other: BankStatement) -> bool:
    facts = ("id", "number", "from_on", "to_on", "opening", "closing", "format")
    theirs = [getattr(other, "bank_id" if f == "id" else f) for f in facts]
    return [getattr(statement, f) for f in facts] == theirs


def _chained(one: Link, other: Link) -> bool:
    joints = ((one.opening, other.closing), (other.opening, one.closing))
    return any(opening is not None and opening == closing for opening, closing in joints)


def _start(statement: Link) -> date:
    """Half-open: the day of the opening balance belongs to the statement before, unless the
    statement is of that one day."""
    alone = statement.from_on == statement.to_on
    return statement.from_on - timedelta(days=1) if alone else statement.from_on


def is_gap(before: Link | None, after: Link) -> bool:
    """Whether money moved between the two that nobody told us of."""
    if before is None or before.closing is None or after.opening is None:
        return False
    same_period = (before.opening, before.closing) == (after.opening, after.closing)
    return not same_period and before.closing != after.opening
