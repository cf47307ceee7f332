"""What a provider pays out to the bank, kept so that the bank line can be cleared with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from kasstroom.changes import Changes, Reference, Versioned
from kasstroom.events.payments import PayoutKnown
from kasstroom.money import Money
from kasstroom.payments.differences import DifferenceKind, differs
from kasstroom.payments.judging import LACKING, is_ours, judged
from kasstroom.payments.loading import entry_id
from kasstroom.payments.ports import PaymentQueue
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
    books: Books,
    queue: PaymentQueue,
    org: str,
    paid_out: Iterable[ProviderSettlement],
    now: datetime,
) -> tuple[int, int]:
    """Keeps the provider's payouts; returns how many are new and how many do not add up. What a
    payout has of our payments and the ledger has not is asked for again, and a task."""
    new = wrong = 0
    for found in paid_out:
        for item, kind in _lacking(books, org, found, now):
            differs(books, org, found.provider, item, kind, None, now)
            queue.put(org, item.reference, item.payment_id, found.provider)
        if found.paid_on is None:
            continue
        kept = _settlement(org, found, found.paid_on, now)
        new += settle(books, lambda k=kept, f=found: _keep(books, k, f, now))  # type: ignore[misc]
        if kept.gross.minor - kept.fee.minor != kept.amount.minor:
            told = ProviderNews(
                NewsKind.PAYMENT, found.id, found.id, found.amount, now, True, found.reference
            )
            ours = kept.gross - kept.fee
            differs(books, org, found.provider, told, DifferenceKind.PAYOUT, ours, now)
            wrong += 1
    return new, wrong


def _keep(
    books: Books, kept: Settlement, found: ProviderSettlement, now: datetime
) -> tuple[Changes, bool]:
    """Known on the bank statement by its reference, and by that with its amount: some providers
    write the same words on every statement, and then the first of them has the bare reference."""
    if books.find(Settlement, kept.org, id=kept.id) is not None:
        return Changes(), False
    kept = replace(kept, unknown=_unknown(books, kept.org, found))
    names = (kept.reference, _with_amount(kept.reference, kept.amount))
    free = (name for name in names if books.lookup(kept.org, "settlement", name) is None)
    named = tuple(Reference(kept.org, "settlement", name, "", kept.id) for name in free)
    told = PayoutKnown(
        org=kept.org, debtor="", subject=found.id, at=now, provider=kept.provider,
        reference=kept.reference, amount=kept.amount,
    )  # fmt: skip
    return Changes(create=(kept, *named), events=(told,)), True


def _with_amount(reference: str, amount: Money) -> str:
    return f"{reference}|{amount.minor}|{amount.currency}"


_LINES = {
    "payment": (NewsKind.PAYMENT, False),
    "refund": (NewsKind.REFUND, False),
    "refund_returned": (NewsKind.REFUND, True),
    "chargeback": (NewsKind.CHARGEBACK, False),
    "reversal": (NewsKind.CHARGEBACK, True),
}


def _lacking(
    books: Books, org: str, found: ProviderSettlement, now: datetime
) -> Iterator[tuple[ProviderNews, DifferenceKind]]:
    """Amounts are not compared: a payout counts in the currency that is paid out."""
    for line in found.lines:
        if line.kind not in _LINES:
            continue
        kind, back = _LINES[line.kind]
        of = line.provider_id if kind is NewsKind.PAYMENT else line.payment_id
        amount = Money(abs(line.gross.minor), line.gross.currency)
        item = ProviderNews(kind, line.provider_id, of, amount, now, not back, line.reference, back)
        if is_ours(books, org, found.provider, item):
            differs_by, _ = judged(books, org, found.provider, item)
            if differs_by in LACKING:
                yield item, differs_by


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


def settlement_of(
    books: Books, org: str, reference: str, amount: Money | None = None
) -> Settlement | None:
    """The payout a bank statement shows with this reference, and with this amount when it says the
    same of several."""
    exact = books.lookup(org, "settlement", _with_amount(reference, amount)) if amount else None
    name = exact or books.lookup(org, "settlement", reference)
    return books.find(Settlement, org, id=name.target) if name else None
