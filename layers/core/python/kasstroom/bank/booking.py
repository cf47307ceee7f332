"""A bank line becomes ledger, for one debtor or several, or is taken out of it again. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kasstroom.bank.model import BankLine
from kasstroom.changes import Changes
from kasstroom.credit.warning import Grounds, with_warning
from kasstroom.money import Money
from kasstroom.payments.exchanging import changed_back
from kasstroom.payments.model import Entry, EntryKind, MoneyIn, UnmatchedMoney
from kasstroom.payments.moving import move
from kasstroom.payments.posting import Position, Posted, changes_of, entry_of, post
from kasstroom.payments.receiving import Incoming, Manners, listing, receive
from kasstroom.payments.unmatched import NO_INVOICE, OVERPAID, listed

SOURCE = "bank"
METHOD = "bank_transfer"
UNDONE = "bank_line_reopened"
_ROOM, _PER_DEBTOR, _PER_INVOICE = 92, 16, 2
"""Items of one transaction, of which a debtor and an invoice take this many at most."""


@dataclass(frozen=True, slots=True)
class Share:
    """What of a line is one debtor's, and the invoices it is for, best first."""

    position: Position
    amount: Money
    invoices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undoing:
    """One debtor's part of a line that is taken out again, with the entries it made."""

    position: Position
    money: MoneyIn
    entries: tuple[Entry, ...]
    unmatched: UnmatchedMoney | None


def book(
    line: BankLine,
    shares: Sequence[Share],
    now: datetime,
    *,
    manners: Manners,
    grounds: Grounds,
) -> tuple[Changes, tuple[str, ...]]:
    """The changes of all shares together and the line's `entries`. A payment is made on the day the
    creditor's account is credited (art. 6:114 BW)."""
    changes, entries = Changes(), []
    for nth, share in enumerate(shares):
        before = share.position
        incoming = Incoming(
            line.org, before.debtor, share.amount, SOURCE, external_id(line, nth), METHOD,
            line.booked_on, share.invoices,
        )  # fmt: skip
        posted, money = receive(Posted(before), incoming, now, manners)
        entry = next(entry for entry in posted.entries if entry.id == money.id)
        one = changes_of(before, posted, now) + Changes(create=(listing(entry),))
        one += listed(money, None, now, reason=OVERPAID if money.allocations else NO_INVOICE)
        changes += with_warning(one, grounds, now)
        entries += references(posted.entries)
    return changes, tuple(entries)


def most_invoices(debtors: int) -> int:
    """How many invoices one line can pay in one transaction."""
    return max(0, (_ROOM - _PER_DEBTOR * debtors) // _PER_INVOICE)


def external_id(line: BankLine, nth: int = 0) -> str:
    """Names a booking of this line once; matched again after it was undone, it is another one."""
    place = f".{nth}" if nth else ""
    return f"{line.id}:{line.version}{place}"


def references(entries: Iterable[Entry]) -> list[str]:
    """As a line keeps its entries."""
    return [f"{entry.debtor}#{entry.id}" for entry in entries]


def undo(
    one: Undoing, now: datetime, *, by: str, reason: str, grounds: Grounds
) -> tuple[Changes, tuple[Entry, ...]]:
    """The money off its invoices and out of the debtor's ledger, by entries that say so: nothing is
    taken back that was booked. `one.money` must have nothing returned."""
    posted = move(Posted(one.position), one.money, (), now=now, by=by, reason=reason)
    money = posted.position.money[one.money.id]
    posted, _ = changed_back(posted, money, money.amount.minor, now=now, by=by, reason=reason)
    for entry in one.entries:
        if entry.kind is EntryKind.PAYMENT:
            continue
        if (mirrored := _mirrored(posted, entry, now, by, reason)).amount:
            posted = post(posted, mirrored)
    out = entry_of(
        posted.position, EntryKind.TRANSFER, one.money.amount, (), now, source=SOURCE,
        external_id=f"{one.money.external_id}:undo", about=one.money.id, by=by, reason=reason,
    )  # fmt: skip
    gone = replace(
        posted.position.money[one.money.id],
        returned_minor=one.money.amount.minor,
        kept_minor=0,
        allocations=(),
    )
    posted = post(posted, out).with_money(gone)
    changes = changes_of(one.position, posted, now, reopened_for=UNDONE)
    # The list of the day keeps the payment, and says that it went again.
    changes += listed(gone, one.unmatched, now) + Changes(create=(listing(out),))
    return with_warning(changes, grounds, now), posted.entries


_MIRRORS = {EntryKind.RECOVERY: EntryKind.WRITE_OFF}


def _mirrored(posted: Posted, entry: Entry, now: datetime, by: str, reason: str) -> Entry:
    """What came with the payment (a few cents closed, a write-off brought back) goes with it."""
    allocations = tuple(replace(a, amount=-a.amount) for a in entry.allocations)
    amount = -entry.amount
    if entry.kind is EntryKind.RECOVERY:
        # Other money may pay what this line brought back: only what is open is given up again.
        opens = posted.position.invoices[allocations[0].invoice].open
        amount = Money(max(amount.minor, -opens.minor), amount.currency)
        allocations = (replace(allocations[0], amount=amount),)
    return entry_of(
        posted.position, _MIRRORS.get(entry.kind, entry.kind), amount, allocations, now,
        source=SOURCE, external_id=f"{entry.external_id}:undo", about=entry.id, by=by,
        reason=reason,
    )  # fmt: skip
