"""A line of a bank statement that is about a direct debit of ours, known by its end-to-end id or,
for a whole file, by the file's message id.

For whoever matches bank lines: ask `collected` for money that came in and `returned` for what came
back, before matching anything else. None: the line is not ours. `Told.waits`: it is ours, and a
person has to look. Otherwise the line becomes `matched` with `Told.entries` once `Told.complete`;
until then commit the changes and ask again, for a whole file is booked line by line
(`mandates.whole_files`).
"""

from __future__ import annotations

from datetime import datetime

from kasstroom.bank.model import BankLine
from kasstroom.changes import Changes
from kasstroom.credit.warning import Grounds, default_ground
from kasstroom.mandates import booking
from kasstroom.mandates.bank_names import Told, named, names_in
from kasstroom.mandates.booking import Taken
from kasstroom.mandates.collection import Collecting, Collection, CollectionLine, LineState
from kasstroom.mandates.model import Mandate
from kasstroom.mandates.registering import mandate_id
from kasstroom.mandates.whole_files import batch, booked
from kasstroom.payments.loading import load
from kasstroom.payments.model import Entry, MoneyIn, UnmatchedMoney
from kasstroom.payments.receiving import PLAIN, Manners
from kasstroom.payments.unmatched import id_of
from kasstroom.ports import Books

_WAS_ASKED = (LineState.COLLECTING, LineState.CANCELLED, LineState.REJECTED)


def collected(
    books: Books,
    line: BankLine,
    now: datetime,
    *,
    manners: Manners = PLAIN,
    grounds: Grounds = default_ground,
) -> tuple[Changes, Told] | None:
    """The money of one line, or of the next unbooked line of a whole file."""
    names = named(line)
    if names is None or line.amount.minor <= 0:
        return None
    if names.line:
        one = books.find(CollectionLine, line.org, names.collection, names.line)
        return _single(books, line, one, now, manners, grounds) if one else None
    if books.find(Collection, line.org, id=names.collection) is None:
        return None
    return batch(books, line, names, now, manners, grounds)


def returned(
    books: Books, line: BankLine, now: datetime, *, grounds: Grounds = default_ground
) -> tuple[Changes, Told] | None:
    """The chargeback of what the bank took back (a return, refund or reversal)."""
    if line.amount.minor >= 0:
        return None
    names = named(line)
    if names is None or not names.line:
        one = _by_mandate(books, line)
    else:
        one = books.find(CollectionLine, line.org, names.collection, names.line)
    if one is None:
        return None
    if one.state is not LineState.COLLECTED:
        again = one.state is LineState.RETURNED
        return Changes(), Told(waits="returned_before" if again else "collection_not_booked")
    money = books.get(MoneyIn, one.org, one.debtor, one.money_id)
    position = load(books, one.org, one.debtor, money.pays, (money,))
    changes, entries = booking.returned(
        one, Taken(-line.amount, line.return_reason, line.id), money, position,
        books.get(Mandate, one.org, one.debtor, one.mandate),
        books.get(Collecting, one.org, one.debtor),
        books.find(UnmatchedMoney, one.org, id=id_of(money.id)), now, grounds=grounds,
    )  # fmt: skip
    return changes, Told(_kept(entries), f"direct debit returned: {line.return_reason}")


def _by_mandate(books: Books, line: BankLine) -> CollectionLine | None:
    """Some banks name the mandate only. It is ours when one collected line of that mandate, to the
    cent, can have come back; of two that can, a person says which."""
    if not line.mandate_id:
        return None
    name = books.lookup(line.org, "mandate", mandate_id(line.org, line.mandate_id))
    if name is None:
        return None
    found = [
        one
        for money in books.all_of(MoneyIn, line.org, name.debtor)
        if (money.source, money.amount) == (booking.SOURCE, -line.amount)
        and not money.returned_minor and money.paid_on <= line.booked_on
        and (names := names_in(money.external_id))
        and (one := books.find(CollectionLine, line.org, names.collection, names.line))
        and one.mandate == name.target
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _single(
    books: Books,
    line: BankLine,
    one: CollectionLine,
    now: datetime,
    manners: Manners,
    grounds: Grounds,
) -> tuple[Changes, Told]:
    if one.money_id:
        return Changes(), Told(waits="collected_before")
    if one.state not in _WAS_ASKED:
        return Changes(), Told(waits=f"collection_line_{one.state}")
    changes, entries = booked(books, line, one, line.amount, now, manners, grounds)
    return changes, Told(_kept(entries), f"direct debit {one.id}")


def _kept(entries: tuple[Entry, ...]) -> tuple[str, ...]:
    return tuple(f"{entry.debtor}#{entry.id}" for entry in entries)
