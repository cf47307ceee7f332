"""A provider's payout on the statement, set against what the provider told of it.

Its payments were booked when they were made: nothing of it is ever booked again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from kasstroom.bank.model import BankLine, LineKind, LineState
from kasstroom.bank.providers import TELL_US, WITHOUT_WORDS, Payout, payout_of
from kasstroom.bank.waiting import moved, resolved, waits
from kasstroom.changes import Changes
from kasstroom.money import Money
from kasstroom.payments.payouts import Settlement
from kasstroom.ports import Books
from kasstroom.whole_list import whole_list

Settlements = Callable[[Books, str, str, Money], Settlement | None]
ARRIVES_WITHIN = timedelta(days=7)
"""Between the day a provider names for its payout and the day the bank booked it."""


def told_by(line: BankLine) -> Payout | None:
    return payout_of(line.counterparty_name, f"{line.text} {line.end_to_end_id}")


def is_known_payout(line: BankLine) -> bool:
    """Whether its provider tells us of its payouts: what payers paid there is booked already. One
    of another provider may be anything, a debtor of that name too: a person says."""
    told = told_by(line) if line.kind is LineKind.PAYOUT else None
    return told is not None and told.provider in TELL_US


def cleared(
    books: Books, line: BankLine, now: datetime, settlement_of: Settlements
) -> tuple[Changes, LineState]:
    """By its reference and amount. Stripe and others write the same words on every statement: then
    the provider's oldest payout of exactly this amount that no line was set against yet."""
    told = told_by(line)
    settlement = told and settlement_of(books, line.org, told.settlement, line.amount)
    if told and not _fits(settlement, line) and told.provider not in WITHOUT_WORDS:
        settlement = _unclaimed(books, line, told.provider) or settlement
    if settlement is None:
        return waits(books, line, (), "settlement_not_found", now)
    if not _fits(settlement, line):
        return waits(books, line, (), "settlement_differs", now)
    after = resolved(line, LineState.CLEARED, f"settlement {settlement.id}")
    kept = replace(settlement, line_id=line.id)
    return moved(books, after, now) + Changes(update=(kept,)), after.state


def _fits(settlement: Settlement | None, line: BankLine) -> bool:
    if settlement is None or settlement.amount != line.amount:
        return False
    return settlement.line_id in ("", line.id)


def _unclaimed(books: Books, line: BankLine, provider: str) -> Settlement | None:
    first = line.booked_on - ARRIVES_WITHIN
    last = line.booked_on + ARRIVES_WITHIN
    for known in whole_list(books, Settlement, line.org, after=first.isoformat()):
        if known.paid_on > last:
            return None
        if known.provider == provider and not known.line_id and known.amount == line.amount:
            return known
    return None
