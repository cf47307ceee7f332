"""What a provider pays out to the bank, kept so that the bank line can be cleared with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from kasstroom.changes import Changes, Reference, Versioned
from kasstroom.money import Money
from kasstroom.payments.differences import DifferenceKind, differs
from kasstroom.payments.loading import entry_id
from kasstroom.payments.reported import (
    NewsKind,
    ProviderNews,
    ProviderSettlement,
)
from kasstroom.ports import Books
from kasstroom.settle import settle

SETTLEMENTS_KEPT_DAYS = 400


@dataclass(frozen=True, slots=True)
class Settlement(Versioned):
    """A provider's payout as we have it: `gross` less `fee` is `amount`, which the bank shows with
    `reference`. `unknown` are lines whose payment the ledger does not know; `line_id` is the bank
    line it was cleared with."""

    org: str
    id: str
    provider: str
    reference: str
    amount: Money
    gross: Money
    fee: Money
    paid_on: date
    lines: int
    unknown: int
    line_id: str = ""
    gone_at: datetime | None = None


def settled(
    books: Books, org: str, paid_out: Iterable[ProviderSettlement], now: datetime
) -> tuple[int, int]:
    """Keeps the provider's payouts; returns how many are new and how many do not add up. A payout
    is known on the bank statement by its reference."""
    new = wrong = 0
    for found in paid_out:
        if found.paid_on is None:
            continue
        kept = _settlement(org, found, found.paid_on, now)
        if books.find(Settlement, org, id=kept.id) is None:
            kept = replace(kept, unknown=_unknown(books, org, found))
            name = Reference(org, "settlement", found.reference, "", kept.id)
            settle(books, lambda k=kept, n=name: (Changes(create=(k, n)), None))  # type: ignore[misc]
            new += 1
        if kept.gross.minor - kept.fee.minor != kept.amount.minor:
            told = ProviderNews(
                NewsKind.PAYMENT, found.id, found.id, found.amount, now, True, found.reference
            )
            ours = kept.gross - kept.fee
            differs(books, org, found.provider, told, DifferenceKind.PAYOUT, ours, now)
            wrong += 1
    return new, wrong


def _unknown(books: Books, org: str, found: ProviderSettlement) -> int:
    """How many payments of a payout the ledger does not know."""
    return sum(
        line.kind == NewsKind.PAYMENT
        and books.lookup(org, "money", entry_id(org, found.provider, line.provider_id)) is None
        for line in found.lines
    )


def _settlement(org: str, found: ProviderSettlement, paid_on: date, now: datetime) -> Settlement:
    currency = found.amount.currency
    gross = sum(line.gross.minor for line in found.lines)
    fee = sum(line.fee.minor for line in found.lines)
    return Settlement(
        org, f"{paid_on}#{found.provider}#{found.id}", found.provider, found.reference,
        found.amount, Money(gross, currency), Money(fee, currency), paid_on, len(found.lines),
        unknown=0, gone_at=now + timedelta(days=SETTLEMENTS_KEPT_DAYS),
    )  # fmt: skip


def settlement_of(books: Books, org: str, reference: str) -> Settlement | None:
    """The payout a bank statement shows with this reference."""
    name = books.lookup(org, "settlement", reference)
    return books.find(Settlement, org, id=name.target) if name else None
