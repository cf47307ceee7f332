"""One thing a provider tells of, against the ledger. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kasstroom.money import Money
from kasstroom.payments.attempts import attempt_of
from kasstroom.payments.differences import DifferenceKind
from kasstroom.payments.loading import entry_id
from kasstroom.payments.model import AttemptState, Entry, EntryKind
from kasstroom.payments.posting import key_of
from kasstroom.payments.reported import NewsKind, ProviderNews, ProviderPayment, RefundState
from kasstroom.ports import Books

_WENT = {
    NewsKind.PAYMENT: EntryKind.PAYMENT,
    NewsKind.REFUND: EntryKind.REFUND,
    NewsKind.CHARGEBACK: EntryKind.CHARGEBACK,
}
_CAME_BACK = {
    NewsKind.REFUND: EntryKind.REFUND_RETURNED,
    NewsKind.CHARGEBACK: EntryKind.REVERSAL,
}
LACKING = frozenset({DifferenceKind.NOT_IN_LEDGER, DifferenceKind.RETURNED})
"""What another look at the provider can put right."""


def is_ours(books: Books, org: str, provider: str, item: ProviderNews) -> bool:
    """A provider's account may serve more than us: ours is what carries our attempt, and what
    belongs to a payment we booked."""
    if item.reference and attempt_of(books, org, item.reference) is not None:
        return True
    return books.lookup(org, "money", entry_id(org, provider, item.payment_id)) is not None


def judged(
    books: Books, org: str, provider: str, item: ProviderNews
) -> tuple[DifferenceKind | None, Money | None]:
    """How the ledger differs, if it does, and what it has. A refund that failed before the ledger
    heard of it never happened: nothing has to be there."""
    ours = _booked(books, org, provider, item.id, _WENT[item.kind])
    if ours is None:
        never = item.came_back and item.kind is NewsKind.REFUND
        return (None if never else DifferenceKind.NOT_IN_LEDGER), None
    if item.came_back and not _booked(books, org, provider, item.id, _CAME_BACK[item.kind]):
        return DifferenceKind.RETURNED, ours
    return (None if ours == item.amount else DifferenceKind.AMOUNT), ours


def story(payment: ProviderPayment, now: datetime) -> Iterator[ProviderNews]:
    """A payment that was fetched, as the lists would tell of it."""
    id, ours = payment.id, payment.reference
    if payment.state is AttemptState.PAID:
        at = payment.paid_at or now
        yield ProviderNews(NewsKind.PAYMENT, id, id, payment.amount, at, True, ours)
    for refund in payment.refunds:
        failed = refund.state is RefundState.FAILED
        yield ProviderNews(
            NewsKind.REFUND, refund.id, id, refund.amount, refund.at, not failed, ours, failed
        )
    for back in payment.chargebacks:
        undone = back.reversed_at is not None
        yield ProviderNews(
            NewsKind.CHARGEBACK, back.id, id, back.amount, back.at, not undone, ours, undone
        )


def _booked(books: Books, org: str, provider: str, id: str, kind: EntryKind) -> Money | None:
    name = books.lookup(org, "entry", key_of(provider, id, kind))
    if name is None:
        return None
    entry = books.get(Entry, org, name.debtor, name.target)
    return Money(abs(entry.amount.minor), entry.amount.currency)
