"""A returned payment re-opens what it had paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from kasstroom.bank.booking import SOURCE, external_id, references
from kasstroom.bank.candidates import Found
from kasstroom.bank.model import BankLine, LineState, Proposal
from kasstroom.bank.returns import ReturnMatch, match_return
from kasstroom.bank.waiting import moved, resolved, waits
from kasstroom.changes import Changes
from kasstroom.credit.warning import Grounds, with_warning
from kasstroom.payments.giving_back import Movement, give_back
from kasstroom.payments.loading import load
from kasstroom.payments.model import EntryKind, MoneyIn, UnmatchedMoney
from kasstroom.payments.posting import Posted, changes_of
from kasstroom.payments.unmatched import id_of, listed
from kasstroom.ports import Books

MOST_ORIGINALS = 5


def returned(
    books: Books, line: BankLine, found: Found, now: datetime, grounds: Grounds
) -> tuple[Changes, LineState]:
    """Booked when it is certain which payment came back; else the debtor of the payment that fits
    best is proposed to a person."""
    payments = [
        money
        for debtor in found.debtors
        for money in books.all_of(MoneyIn, line.org, debtor)
        if money.amount == -line.amount and not money.returned_minor
    ]
    best = match_return(line, found, payments, _originals(books, line.org, payments))
    if best is None:
        return waits(books, line, (), "original_not_found", now)
    proposal = Proposal(best.money.debtor, best.invoices, line.amount, best.score, best.why)
    if not best.certain:
        return waits(books, line, (proposal,), "original_not_certain", now)
    changes, entries = give(books, line, best, now, grounds)
    after = resolved(line, LineState.MATCHED, f"returned: {best.reason}", entries)
    return changes + moved(books, replace(after, proposals=(proposal,)), now), after.state


def give(
    books: Books, line: BankLine, best: ReturnMatch, now: datetime, grounds: Grounds, by: str = ""
) -> tuple[Changes, tuple[str, ...]]:
    """The payment and its invoices are open again, with the bank's reason; `by` a person, if any
    had to say which payment it was."""
    money = best.money
    position = load(books, line.org, money.debtor, money.pays, (money,))
    movement = Movement(
        EntryKind.CHARGEBACK, -line.amount, SOURCE, external_id(line), now, best.reason, by
    )
    posted = give_back(Posted(position), money, movement, now)
    known = books.find(UnmatchedMoney, line.org, id=id_of(money.id))
    changes = with_warning(changes_of(position, posted, now), grounds, now)
    changes += listed(posted.position.money[money.id], known, now)
    return changes, tuple(references(posted.entries))


def _originals(books: Books, org: str, payments: list[MoneyIn]) -> Mapping[str, BankLine]:
    """The lines the youngest of these came by."""
    youngest = sorted(payments, key=lambda money: money.paid_on, reverse=True)[:MOST_ORIGINALS]
    found = {}
    for money in youngest:
        if money.source == SOURCE:
            id, _, _ = money.external_id.partition(":")
            if original := books.find(BankLine, org, id=id):
                found[money.id] = original
    return found
