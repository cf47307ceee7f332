"""The Dutch statutory interest, as dated rows (art. 6:119, 6:119a, 6:119b and 6:120 BW).

The consumer rate is set by decree and cannot be computed; the commercial rate is the ECB's main
refinancing rate before 1 January and 1 July plus eight points (seven before 16 March 2013).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kasstroom.errors import Refused


class ClaimType(StrEnum):
    """Commercial: an agreement between businesses to pay for goods or services. Government: the
    debtor is a public body; the same rate."""

    CONSUMER = "consumer"
    COMMERCIAL = "commercial"
    GOVERNMENT = "government"


ARTICLE = {
    ClaimType.CONSUMER: "art. 6:119 BW",
    ClaimType.COMMERCIAL: "art. 6:119a BW",
    ClaimType.GOVERNMENT: "art. 6:119b BW",
}


@dataclass(frozen=True, slots=True)
class Rate:
    """Percent a year from this day on."""

    from_on: date
    percent: Decimal
    source: str


KNOWN_UNTIL = date(2026, 12, 31)
"""The last day whose rates were published when the rows were checked. Both rates may change on
every 1 January and 1 July: add a row, or move this day."""
CHECKED_ON = date(2026, 11, 21)
"""The day somebody last compared the rows with what was published (Staatsblad, ECB)."""


def _decree(year: int, month: int, percent: int, published: str = "") -> Rate:
    source = f"art. 6:120 lid 1 BW{f'; {published}' if published else ''}"
    return Rate(date(year, month, 1), Decimal(percent), source)


def _ecb(year: int, month: int, refinancing: str, *, day: int = 1, plus: int = 8) -> Rate:
    source = f"art. 6:120 lid 2 BW: ECB refinancing rate {refinancing} + {plus}"
    return Rate(date(year, month, day), Decimal(refinancing) + plus, source)


_CONSUMER = (
    _decree(2002, 1, 7),
    _decree(2003, 8, 5),
    _decree(2004, 2, 4),
    _decree(2007, 1, 6),
    _decree(2009, 7, 4, "Stb. 2009, 262"),
    _decree(2010, 1, 3),
    _decree(2011, 7, 4),
    _decree(2012, 7, 3, "Stb. 2012, 285"),
    _decree(2015, 1, 2, "Stb. 2014, 491"),
    _decree(2023, 1, 4),
    _decree(2023, 7, 6),
    _decree(2024, 1, 7),
    _decree(2025, 1, 6),
    _decree(2026, 1, 4, "Stb. 2025, 438"),
)
_COMMERCIAL = (
    _ecb(2009, 7, "1.00", plus=7),
    _ecb(2011, 7, "1.25", plus=7),
    _ecb(2012, 1, "1.00", plus=7),
    _ecb(2013, 1, "0.75", plus=7),
    _ecb(2013, 3, "0.75", day=16),
    _ecb(2013, 7, "0.50"),
    _ecb(2014, 1, "0.25"),
    _ecb(2014, 7, "0.15"),
    _ecb(2015, 1, "0.05"),
    _ecb(2016, 7, "0.00"),
    _ecb(2023, 1, "2.50"),
    _ecb(2023, 7, "4.00"),
    _ecb(2024, 1, "4.50"),
    _ecb(2024, 7, "4.25"),
    _ecb(2025, 1, "3.15"),
    _ecb(2025, 7, "2.15"),
    _ecb(2026, 7, "2.40"),
)
RATES = {
    ClaimType.CONSUMER: _CONSUMER,
    ClaimType.COMMERCIAL: _COMMERCIAL,
    ClaimType.GOVERNMENT: _COMMERCIAL,
}
"""Oldest first. Contracts of before 16 March 2013 keep the seven points and are not in it."""


def rate_on(claim: ClaimType, day: date) -> Rate:
    """Refused for a day before the first row."""
    applying = [rate for rate in RATES[claim] if rate.from_on <= day]
    if not applying:
        first = RATES[claim][0].from_on
        raise Refused(
            "rate_unknown", f"The {claim} rates begin on {first}; no rate is known for {day}."
        )
    return applying[-1]


def rates_between(claim: ClaimType, first: date, last: date) -> tuple[Rate, ...]:
    """Every rate of these days, both included; days before the first row have none."""
    rows = RATES[claim]
    ends = [*(rate.from_on for rate in rows[1:]), date.max]
    return tuple(
        rate for rate, end in zip(rows, ends, strict=True) if rate.from_on <= last and first < end
    )
