"""What the books hold of one day, read once for its report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile

from kasstroom.bank.model import BankAccount, BankLine
from kasstroom.bank.storing import Accepted
from kasstroom.payments.differences import Difference, DifferenceKind
from kasstroom.payments.model import PROVIDERS, BookedPayment, WorkState
from kasstroom.payments.payouts import Settlement
from kasstroom.payments.provider_days import ProviderDay
from kasstroom.ports import Books
from kasstroom.whole_list import AT_ONCE, whole_list

SEEN_LATELY_DAYS = 7
"""A provider that was compared on one of these days is expected on the day itself."""
TRANSIT_DAYS = 31


@dataclass(frozen=True, slots=True)
class DayRead:
    """`expected` are the providers that should have been compared, `settlements` those of this day
    and the weeks before, in its currency; `arrived` says on which day the bank booked them."""

    on: date
    currency: str
    today: date
    days: Sequence[ProviderDay]
    expected: frozenset[str]
    booked: Sequence[BookedPayment]
    lines: Sequence[BankLine]
    accounts: Sequence[BankAccount]
    settlements: Sequence[Settlement]
    differences: Sequence[Difference]
    arrived: dict[str, date]

    def wrong(self, payout: Settlement) -> Difference | None:
        """The open task that says that this payout does not add up."""
        of = (d for d in self.differences if d.kind is DifferenceKind.PAYOUT)
        ended = (d for d in of if payout.id.endswith(f"#{d.provider_id}"))
        return next((d for d in ended if d.state is WorkState.OPEN), None)


def read_day(books: Books, org: str, on: date, currency: str, today: date) -> DayRead:
    """Bounded by what happened that day and what is open."""
    days = _days(books, org, on)
    booked = list(whole_list(books, BookedPayment, org, on.isoformat()))
    near = [on + timedelta(days=d) for d in (1, *range(-SEEN_LATELY_DAYS, 0))]
    expected = {day.provider for one in near for day in _days(books, org, one)}
    expected |= {b.provider for b in booked if b.provider in PROVIDERS}
    settlements = [s for s in _settlements(books, org, on) if s.amount.currency == currency]
    arrived = {}
    for s in settlements:
        if s.line_id and (line := books.find(BankLine, org, id=s.line_id)):
            arrived[s.id] = line.booked_on
    return DayRead(
        on, currency, today, days, frozenset(expected), booked, list(_lines(books, org, on)),
        books.listing(BankAccount, org, after="", limit=AT_ONCE), settlements,
        list(whole_list(books, Difference, org)), arrived,
    )  # fmt: skip


def _days(books: Books, org: str, on: date) -> list[ProviderDay]:
    return books.listing(ProviderDay, org, on.isoformat(), after="", limit=AT_ONCE)


def _settlements(books: Books, org: str, on: date) -> Iterator[Settlement]:
    """Of this day and the weeks before."""
    since = (on - timedelta(days=TRANSIT_DAYS)).isoformat()
    return takewhile(lambda s: s.paid_on <= on, whole_list(books, Settlement, org, after=since))


def _lines(books: Books, org: str, on: date) -> Iterator[BankLine]:
    """Of accepted statements only: a file that is quarantined half-way tells nothing."""
    accepted = Accepted(books)
    on_or_after = whole_list(books, BankLine, org, after=on.isoformat())
    of_day = takewhile(lambda line: line.booked_on <= on, on_or_after)
    return (line for line in of_day if accepted.holds(line))
