"""What a provider's own list says of a day, and what the ledger has of it: kept, so that the day
can be looked at later without asking the provider again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from kasstroom.changes import Changes, Versioned
from kasstroom.money import EUR, Money
from kasstroom.payments.reported import NewsKind, ProviderNews
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom.time import day_of

KEPT_DAYS = 400
WHOLE_DAYS = 3
"""A comparison sees at least these days whole, its own last: a day on which nothing happened is
known too, and is not the same as a day that nobody compared."""


@dataclass(frozen=True, slots=True)
class Day:
    """What a provider's own list says of one day (Amsterdam) in one currency, and what the ledger
    has of it. Minor units; refunds and chargebacks count as going out. `others`: the same of the
    other currencies, each apart, for amounts in two currencies do not add up."""

    items: int = 0
    in_minor: int = 0
    out_minor: int = 0
    agreed: int = 0
    booked_in_minor: int = 0
    booked_out_minor: int = 0
    currency: str = EUR
    others: tuple[Day, ...] = field(default=())

    def with_one(self, item: ProviderNews, ours: Money | None, *, agrees: bool) -> Day:
        """What we booked of it counts in its own currency, that it differs in the provider's."""
        day = self._counted(item, agrees)
        return day._booked(item, ours) if ours else day

    def of(self, currency: str) -> Day:
        """That currency alone; all zero when nothing was in it."""
        if currency == self.currency:
            return replace(self, others=())
        return next((d for d in self.others if d.currency == currency), Day(currency=currency))

    @property
    def all_items(self) -> int:
        return self.items + sum(other.items for other in self.others)

    def _counted(self, item: ProviderNews, agrees: bool) -> Day:
        comes, minor = item.kind is NewsKind.PAYMENT, item.amount.minor
        known = self.of(item.amount.currency)
        after = replace(
            known, items=known.items + 1, agreed=known.agreed + agrees,
            in_minor=known.in_minor + (minor if comes else 0),
            out_minor=known.out_minor + (0 if comes else minor),
        )  # fmt: skip
        return self._with(after)

    def _booked(self, item: ProviderNews, ours: Money) -> Day:
        known = self.of(ours.currency)
        if item.kind is NewsKind.PAYMENT:
            return self._with(replace(known, booked_in_minor=known.booked_in_minor + ours.minor))
        return self._with(replace(known, booked_out_minor=known.booked_out_minor + ours.minor))

    def _with(self, one: Day) -> Day:
        if one.currency == self.currency:
            return replace(one, others=self.others)
        rest = (d for d in self.others if d.currency != one.currency)
        return replace(self, others=tuple(sorted((*rest, one), key=lambda d: d.currency)))


@dataclass(frozen=True, slots=True)
class ProviderDay(Versioned):
    """One provider's day as the last comparison saw it."""

    org: str
    day: date
    provider: str
    seen: Day
    compared_at: datetime
    gone_at: datetime


def keep_days(
    books: Books, org: str, provider: str, days: Mapping[date, Day], now: datetime
) -> None:
    """The days a comparison saw, those without anything too; a later one that saw as much of a day
    or more replaces it."""
    whole = (day_of(now) - timedelta(days=back) for back in range(WHOLE_DAYS))
    for day, seen in ({day: Day() for day in whole} | dict(days)).items():
        settle(books, lambda d=day, s=seen: _kept(books, org, provider, d, s, now))  # type: ignore[misc]


def _kept(
    books: Books, org: str, provider: str, day: date, seen: Day, now: datetime
) -> tuple[Changes, None]:
    known = books.find(ProviderDay, org, day.isoformat(), provider)
    fresh = ProviderDay(org, day, provider, seen, now, now + timedelta(days=KEPT_DAYS))
    if known is None:
        return Changes(create=(fresh,)), None
    if known.seen.all_items > seen.all_items:
        # Seen whole before: what this comparison has less of, it did not see.
        fresh = replace(fresh, seen=known.seen)
    return Changes(update=(replace(fresh, version=known.version),)), None
