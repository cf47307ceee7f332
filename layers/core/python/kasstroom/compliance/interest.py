"""Statutory and contractual interest over late money (art. 6:119, 6:119a and 6:119b BW).

It runs from the day after the due day up to and including the day of payment. Statutory interest
is added to the base whenever a year ends that began on the first day of default; a year that began
on 29 February is followed by one that begins on 28 February. Exact within a year; rounded half up
when a year ends, added to the base or not, and at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from kasstroom.compliance.statutory_rates import (
    ARTICLE,
    KNOWN_UNTIL,
    RATES,
    ClaimType,
    Rate,
    rate_on,
)
from kasstroom.errors import Refused

LONGEST_YEARS = 50
LARGEST_MINOR = 10**17
CONTRACT = "contract"
"""The source of a rate that was agreed."""
_DAY = timedelta(days=1)


class DayCount(StrEnum):
    """The law knows none; practice divides by 365. By 366 for the days of a leap year is the lower
    of the two, so that a year never bears more than its percentage."""

    ACT_ACT = "act/act"
    ACT_365F = "act/365f"


class Compounding(StrEnum):
    YEARLY = "yearly"
    SIMPLE = "simple"


@dataclass(frozen=True, slots=True)
class Terms:
    """`contract_percent` replaces the statutory rate, and does not compound unless that was agreed
    too (`compounding`); statutory interest does (art. 6:119 lid 2, 6:119a lid 3 BW)."""

    claim: ClaimType = ClaimType.CONSUMER
    day_count: DayCount = DayCount.ACT_ACT
    compounding: Compounding | None = None
    contract_percent: Decimal | None = None

    @property
    def compounds(self) -> bool:
        statutory = self.contract_percent is None
        usual = Compounding.YEARLY if statutory else Compounding.SIMPLE
        return (self.compounding or usual) is Compounding.YEARLY

    @property
    def article(self) -> str:
        return ARTICLE[self.claim]


@dataclass(frozen=True, slots=True)
class Segment:
    """Days with one base, one rate and one length of the year, both ends included. `interest` is
    exact, in cents; `provisional` when the rate of these days was not published yet."""

    from_on: date
    until_on: date
    percent: Decimal
    base_minor: int
    year_days: int
    source: str

    @property
    def days(self) -> int:
        return (self.until_on - self.from_on).days + 1

    @property
    def interest(self) -> Decimal:
        return self.base_minor * self.percent * self.days / (100 * self.year_days)

    @property
    def provisional(self) -> bool:
        return self.until_on > KNOWN_UNTIL and self.source != CONTRACT


@dataclass(frozen=True, slots=True)
class Year:
    """One year of interest, or the part of it until payment; `interest_minor` is rounded once."""

    segments: tuple[Segment, ...]
    interest_minor: int


@dataclass(frozen=True, slots=True)
class Interest:
    """The years count from the first day of default."""

    principal_minor: int
    years: tuple[Year, ...]

    @property
    def interest_minor(self) -> int:
        return sum(year.interest_minor for year in self.years)

    @property
    def segments(self) -> tuple[Segment, ...]:
        return tuple(segment for year in self.years for segment in year.segments)

    @property
    def days(self) -> int:
        return sum(segment.days for segment in self.segments)


def interest(principal_minor: int, due_on: date, paid_on: date, terms: Terms) -> Interest:
    """None when paid in time. Refused for days without a known rate, more than LONGEST_YEARS, or a
    base that grows above LARGEST_MINOR."""
    if paid_on > _later(due_on, LONGEST_YEARS):
        raise Refused("too_long", f"At most {LONGEST_YEARS} years are counted; see the due day.")
    years, base = [], principal_minor
    for from_on, until_on in _years(due_on + _DAY, paid_on):
        segments = tuple(_segments(base, from_on, until_on, terms))
        exact = sum((segment.interest for segment in segments), Decimal(0))
        years.append(Year(segments, int(exact.quantize(Decimal(1), ROUND_HALF_UP))))
        base += years[-1].interest_minor if terms.compounds else 0
        if base > LARGEST_MINOR:
            raise Refused("amount_too_large", "The interest grows too large; count fewer years.")
    return Interest(principal_minor, tuple(years))


def _years(first: date, last: date) -> Iterator[tuple[date, date]]:
    """From anniversary to anniversary, both ends included; the last may be a part of a year."""
    from_on, passed = first, 0
    while from_on <= last:
        passed += 1
        until_on = min(last, _later(first, passed) - _DAY)
        yield from_on, until_on
        from_on = until_on + _DAY


def _later(day: date, years: int) -> date:
    """29 February becomes 28 February in a year without one."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _segments(base_minor: int, from_on: date, until_on: date, terms: Terms) -> Iterator[Segment]:
    for cut in [*_cuts(terms, from_on, until_on), until_on + _DAY]:
        rate = _rate(terms, from_on)
        year_days = 366 if terms.day_count is DayCount.ACT_ACT and _leap(from_on.year) else 365
        yield Segment(from_on, cut - _DAY, rate.percent, base_minor, year_days, rate.source)
        from_on = cut


def _cuts(terms: Terms, from_on: date, until_on: date) -> list[date]:
    """The first days of what differs: a rate, a leap year or the years around it, and the first
    day whose rate nobody knows yet."""
    cuts = {rate.from_on for rate in _rows(terms)}
    if terms.contract_percent is None:
        cuts.add(KNOWN_UNTIL + _DAY)
    if terms.day_count is DayCount.ACT_ACT:
        years = range(from_on.year + 1, until_on.year + 1)
        cuts |= {date(year, 1, 1) for year in years if _leap(year) or _leap(year - 1)}
    return sorted(cut for cut in cuts if from_on < cut <= until_on)


def _rows(terms: Terms) -> tuple[Rate, ...]:
    return RATES[terms.claim] if terms.contract_percent is None else ()


def _rate(terms: Terms, day: date) -> Rate:
    if terms.contract_percent is None:
        return rate_on(terms.claim, day)
    return Rate(day, terms.contract_percent, CONTRACT)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
