"""What people do with money the bank took back: say which payment it was, and take that back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kasstroom.bank.booking import SOURCE
from kasstroom.bank.model import BY_PERSON, BankLine, LineState
from kasstroom.bank.returning import give
from kasstroom.bank.returns import RETURNS, ReturnMatch
from kasstroom.bank.shares import AT, ForDebtor
from kasstroom.bank.waiting import moved, resolved
from kasstroom.changes import Changes
from kasstroom.credit.warning import Grounds, with_warning
from kasstroom.errors import Conflict, NotFound, Refused
from kasstroom.mandates.booking import SOURCE as DIRECT_DEBIT
from kasstroom.payments.giving_back import Movement, come_back
from kasstroom.payments.loading import load, money_of
from kasstroom.payments.model import Entry, EntryKind, MoneyIn, UnmatchedMoney
from kasstroom.payments.posting import Posted, changes_of
from kasstroom.payments.unmatched import id_of, listed
from kasstroom.ports import Books

_SURE = 100


@dataclass(frozen=True, slots=True)
class Who:
    """Who decides, when, and with which grounds credit is judged afterwards."""

    name: str
    now: datetime
    grounds: Grounds


def is_return(line: BankLine) -> bool:
    """Money the bank took back: it is matched with a payment, not with invoices."""
    return line.kind in RETURNS and line.amount.minor < 0


def confirm_return(
    books: Books, line: BankLine, asked: tuple[ForDebtor, ...], who: Who
) -> tuple[Changes, BankLine]:
    """The payment of this debtor, and of these invoices when some are named, went back: they are
    open again. Refused when no payment of theirs, or more than one, can be meant."""
    if len(asked) != 1:
        detail = "Money that came back is of one debtor: name that one."
        raise Refused("one_debtor", detail, AT)
    money = _payment(books, line, asked[0])
    if money.source == DIRECT_DEBIT:
        detail = "This is a direct debit of your own: the bank names it in its return, and that is"
        raise Refused("direct_debit", f"{detail} booked by itself.", f"{AT}/0/debtor")
    reason = line.return_reason or line.kind.value
    meant = ReturnMatch(money, money.pays, reason, _SURE, (), True)
    changes, entries = give(books, line, meant, who.now, who.grounds, by=who.name)
    after = resolved(line, LineState.MATCHED, f"{BY_PERSON}{who.name}", entries)
    return changes + moved(books, after, who.now), after


def _payment(books: Books, line: BankLine, one: ForDebtor) -> MoneyIn:
    if one.amount not in (None, line.amount, -line.amount):
        raise Refused("does_not_add_up", f"The line is {line.amount}.", f"{AT}/0/amount")
    back = -line.amount.minor
    found = [
        money
        for money in books.all_of(MoneyIn, line.org, one.debtor)
        if money.amount.currency == line.amount.currency
        and money.amount.minor - money.returned_minor >= back
        and money.paid_on <= line.booked_on
        and set(one.invoices) <= set(money.pays)
    ]
    found = [money for money in found if money.amount.minor == back] or found
    if not found:
        detail = f"Debtor {one.debtor} made no such payment of {-line.amount} or more."
        raise NotFound("payment_not_found", detail, f"{AT}/0")
    if len(found) > 1:
        paid = "; ".join(f"{m.paid_on}: {', '.join(m.pays) or 'no invoice'}" for m in found[:5])
        detail = f"Several payments may be meant ({paid}): name the invoices of the one."
        raise Refused("several_payments", detail, f"{AT}/0/invoices")
    return found[0]


def undo_return(books: Books, line: BankLine, reason: str, who: Who) -> tuple[Changes, str]:
    """It was another payment that came back: this one is ours again and pays what it paid before.
    Tells whose it is. Conflict when the ledger has this taken back already."""
    entries = []
    for name in line.entries:
        debtor, _, id = name.rpartition("#")
        entries.append(books.get(Entry, line.org, debtor, id))
    went = next(entry for entry in entries if entry.kind is EntryKind.CHARGEBACK)
    money = money_of(books, line.org, went.about)
    if money.source == DIRECT_DEBIT:
        raise Refused("direct_debit", "The bank returned a direct debit of your own by its name.")
    if money.returned_minor < -line.amount.minor:
        raise Conflict("taken_back", "This money is in the ledger again already.")
    numbers = (*money.pays, *(a.invoice for a in went.allocations))
    position = load(books, line.org, money.debtor, numbers, (money,))
    came = Movement(
        EntryKind.REVERSAL, -line.amount, SOURCE, f"{went.external_id}:undo", who.now, reason,
        who.name,
    )  # fmt: skip
    posted = come_back(Posted(position), money, came, who.now, went)
    changes = with_warning(changes_of(position, posted, who.now), who.grounds, who.now)
    known = books.find(UnmatchedMoney, line.org, id=id_of(money.id))
    changes += listed(posted.position.money[money.id], known, who.now)
    return changes, money.debtor
