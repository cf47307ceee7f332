"""Direct debits of our own on the statement: known by name, before anything is matched."""

from __future__ import annotations

from datetime import datetime

from kasstroom.bank.model import BankLine, LineState
from kasstroom.bank.waiting import moved, resolved, waits
from kasstroom.changes import Changes
from kasstroom.credit.warning import Grounds
from kasstroom.errors import Unavailable
from kasstroom.mandates.bank_lines import collected, returned
from kasstroom.mandates.whole_files import book_part, rest_of
from kasstroom.payments.receiving import Manners
from kasstroom.ports import Books
from kasstroom.settle import settle

STEPS_PER_CALL = 500
"""Lines of one file in one call: some ten reads and a commit each, within a worker's two minutes.
A queue tries five times, so a file of 2,500 lines is booked without anybody's help."""


def direct_debit(
    books: Books, line: BankLine, now: datetime, *, manners: Manners, grounds: Grounds
) -> tuple[Changes, LineState] | None:
    """None when the line is of no collection. The line stays as it is while its file is booked."""
    if line.amount.minor > 0:
        made = collected(books, line, now, manners=manners, grounds=grounds)
    else:
        made = returned(books, line, now, grounds=grounds)
    if made is None:
        return None
    changes, told = made
    if told.waits:
        return waits(books, line, (), told.waits, now)
    if not told.complete:
        return changes, line.state
    after = resolved(line, LineState.MATCHED, told.note, told.entries)
    return changes + moved(books, after, now), after.state


def rest_booked(
    books: Books, line: BankLine, now: datetime, *, manners: Manners, grounds: Grounds
) -> bool:
    """The rest of the file that this line pays, each line in its own transaction. False when it
    pays none; Unavailable when there is more than one call does."""
    rest = rest_of(books, line)
    if rest is None:
        return False
    for id in rest.lines[:STEPS_PER_CALL]:
        settle(
            books,
            lambda id=id: book_part(books, line, rest, id, now, manners=manners, grounds=grounds),
        )
    if len(rest.lines) > STEPS_PER_CALL:
        detail = f"{len(rest.lines) - STEPS_PER_CALL} direct debits are left; ask again."
        raise Unavailable("file_not_booked_yet", detail)
    return True
