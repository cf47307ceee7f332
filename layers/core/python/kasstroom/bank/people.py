"""What people do with a bank line: say whose it is, take that back, or set it aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.access.model import Actor, Role
from kasstroom.bank.booking import Undoing, book, undo
from kasstroom.bank.candidates import IbanMemory
from kasstroom.bank.clearing import is_known_payout
from kasstroom.bank.learning import withdrawn
from kasstroom.bank.lines import WAITING
from kasstroom.bank.link_money import counted
from kasstroom.bank.model import BY_PERSON, BankLine, LineState
from kasstroom.bank.returns_by_people import Who, confirm_return, is_return, undo_return
from kasstroom.bank.shares import ForDebtor, shares_of
from kasstroom.bank.usecases import Ways, remembered
from kasstroom.bank.views import line_of
from kasstroom.bank.waiting import deadline, moved, resolved
from kasstroom.changes import Changes, Command
from kasstroom.errors import Conflict, Forbidden, Refused
from kasstroom.events.bank import BankLineReopened
from kasstroom.mandates.booking import SOURCE as DIRECT_DEBIT
from kasstroom.payments.loading import load, money_of
from kasstroom.payments.model import Entry, EntryKind, UnmatchedMoney
from kasstroom.payments.unmatched import id_of
from kasstroom.ports import Books
from kasstroom.time import day_of

MAY_MATCH = (Role.CREDIT_MANAGER, Role.FINANCE)


@dataclass(frozen=True, slots=True)
class Confirmation(Command):
    """Whose money a line is; the amounts add up to the line."""

    allocations: tuple[ForDebtor, ...]


@dataclass(frozen=True, slots=True)
class Why(Command):
    """`reason` is kept."""

    reason: str


def confirm(
    books: Books, org: str, id: str, said: Confirmation, actor: Actor, now: datetime, ways: Ways
) -> tuple[Changes, BankLine]:
    """Booked as a person says, in one transaction, and remembered for the payer's account. Money
    that the bank took back is a payment of that debtor, whose invoices are open again."""
    _may(actor)
    line = _waiting(line_of(books, org, id))
    if is_return(line):
        who = Who(actor.name, now, ways.grounds)
        return confirm_return(books, line, said.allocations, who)
    if is_known_payout(line) or line.amount.minor <= 0:
        detail = "Only money that came in from a payer is matched with invoices."
        raise Refused("not_a_receipt", detail)
    shares = shares_of(books, line, said.allocations)
    changes, entries = book(line, shares, now, manners=ways.manners, grounds=ways.grounds)
    after = resolved(line, LineState.MATCHED, f"{BY_PERSON}{actor.name}", entries)
    changes += moved(books, after, now)
    changes += counted(books, line, {share.position.debtor: share.amount for share in shares})
    return changes + remembered(books, line, tuple(s.debtor for s in said.allocations)), after


def reopen(
    books: Books, org: str, id: str, why: Why, actor: Actor, now: datetime, ways: Ways
) -> tuple[Changes, BankLine]:
    """A matched line out of the ledger again, or one that was set aside back in the queue. Refused
    when part of the money was sent back, and for a payout that its provider settled."""
    _may(actor)
    line = line_of(books, org, id)
    if line.state in WAITING:
        raise Conflict("not_matched", "This line waits already; there is nothing to undo.")
    if line.state is LineState.CLEARED:
        detail = "A payout is settled by what its provider says; it cannot be undone here."
        raise Refused("cannot_be_undone", detail)
    _no_direct_debit(books, line)
    changes, debtors = _undone(books, line, why, Who(actor.name, now, ways.grounds))
    after = replace(
        line, state=LineState.PROPOSED if line.proposals else LineState.OPEN, entries=(),
        owner=actor.name, resolve_by=deadline(day_of(now)), note=why.reason,
    )  # fmt: skip
    event = BankLineReopened(
        org=org, debtor=debtors[0] if debtors else "", subject=line.id, at=now,
        amount=line.amount, by=actor.name, reason=why.reason,
    )  # fmt: skip
    changes += moved(books, after, now) + Changes(events=(event,))
    return changes + _forgotten(books, line, debtors), after


def _undone(books: Books, line: BankLine, why: Why, who: Who) -> tuple[Changes, list[str]]:
    changes, debtors = Changes(), []
    if is_return(line) and line.entries:
        changes, debtor = undo_return(books, line, why.reason, who)
        return changes, [debtor]
    for undoing in _undoings(books, line):
        debtors.append(undoing.position.debtor)
        one, _ = undo(undoing, who.now, by=who.name, reason=why.reason, grounds=who.grounds)
        changes += one + counted(books, line, {debtors[-1]: -undoing.money.amount})
    return changes, debtors


def set_aside(
    books: Books, org: str, id: str, why: Why, actor: Actor, now: datetime
) -> tuple[Changes, BankLine]:
    """Not a debtor's money: costs, tax, a transfer of our own. `undo` brings it back."""
    _may(actor)
    line = _waiting(line_of(books, org, id))
    if not why.reason:
        raise Refused("reason_missing", "Say why this is not a debtor's money.", "/body/reason")
    after = resolved(line, LineState.SET_ASIDE, f"{actor.name}: {why.reason}")
    return moved(books, after, now), after


def _may(actor: Actor) -> None:
    if not set(MAY_MATCH) & set(actor.roles):
        detail = f"Only somebody with the role credit_manager or finance may; {actor.name} is not."
        raise Forbidden("role_required", detail)


def _no_direct_debit(books: Books, line: BankLine) -> None:
    """Its money belongs to a line of a collection, and the bank alone takes it back. One entry
    tells: a line is of direct debits as a whole, or not at all."""
    debtor, _, id = next(iter(line.entries), "").rpartition("#")
    if debtor and books.get(Entry, line.org, debtor, id).source == DIRECT_DEBIT:
        detail = (
            "This is a direct debit of your own; it comes back through the bank only, and is booked"
            " then. To use the money for other invoices of this debtor, put them in"
            f" PUT /v1/payments/{id}/allocations."
        )
        raise Refused("direct_debit", detail)


def _waiting(line: BankLine) -> BankLine:
    if line.state not in WAITING:
        raise Conflict("line_resolved", f"This line is {line.state} already; undo that first.")
    return line


def _undoings(books: Books, line: BankLine) -> list[Undoing]:
    of_debtor: dict[str, list[Entry]] = {}
    for reference in line.entries:
        debtor, _, id = reference.rpartition("#")
        of_debtor.setdefault(debtor, []).append(books.get(Entry, line.org, debtor, id))
    return [_undoing(books, line.org, entries) for entries in of_debtor.values()]


def _undoing(books: Books, org: str, entries: list[Entry]) -> Undoing:
    paid = next(entry for entry in entries if entry.kind is EntryKind.PAYMENT)
    money = money_of(books, org, paid.id)
    if money.returned_minor or money.refunding_minor:
        detail = "Part of this money went back to the payer; settle that first."
        raise Refused("went_back", detail)
    numbers = [a.invoice for entry in entries for a in entry.allocations]
    numbers += money.pays
    position = load(books, org, money.debtor, numbers, (money,))
    unmatched = books.find(UnmatchedMoney, org, id=id_of(money.id))
    return Undoing(position, money, tuple(entries), unmatched)


def _forgotten(books: Books, line: BankLine, debtors: Sequence[str]) -> Changes:
    learned = debtors and not is_return(line)
    known = books.find(IbanMemory, line.org, id=line.counterparty_iban) if learned else None
    if known is None:
        return Changes()
    for debtor in debtors:
        known = withdrawn(known, debtor)
    return Changes(update=(known,))
