"""Three sides of a day: what the ledger booked, what the providers say, what the bank shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import takewhile

from kasstroom.bank.model import BankLine, LineKind, LineState
from kasstroom.changes import Changes, Versioned
from kasstroom.money import EUR, Money
from kasstroom.payments.differences import Difference
from kasstroom.payments.model import (
    BookedPayment,
    UnmatchedMoney,
    WorkState,
)
from kasstroom.payments.payouts import Settlement
from kasstroom.payments.reported import (
    NewsKind,
    ProviderNews,
)
from kasstroom.ports import Books
from kasstroom.settle import settle
from kasstroom.whole_list import AT_ONCE, whole_list

KEPT_DAYS = 400


@dataclass(frozen=True, slots=True)
class Day:
    """What a provider's own list says of one day (Amsterdam), and what the ledger has of it.
    Minor units; refunds and chargebacks count as going out."""

    items: int = 0
    in_minor: int = 0
    out_minor: int = 0
    agreed: int = 0
    booked_in_minor: int = 0
    booked_out_minor: int = 0

    def with_one(self, item: ProviderNews, ours: Money | None, *, agrees: bool) -> Day:
        comes, mine = item.kind is NewsKind.PAYMENT, ours.minor if ours else 0
        return Day(
            self.items + 1,
            self.in_minor + (item.amount.minor if comes else 0),
            self.out_minor + (0 if comes else item.amount.minor),
            self.agreed + agrees,
            self.booked_in_minor + (mine if comes else 0),
            self.booked_out_minor + (0 if comes else mine),
        )


@dataclass(frozen=True, slots=True)
class ProviderDay(Versioned):
    """One provider's day as the last comparison saw it."""

    org: str
    day: date
    provider: str
    seen: Day
    compared_at: datetime
    gone_at: datetime


@dataclass(frozen=True, slots=True)
class Side:
    """One line of a report: how many, and how much (signed: what came in is positive)."""

    what: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class ProviderSide:
    """`agreed` of `items` are in the ledger with the same amount; `difference` is provider less
    ledger."""

    provider: str
    items: int
    agreed: int
    amount: Money
    booked: Money
    difference: Money
    compared_at: datetime


@dataclass(frozen=True, slots=True)
class PayoutSide:
    """A payout of the day: gross less fee is the amount; `on_statement` when its bank line is."""

    provider: str
    reference: str
    gross: Money
    fee: Money
    amount: Money
    unknown_lines: int
    on_statement: bool


@dataclass(frozen=True, slots=True)
class DayReport:
    """`complete`: every provider was compared and agrees, every payout of the day is on the
    statement, and no bank line of the day waits for anybody."""

    on: date
    ledger: tuple[Side, ...]
    providers: tuple[ProviderSide, ...]
    payouts: tuple[PayoutSide, ...]
    bank: tuple[Side, ...]
    open_differences: int
    open_unmatched: int
    complete: bool


def keep_days(
    books: Books, org: str, provider: str, days: Mapping[date, Day], now: datetime
) -> None:
    """The days a comparison saw; a later one that saw more of a day replaces it."""
    for day, seen in days.items():
        settle(books, lambda d=day, s=seen: _kept(books, org, provider, d, s, now))  # type: ignore[misc]


def _kept(
    books: Books, org: str, provider: str, day: date, seen: Day, now: datetime
) -> tuple[Changes, None]:
    known = books.find(ProviderDay, org, day.isoformat(), provider)
    fresh = ProviderDay(org, day, provider, seen, now, now + timedelta(days=KEPT_DAYS))
    if known is None:
        return Changes(create=(fresh,)), None
    if known.seen.items > seen.items:
        return Changes(), None
    return Changes(update=(replace(fresh, version=known.version),)), None


def report(books: Books, org: str, on: date, currency: str = EUR) -> DayReport:
    """The day in one currency. Bounded by what happened that day."""
    days = books.listing(ProviderDay, org, on.isoformat(), after="", limit=AT_ONCE)
    providers = tuple(_provider(day, currency) for day in days)
    payouts = tuple(_payout(s) for s in _settlements(books, org, on))
    bank = _bank(books, org, on, currency)
    waiting = sum(side.count for side in bank if side.what in _WAITS)
    differences = sum(d.state is WorkState.OPEN for d in whole_list(books, Difference, org))
    unmatched = sum(u.state is WorkState.OPEN for u in whole_list(books, UnmatchedMoney, org))
    agrees = all(p.agreed == p.items for p in providers) and all(p.on_statement for p in payouts)
    return DayReport(
        on, _ledger(books, org, on, currency), providers, payouts, bank, differences, unmatched,
        agrees and not waiting and bool(providers),
    )  # fmt: skip


_ATTENTION = (LineKind.RECEIPT, LineKind.RETURN, LineKind.PAYOUT)
_UNDECIDED = (LineState.OPEN, LineState.PROPOSED)
_WAITS = frozenset(f"{kind}.{state}" for kind in _ATTENTION for state in _UNDECIDED)


def _provider(day: ProviderDay, currency: str) -> ProviderSide:
    net = day.seen.in_minor - day.seen.out_minor
    booked = day.seen.booked_in_minor - day.seen.booked_out_minor
    return ProviderSide(
        day.provider, day.seen.items, day.seen.agreed, Money(net, currency),
        Money(booked, currency), Money(net - booked, currency), day.compared_at,
    )  # fmt: skip


def _payout(s: Settlement) -> PayoutSide:
    return PayoutSide(s.provider, s.reference, s.gross, s.fee, s.amount, s.unknown, bool(s.line_id))


def _settlements(books: Books, org: str, on: date) -> Iterator[Settlement]:
    found = books.listing(Settlement, org, after=f"{on}", limit=AT_ONCE)
    return (s for s in found if s.paid_on == on)


def _ledger(books: Books, org: str, on: date, currency: str) -> tuple[Side, ...]:
    sums: dict[str, Side] = {}
    for booked in whole_list(books, BookedPayment, org, on.isoformat()):
        if booked.amount.currency == currency:
            _add(sums, booked.provider, booked.amount)
    return _sorted(sums)


def _bank(books: Books, org: str, on: date, currency: str) -> tuple[Side, ...]:
    """By kind and state of the lines booked that day."""
    sums: dict[str, Side] = {}
    on_or_after = whole_list(books, BankLine, org, after=on.isoformat())
    for line in takewhile(lambda line: line.booked_on <= on, on_or_after):
        if line.amount.currency == currency:
            _add(sums, f"{line.kind}.{line.state}", line.amount)
    return _sorted(sums)


def _add(sums: dict[str, Side], what: str, amount: Money) -> None:
    was = sums.get(what, Side(what, 0, Money.zero(amount.currency)))
    sums[what] = Side(what, was.count + 1, was.amount + amount)


def _sorted(sums: dict[str, Side]) -> tuple[Side, ...]:
    return tuple(sums[what] for what in sorted(sums))
