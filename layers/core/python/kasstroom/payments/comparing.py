"""The provider's own lists against the ledger: what differs becomes a task, never silence.

What the ledger lacks is asked for again first; a difference that a later comparison does not find
any more resolves itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.errors import Refused, Unavailable
from kasstroom.money import Money
from kasstroom.payments.attempts import attempt_of
from kasstroom.payments.differences import DifferenceKind, agrees, differs
from kasstroom.payments.loading import entry_id
from kasstroom.payments.model import (
    BookedPayment,
    Entry,
    EntryKind,
)
from kasstroom.payments.payouts import settled
from kasstroom.payments.ports import PaymentProvider, PaymentQueue
from kasstroom.payments.posting import key_of
from kasstroom.payments.reconciliation import Day, keep_days
from kasstroom.payments.reported import (
    NewsKind,
    ProviderNews,
)
from kasstroom.ports import Books
from kasstroom.time import day_of
from kasstroom.whole_list import whole_list

LOOK_BACK_DAYS = 3
_ENTRY = {
    NewsKind.PAYMENT: EntryKind.PAYMENT,
    NewsKind.REFUND: EntryKind.REFUND,
    NewsKind.CHARGEBACK: EntryKind.CHARGEBACK,
}


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison of one provider saw: `agreed` and `asked_again` count things, `differs`
    counts the tasks that are open for them now."""

    provider: str
    seen: int = 0
    agreed: int = 0
    asked_again: int = 0
    differs: int = 0

    def counted(self) -> dict[str, str | int]:
        return {
            "provider": self.provider, "seen": self.seen, "agreed": self.agreed,
            "asked_again": self.asked_again, "differs": self.differs,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class AllCompared:
    """`unavailable` names the organisations and providers that did not answer: the next run looks
    back far enough to see what this one did not."""

    compared: tuple[Compared, ...]
    unavailable: tuple[tuple[str, str], ...]


def compare_all(
    books: Books,
    queue: PaymentQueue,
    provider_of: Callable[[str, str], PaymentProvider],
    pairs: Iterable[tuple[str, str]],
    since: datetime,
    now: datetime,
) -> AllCompared:
    """Every organisation's every provider: one that does not answer keeps no other waiting."""
    compared, unavailable = [], []
    for org, name in pairs:
        try:
            provider = provider_of(org, name)
            compared.append(compare(books, queue, org, name, provider.news(since), now))
            settled(books, org, provider.settlements(since), now)
        except (Unavailable, Refused):
            unavailable.append((org, name))
    return AllCompared(tuple(compared), tuple(unavailable))


def compare(
    books: Books,
    queue: PaymentQueue,
    org: str,
    provider: str,
    news: Iterable[ProviderNews],
    now: datetime,
) -> Compared:
    """Every payment, refund and chargeback of the last days, there and here."""
    result, seen, days = Compared(provider), set(), {}
    for item in news:
        seen.add(item.id)
        if not item.settled or not _ours(books, org, provider, item):
            continue
        result = replace(result, seen=result.seen + 1)
        kind, ours = _difference(books, org, provider, item)
        day = day_of(item.at)
        days[day] = days.get(day, Day()).with_one(item, ours, agrees=kind is None)
        if kind is None:
            agrees(books, org, provider, item.id, now)
            result = replace(result, agreed=result.agreed + 1)
            continue
        differs(books, org, provider, item, kind, ours, now)
        result = replace(result, differs=result.differs + 1)
        if kind is DifferenceKind.NOT_IN_LEDGER:
            queue.put(org, item.reference, item.payment_id, provider)
            result = replace(result, asked_again=result.asked_again + 1)
    for booked in _booked(books, org, provider, now):
        if booked.provider_id not in seen:
            told = ProviderNews(
                NewsKind.PAYMENT, booked.provider_id, booked.provider_id, booked.amount,
                booked.booked_at, True,
            )  # fmt: skip
            missing = DifferenceKind.NOT_AT_PROVIDER
            differs(books, org, provider, told, missing, booked.amount, now)
            result = replace(result, differs=result.differs + 1)
    keep_days(books, org, provider, days, now)
    return result


def _ours(books: Books, org: str, provider: str, item: ProviderNews) -> bool:
    """A provider's account may serve more than us: ours is what carries our attempt, and what
    belongs to a payment we booked."""
    if item.reference and attempt_of(books, org, item.reference) is not None:
        return True
    return books.lookup(org, "money", entry_id(org, provider, item.payment_id)) is not None


def _difference(
    books: Books, org: str, provider: str, item: ProviderNews
) -> tuple[DifferenceKind | None, Money | None]:
    name = books.lookup(org, "entry", key_of(provider, item.id, _ENTRY[item.kind]))
    if name is None:
        return DifferenceKind.NOT_IN_LEDGER, None
    entry = books.get(Entry, org, name.debtor, name.target)
    ours = Money(abs(entry.amount.minor), entry.amount.currency)
    return (None, ours) if ours == item.amount else (DifferenceKind.AMOUNT, ours)


def _booked(books: Books, org: str, provider: str, now: datetime) -> Iterator[BookedPayment]:
    """What we booked of this provider, but for the last hours, which its list may not have yet,
    and the first day, of which it may not have all."""
    for back in range(1, LOOK_BACK_DAYS):
        day = str(day_of(now - timedelta(days=back)))
        booked = whole_list(books, BookedPayment, org, day)
        yield from (b for b in booked if b.provider == provider)
