"""What matching learns as it goes: whose account it was, whose name, what our numbers look like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from kasstroom.bank.candidates import MOST_BEARERS, Bearer, IbanMemory, NameWord, Payer
from kasstroom.bank.retrying import due_now
from kasstroom.bank.shapes import NumberShapes, with_number
from kasstroom.bank.text import significant, whole
from kasstroom.changes import Changes
from kasstroom.debtors.model import Debtor
from kasstroom.events.debtors import DebtorCreated, DebtorUpdated
from kasstroom.events.invoices import InvoiceIssued
from kasstroom.events.payments import PayoutKnown
from kasstroom.money import Money
from kasstroom.ports import Books

FOLLOWED = (DebtorCreated.TYPE, DebtorUpdated.TYPE, InvoiceIssued.TYPE, PayoutKnown.TYPE)
MOST_PAYERS = 20
"""Who pays for more debtors than this proves nothing by its account anyway."""


def learn(books: Books, news: Mapping[str, Any]) -> tuple[Changes, str]:
    """From one event of ours, as often as it comes: `learned`, or `known` already."""
    org = news["organisation"]
    if news["type"] == PayoutKnown.TYPE:
        changes = due_now(books, org, _amount(news), datetime.fromisoformat(news["time"]))
    elif news["type"] == InvoiceIssued.TYPE:
        known = books.find(NumberShapes, org) or NumberShapes(org)
        after = with_number(known, news["subject"])
        changes = Changes() if after is known else _kept(known, after)
    else:
        changes = _names(books, org, news["debtor"])
    return changes, "learned" if changes else "known"


def _amount(news: Mapping[str, Any]) -> Money:
    told = news["data"]["amount"]
    return Money.parse(told["value"], told["currency"])


def _names(books: Books, org: str, number: str) -> Changes:
    """A name the debtor had before stays: somebody may still pay under it."""
    debtor = books.find(Debtor, org, number)
    changes = Changes()
    if debtor is None:
        return changes
    for word in dict.fromkeys((whole(debtor.name), *significant(debtor.name))):
        known = books.find(NameWord, org, id=word) or NameWord(org, word)
        after = with_bearer(known, Bearer(number, debtor.name))
        if after is not known:
            changes += _kept(known, after)
    return changes


def _kept(known: Any, after: Any) -> Changes:
    return Changes(update=(after,)) if known.version else Changes(create=(after,))


def with_bearer(known: NameWord, bearer: Bearer) -> NameWord:
    """The same when the debtor is there under this name, or the word is common anyway."""
    if known.common or bearer in known.bearers:
        return known
    if len(known.bearers) == MOST_BEARERS:
        return replace(known, bearers=(), common=True)
    return replace(known, bearers=(*known.bearers, bearer))


def confirmed(known: IbanMemory, debtor: str, on: date) -> IbanMemory:
    """The account once more paid for this debtor."""
    before = next((p for p in known.payers if p.debtor == debtor), Payer(debtor, 0, on))
    after = Payer(debtor, before.times + 1, max(on, before.last_on))
    rest = tuple(payer for payer in known.payers if payer.debtor != debtor)
    return replace(known, payers=(*rest, after)[-MOST_PAYERS:])


def withdrawn(known: IbanMemory, debtor: str) -> IbanMemory:
    """It did not after all."""
    payers = (replace(p, times=p.times - (p.debtor == debtor)) for p in known.payers)
    return replace(known, payers=tuple(payer for payer in payers if payer.times > 0))
