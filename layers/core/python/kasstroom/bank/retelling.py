"""The same money told again in another format, under another name or under none.

A line is known by its bank's reference. Where one format of a bank carries it and the other does
not, or writes another, nothing would recognise the line: it would be booked twice. What was told of
the same days is then compared by day, amount and payer, and the later file is not believed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kasstroom.bank.accepted import BankStatement
from kasstroom.bank.accounts import account_key
from kasstroom.bank.identity import Told
from kasstroom.bank.model import BankLine, ParsedStatement
from kasstroom.bank.quarantine import Quarantined
from kasstroom.ports import Books
from kasstroom.whole_list import whole_list


def check_not_retold(
    books: Books, statement: ParsedStatement, told: Sequence[Told], known: Sequence[BankStatement]
) -> None:
    """Quarantined at the first line that an accepted statement in another format told of already,
    under a name that this one does not use. Reads nothing unless there is such a statement."""
    others = {other.id: other for other in known if _tells_of_same_days(statement, other)}
    mine = [(one, one.line) for one in told if one.line]
    if not (others and mine):
        return
    days = [line.booked_on for _, line in mine]
    before = list(_lines(books, mine[0][1].org, min(days), max(days)))
    ids, own = {line.id for line in before}, {line.id for _, line in mine}
    strangers = [line for line in before if line.statement in others and line.id not in own]
    for one, line in mine:
        twin = next((other for other in strangers if _same_money(other, line)), None)
        if twin is not None and line.id not in ids:
            raise _quarantined(one, twin, others[twin.statement], statement)


def _tells_of_same_days(statement: ParsedStatement, other: BankStatement) -> bool:
    """Not where one begins with what the other ends with: then the day was cut in two."""
    if other.format is statement.format or not (statement.from_on and statement.to_on):
        return False
    same = (statement.opening, statement.closing) == (other.opening, other.closing)
    follows = statement.opening is not None and statement.opening == other.closing
    leads = other.opening is not None and other.opening == statement.closing
    if not same and (follows or leads):
        return False
    return max(statement.from_on, other.from_on) <= min(statement.to_on, other.to_on)


def _lines(books: Books, org: str, first: date, last: date) -> Iterator[BankLine]:
    """An id begins with the day its line was booked."""
    for line in whole_list(books, BankLine, org, after=first.isoformat()):
        if line.booked_on > last:
            return
        yield line


def _same_money(line: BankLine, other: BankLine) -> bool:
    if (line.account, line.booked_on) != (other.account, other.booked_on):
        return False
    payers = {account_key(one.counterparty_iban) for one in (line, other)} - {""}
    return line.amount == other.amount and len(payers) < 2


def _quarantined(
    one: Told, twin: BankLine, other: BankStatement, statement: ParsedStatement
) -> Quarantined:
    detail = (
        f"the {other.format} statement of {other.to_on} told of {twin.amount} on {twin.booked_on}"
        f" already, under another reference than this {statement.format} does: booked again it"
        " would count twice. Send one format for an account, from a day that is not in yet."
    )
    return Quarantined("told_in_another_format", detail, one.position)
