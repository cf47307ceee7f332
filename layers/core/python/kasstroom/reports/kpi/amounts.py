"""The cells by measure, in one currency, ready to be asked about any day."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from kasstroom.errors import Refused
from kasstroom.money import EUR, minor_digits
from kasstroom.reports.assumptions import Rate
from kasstroom.reports.measures import Cells, Measure

Parts = tuple[str, ...]
ZERO = Decimal(0)
YEAR_DAYS = 365
YEAR = timedelta(days=YEAR_DAYS)
MOVES: dict[Measure, Measure] = {
    Measure.OPEN: Measure.OPEN_MOVED,
    Measure.UNALLOCATED: Measure.UNALLOCATED_MOVED,
    Measure.CHARGES: Measure.CHARGES_MOVED,
}
"""What says how a stock moved by day, so that it is known as of any day."""


class Day(NamedTuple):
    """What one daily measure counted for one set of parts on one day."""

    on: date
    parts: Parts
    amount: Decimal


@dataclass(slots=True)
class _Daily:
    """Sorted by day; `days` are theirs."""

    rows: list[Day] = field(default_factory=list)
    days: list[date] = field(default_factory=list)


class Amounts:
    """Amounts are in major units of `currency` (euros, not cents), counts as they are.

    Without a `currency` everything counts: in the one currency there is, else in euros by `rates`.
    Refused (`rate_missing`) when there are several and one has no rate. `is_whole`: nothing was
    left out, so that counts, which have no currency, belong to the same books.
    """

    def __init__(self, cells: Cells, currency: str, rates: Iterable[Rate]) -> None:
        self.currency, worth = _worth(cells, currency, rates)
        self.is_whole = True
        self._stocks: dict[Measure, dict[Parts, Decimal]] = defaultdict(dict)
        self._daily: dict[Measure, _Daily] = defaultdict(_Daily)
        for cell, value in cells.items():
            factor = worth.get(cell.currency)
            if factor is None or not value:
                self.is_whole = self.is_whole and not value
                continue
            amount = value * factor
            if cell.on is None:
                stock = self._stocks[cell.measure]
                stock[cell.parts] = stock.get(cell.parts, ZERO) + amount
            else:
                self._daily[cell.measure].rows.append(Day(cell.on, cell.parts, amount))
        for daily in self._daily.values():
            daily.rows.sort(key=lambda row: row.on)
            daily.days = [row.on for row in daily.rows]
        self._as_of: dict[Measure, dict[date, dict[Parts, Decimal]]] = defaultdict(dict)
        self._years: dict[Measure, dict[date, dict[Parts, Decimal]]] = defaultdict(dict)

    def now(self, measure: Measure) -> dict[Parts, Decimal]:
        """A stock as it stands now."""
        return self._stocks[measure]

    def daily(
        self, measure: Measure, after: date | None = None, until: date | None = None
    ) -> Iterator[Day]:
        """What counted after one day, up to and including another, oldest first."""
        daily = self._daily[measure]
        first = bisect_right(daily.days, after) if after else 0
        last = bisect_right(daily.days, until) if until else len(daily.days)
        return iter(daily.rows[first:last])

    def first_day(self, measure: Measure) -> date | None:
        days = self._daily[measure].days
        return days[0] if days else None

    def on(self, measure: Measure, on: date) -> dict[Parts, Decimal]:
        """A stock as it stood at the end of a day: what it is now less what moved since. Each day
        that was asked is remembered, and helps with the days before it."""
        known = self._as_of[measure]
        if on not in known:
            later = min((day for day in known if day > on), default=None)
            stock = dict(known[later] if later else self.now(measure))
            for moved in self.daily(MOVES[measure], on, later):
                stock[moved.parts] = stock.get(moved.parts, ZERO) - moved.amount
            known[on] = {parts: amount for parts, amount in stock.items() if amount}
        return known[on]

    def year_to(self, measure: Measure, on: date) -> dict[Parts, Decimal]:
        """What a daily measure counted in the 365 days up to and including `on`; asked for many
        days, each is worked out from the one after it."""
        known = self._years[measure]
        if on not in known:
            later = min((day for day in known if day > on), default=None)
            total = dict(known[later]) if later else {}
            until = later - YEAR if later else on
            for day in self.daily(measure, on - YEAR, until):
                total[day.parts] = total.get(day.parts, ZERO) + day.amount
            for day in self.daily(measure, on, later) if later else ():
                total[day.parts] = total.get(day.parts, ZERO) - day.amount
            known[on] = {parts: amount for parts, amount in total.items() if amount}
        return known[on]


def _worth(cells: Cells, currency: str, rates: Iterable[Rate]) -> tuple[str, dict[str, Decimal]]:
    """The currency of the figures, and what one minor unit of each currency is in it."""
    counted = {"": Decimal(1)}
    if currency:
        return currency, counted | {currency: _unit(currency)}
    found = sorted({cell.currency for cell, value in cells.items() if value and cell.currency})
    if len(found) <= 1:
        only = found[0] if found else EUR
        return only, counted | {only: _unit(only)}
    by_currency = {EUR: Decimal(1)} | {rate.currency: rate.eur for rate in rates}
    if missing := [name for name in found if name not in by_currency]:
        detail = (
            f"A total over {', '.join(found)} needs what {', '.join(missing)} is worth in euros: "
            "set it under rates in /v1/report-assumptions, or ask for one currency."
        )
        raise Refused("rate_missing", detail, "/query/currency")
    return EUR, counted | {name: _unit(name) * by_currency[name] for name in found}


def _unit(currency: str) -> Decimal:
    return Decimal(1).scaleb(-minor_digits(currency))
