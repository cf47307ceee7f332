"""A table of statutory rates as periods, so that a hole shows: rows that tell only changes cannot
say whether one is missing. Checked before a table is used; the way back gives every half year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kasstroom.compliance.statutory_rates import KNOWN_UNTIL, RATES, ClaimType, Rate, rate_on
from kasstroom.errors import Refused

_DAY = timedelta(days=1)
_HIGHEST = Decimal(100)
_SPLIT = date(2013, 3, 16)
"""The eighth point of directive 2011/7/EU began on this day."""
_STARTS = ((1, 1), (7, 1))
_HALF_YEARS_FROM = 2005
"""Decrees of before took other days: 2003-08-01, 2004-02-01."""


@dataclass(frozen=True, slots=True)
class RatePeriod:
    """One rate over days that are all known, both included."""

    from_on: date
    until_on: date
    percent: Decimal
    source: str = ""


def checked_periods(claim: ClaimType, periods: Sequence[RatePeriod]) -> tuple[Rate, ...]:
    """The rows that these periods make, one for each change. Refused without a period, out of
    order, with a day that has two rates or none, a first day on which no rate can change, or a
    percentage that is none."""
    if not periods:
        raise Refused("no_rates", f"There is no {claim} rate; give every period.", "/periods")
    rows: list[Rate] = []
    for at, period in enumerate(periods):
        _checked(period, f"/periods/{at}")
        if at:
            _joined(periods[at - 1], period, f"/periods/{at}")
        if not rows or rows[-1].percent != period.percent:
            rows.append(Rate(period.from_on, period.percent, period.source))
    return tuple(rows)


def periods_of(claim: ClaimType, until_on: date = KNOWN_UNTIL) -> tuple[RatePeriod, ...]:
    """The table as half years, so that a hole shows: every 1 January and 1 July has its own."""
    first = RATES[claim][0].from_on
    years = range(first.year, until_on.year + 1)
    starts = {date(year, *start) for year in years for start in _STARTS}
    starts |= {rate.from_on for rate in RATES[claim]}
    starts = {day for day in starts if first <= day <= until_on}
    ordered = [*sorted(starts), until_on + _DAY]
    return tuple(
        RatePeriod(start, after - _DAY, rate_on(claim, start).percent, rate_on(claim, start).source)
        for start, after in zip(ordered, ordered[1:], strict=False)
    )


def _checked(period: RatePeriod, pointer: str) -> None:
    if period.until_on < period.from_on:
        detail = f"The period from {period.from_on} ends before it begins; correct its days."
        raise Refused("period_backwards", detail, pointer)
    if not 0 <= period.percent <= _HIGHEST:
        raise Refused("invalid_rate", f"A rate is 0 to {_HIGHEST} percent a year.", pointer)
    day = period.from_on
    if day.year >= _HALF_YEARS_FROM and day != _SPLIT and (day.month, day.day) not in _STARTS:
        detail = f"A rate begins on 1 January or 1 July, not on {day}."
        raise Refused("rate_begins_elsewhere", detail, pointer)


def _joined(before: RatePeriod, period: RatePeriod, pointer: str) -> None:
    if period.from_on <= before.from_on:
        detail = f"{period.from_on} stands behind {before.from_on}; put the oldest first."
        raise Refused("rates_unordered", detail, pointer)
    if period.from_on <= before.until_on:
        detail = f"Two rates hold on {period.from_on}; end the first the day before."
        raise Refused("rates_overlap", detail, pointer)
    if period.from_on > before.until_on + _DAY:
        detail = f"No rate holds from {before.until_on + _DAY} on; add the row that is missing."
        raise Refused("rates_hole", detail, pointer)
