"""Germany, as far as we know it: how many points late payment adds to a base rate that nobody keeps
here, EUR 40 between businesses, and the holidays of the whole country. No rule on the hours of
contact, on a letter, or on what a consumer pays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from kasstroom.compliance.collection_costs import DebtorType
from kasstroom.compliance.country_nl import HOURS
from kasstroom.compliance.country_pack import OURS, CostsRule, CountryPack, InterestRule
from kasstroom.compliance.holidays import easter

_AFTER_EASTER = (-2, 1, 39, 50)
_FIXED = ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))
_LUMP_SUM_MINOR = 4_000
_POINTS: Final = {DebtorType.CONSUMER: Decimal(5), DebtorType.BUSINESS: Decimal(9)}


@lru_cache(maxsize=32)
def german_holidays(year: int) -> frozenset[date]:
    """The nine of the whole country; each Land has more."""
    moving = {easter(year) + timedelta(days=days) for days in _AFTER_EASTER}
    return frozenset(moving | {date(year, *month_day) for month_day in _FIXED})


def _most(principal_minor: int, debtor: DebtorType) -> int | None:
    """Between businesses the lump sum; more takes proof of damage."""
    if debtor is DebtorType.CONSUMER:
        return None
    return _LUMP_SUM_MINOR if principal_minor > 0 else 0


def _percent_on(debtor: DebtorType, day: date) -> None:
    """The base rate is not in any table here."""


DE: Final = CountryPack(
    code="DE",
    zone=ZoneInfo("Europe/Berlin"),
    hours=replace(HOURS, source=OURS),
    holidays=german_holidays,
    regional=True,
    languages=("de", "en"),
    letter=None,
    costs=CostsRule(_most, "directive 2011/7/EU art. 6", confirmed=False),
    interest=InterestRule(_percent_on, _POINTS, "points above the base rate", confirmed=False),
    debt_help=False,
)
