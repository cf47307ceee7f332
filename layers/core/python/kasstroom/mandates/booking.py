"""Money of a direct debit that came in, or went back, becomes ledger. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from kasstroom.changes import Changes
from kasstroom.credit.warning import Grounds, with_warning
from kasstroom.errors import Refused
from kasstroom.mandates.collection import Collecting, CollectionLine, LineState
from kasstroom.mandates.consequences import held_for_talk, mourning
from kasstroom.mandates.ending import after_reason, told_returned
from kasstroom.mandates.model import Mandate
from kasstroom.mandates.reasons import reason_of
from kasstroom.mandates.standing import freed, resumed
from kasstroom.money import Money
from kasstroom.payments.giving_back import Movement, give_back
from kasstroom.payments.model import Entry, EntryKind, MoneyIn, UnmatchedMoney
from kasstroom.payments.posting import Position, Posted, changes_of
from kasstroom.payments.receiving import Incoming, Manners, listing, receive
from kasstroom.payments.unmatched import NO_INVOICE, OVERPAID, listed

SOURCE = "sepa"
"""Of its ledger entries; their external id is the end-to-end id of the line."""
METHOD = "direct_debit"


@dataclass(frozen=True, slots=True)
class Credited:
    """What the bank credited for one line: `bank_line` is the id of the statement line."""

    amount: Money
    booked_on: date
    bank_line: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What the bank took back of one line, with its reason code; `bank_line` as in `Credited`."""

    amount: Money
    reason: str
    bank_line: str


def collected(
    line: CollectionLine,
    credited: Credited,
    before: Position,
    collecting: Collecting,
    now: datetime,
    *,
    manners: Manners,
    grounds: Grounds,
) -> tuple[Changes, tuple[Entry, ...]]:
    """The payment of one line on its invoices, which are no longer being collected; what they do
    not take stays the debtor's and is on the list of unmatched money. `before` holds the line's
    invoices and credit notes. Refused when it was booked before."""
    if line.money_id:
        raise Refused("booked_already", f"The money of {line.id} was booked before.")
    after_claims = freed(collecting, (line.id,))
    position = replace(before, case=resumed(before.case, after_claims, now))
    payable = tuple(n for n in line.invoices if before.invoices[n].amount.minor > 0)
    incoming = Incoming(
        line.org, line.debtor, credited.amount, SOURCE, line.id, METHOD, credited.booked_on,
        payable,
    )  # fmt: skip
    posted, money = receive(Posted(position), incoming, now, manners)
    entry = next(entry for entry in posted.entries if entry.id == money.id)
    after = replace(
        line, state=LineState.COLLECTED, money_id=money.id, bank_line=credited.bank_line
    )
    changes = changes_of(before, posted, now) + Changes((listing(entry),), (after, after_claims))
    changes += listed(money, None, now, reason=OVERPAID if money.allocations else NO_INVOICE)
    return with_warning(changes, grounds, now), posted.entries


def returned(
    line: CollectionLine,
    taken: Taken,
    money: MoneyIn,
    before: Position,
    mandate: Mandate,
    collecting: Collecting,
    unmatched: UnmatchedMoney | None,
    now: datetime,
    *,
    grounds: Grounds,
) -> tuple[Changes, tuple[Entry, ...]]:
    """The chargeback of one line: its invoices are open again, reminders first wait a few days, and
    the mandate is suspended when the bank's reason says that it cannot be used. `before` holds the
    invoices that `money` rests on. Refused when the line was returned before."""
    if line.state is LineState.RETURNED:
        raise Refused("returned_already", f"{line.id} was returned before.")
    reason = reason_of(taken.reason or "MS03").code
    pause, quiet = mourning(before.case, reason, now)
    position = replace(before, case=resumed(quiet, collecting, now))
    held = held_for_talk(collecting, line, reason)
    movement = Movement(EntryKind.CHARGEBACK, taken.amount, SOURCE, line.id, now, reason)
    posted = give_back(Posted(position), money, movement, now)
    after = replace(line, state=LineState.RETURNED, reason=reason)
    changes = changes_of(before, posted, now) + Changes(update=(after,))
    changes += listed(posted.position.money[money.id], unmatched, now)
    changes += Changes(events=(told_returned(after, taken.amount, now),))
    changes += pause + after_reason(mandate, reason, now)
    changes += Changes(update=(held,) if held != collecting else ())
    return with_warning(changes, grounds, now), posted.entries
