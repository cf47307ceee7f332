"""The provider's own lists against the ledger: what differs becomes a task, never silence.

What the ledger lacks is asked for again first, and what the lists lack is asked of the provider
itself; a difference that a later comparison does not find any more resolves itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from kasstroom.errors import KasstroomError, NotFound, Refused, Unavailable
from kasstroom.payments.differences import Difference, DifferenceKind, agrees, differs
from kasstroom.payments.judging import LACKING, is_ours, judged, story
from kasstroom.payments.model import BookedPayment, WorkState
from kasstroom.payments.payouts import settled
from kasstroom.payments.ports import PaymentProvider, PaymentQueue
from kasstroom.payments.reconciliation import Day, ProviderDay, keep_days
from kasstroom.payments.reported import NewsKind, ProviderNews
from kasstroom.ports import Books
from kasstroom.time import day_of
from kasstroom.whole_list import whole_list

LOOK_BACK, OVERLAP = timedelta(days=3), timedelta(days=1)
LONGEST_SILENCE_DAYS = 14
"""So far back the last comparison is looked for: a provider may not answer for days."""
MOST_QUESTIONS = 200
"""So many payments a provider is asked for by name in one comparison."""
MOST_SILENCES = 3
"""After so many questions without an answer no more are asked: each costs a time-out."""


@dataclass(slots=True)
class Compared:
    """What a comparison of one provider saw: `agreed` and `asked_again` count things, `differs`
    counts the tasks that are open for them now, `unanswered` the questions without an answer."""

    provider: str
    seen: int = 0
    agreed: int = 0
    asked_again: int = 0
    differs: int = 0
    unanswered: int = 0

    def counted(self) -> dict[str, str | int]:
        return {
            "provider": self.provider, "seen": self.seen, "agreed": self.agreed,
            "asked_again": self.asked_again, "differs": self.differs,
            "unanswered": self.unanswered,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class AllCompared:
    """`unavailable` names the organisations and providers that did not answer, or not all: the next
    run looks back far enough to see what this one did not."""

    compared: tuple[Compared, ...]
    unavailable: tuple[tuple[str, str], ...]


def compare_all(
    books: Books,
    queue: PaymentQueue,
    provider_of: Callable[[str, str], PaymentProvider],
    pairs: Iterable[tuple[str, str]],
    now: datetime,
) -> AllCompared:
    """Every organisation's every provider: one that does not answer keeps no other waiting."""
    compared, unavailable = [], []
    for org, name in pairs:
        try:
            provider, since = provider_of(org, name), _since(books, org, name, now)
            compared.append(compare(books, queue, org, provider, since, now))
            settled(books, queue, org, provider.settlements(since), now)
            if compared[-1].unanswered:
                unavailable.append((org, name))
        except KasstroomError:
            unavailable.append((org, name))
    return AllCompared(tuple(compared), tuple(unavailable))


def _since(books: Books, org: str, provider: str, now: datetime) -> datetime:
    """Some days back, or to before the last comparison when that is longer ago."""
    for back in range(LONGEST_SILENCE_DAYS + 1):
        day = day_of(now - timedelta(days=back)).isoformat()
        if seen := books.find(ProviderDay, org, day, provider):
            return min(seen.compared_at - OVERLAP, now - LOOK_BACK)
    return now - LOOK_BACK


def compare(
    books: Books,
    queue: PaymentQueue,
    org: str,
    provider: PaymentProvider,
    since: datetime,
    now: datetime,
) -> Compared:
    """Every payment, refund and chargeback of the last days, there and here; then what only the
    ledger has, and the tasks that are open still, each asked of the provider by name."""
    look = _Look(books, queue, org, provider, since, now, Compared(provider.name))
    for item in provider.news(since):
        look.at(item)
    for booked in _booked(look):
        if booked.provider_id not in look.seen:
            look.at_missing(booked)
    for task in list(whole_list(books, Difference, org)):
        if task.state is WorkState.OPEN and task.provider == provider.name:
            look.at_task(task)
    keep_days(books, org, provider.name, look.days, now)
    return look.result


def _booked(look: _Look) -> Iterator[BookedPayment]:
    """What we booked of this provider, but for the last hours, which its list may not have yet,
    and the first day, of which it may not have all."""
    for back in range(1, (look.now - look.since).days):
        day = str(day_of(look.now - timedelta(days=back)))
        booked = whole_list(look.books, BookedPayment, look.org, day)
        yield from (b for b in booked if b.provider == look.provider.name)


@dataclass(slots=True)
class _Look:
    """One comparison, while it goes on. `seen` are the ids that were judged, `asked` the payments
    that were asked for by name."""

    books: Books
    queue: PaymentQueue
    org: str
    provider: PaymentProvider
    since: datetime
    now: datetime
    result: Compared
    seen: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    days: dict[date, Day] = field(default_factory=dict)

    def at(self, item: ProviderNews) -> None:
        """Judges one thing, once."""
        name = self.provider.name
        if not (item.settled or item.came_back) or item.id in self.seen:
            return
        if not is_ours(self.books, self.org, name, item):
            return
        self.seen.add(item.id)
        self.result.seen += 1
        kind, ours = judged(self.books, self.org, name, item)
        if item.settled and item.at >= self.since:
            day = day_of(item.at)
            self.days[day] = self.days.get(day, Day()).with_one(item, ours, agrees=kind is None)
        if kind is None:
            agrees(self.books, self.org, name, item.id, self.now)
            self.result.agreed += 1
            return
        differs(self.books, self.org, name, item, kind, ours, self.now)
        self.result.differs += 1
        if kind in LACKING:
            self.queue.put(self.org, item.reference, item.payment_id, name)
            self.result.asked_again += 1

    def at_missing(self, booked: BookedPayment) -> None:
        """Booked here and not in the lists, which go by the day a payment was made: only when the
        provider has it neither by name, or not as paid, it differs."""
        if not self._ask(booked.provider_id) or booked.provider_id in self.seen:
            return
        told = ProviderNews(
            NewsKind.PAYMENT, booked.provider_id, booked.provider_id, booked.amount,
            booked.booked_at, True,
        )  # fmt: skip
        self.seen.add(told.id)
        missing = DifferenceKind.NOT_AT_PROVIDER
        differs(self.books, self.org, self.provider.name, told, missing, booked.amount, self.now)
        self.result.differs += 1

    def at_task(self, task: Difference) -> None:
        """What was put right since, however long ago it happened, resolves."""
        if task.kind is not DifferenceKind.PAYOUT and task.provider_id not in self.seen:
            self._ask(task.payment_id)

    def _ask(self, payment_id: str) -> bool:
        """Judges the whole story of one payment; False when the provider did not answer."""
        if not payment_id or payment_id in self.asked or len(self.asked) >= MOST_QUESTIONS:
            return True
        try:
            if self.result.unanswered >= MOST_SILENCES:
                raise Unavailable("provider_unavailable", "It did not answer just now.")
            payment = self.provider.fetch(payment_id)
        except (NotFound, Refused):
            return True
        except Unavailable:
            self.result.unanswered += 1
            return False
        finally:
            self.asked.add(payment_id)
        for item in story(payment, self.now):
            self.at(item)
        return True
