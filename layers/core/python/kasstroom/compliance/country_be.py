"""Belgium, as far as we know it: book XIX of the code of economic law (consumers), the federal
holidays, no rate of interest and no rule on the hours of contact."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from kasstroom.compliance.collection_costs import DebtorType
from kasstroom.compliance.country_nl import HOURS
from kasstroom.compliance.country_pack import OURS, CostsRule, CountryPack, LetterRule
from kasstroom.compliance.holidays import easter

_BOOK_XIX = "book XIX code of economic law"
_AFTER_EASTER = (1, 39, 50)
_FIXED = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
_MOST_MINOR = 200_000
_BRACKETS = ((15_000, 2_000, 0), (50_000, 3_000, 10), (None, 6_500, 5))
"""Up to so much principal: a sum, and a percentage of what is above the bracket before it."""


@lru_cache(maxsize=32)
def belgian_holidays(year: int) -> frozenset[date]:
    """The ten legal holidays; where one falls on a Sunday, employers choose another day, which is
    not among them."""
    moving = {easter(year) + timedelta(days=days) for days in _AFTER_EASTER}
    return frozenset(moving | {date(year, *month_day) for month_day in _FIXED})


def _most(principal_minor: int, debtor: DebtorType) -> int | None:
    if debtor is DebtorType.BUSINESS:
        return None
    above = 0
    for up_to, fixed, percent in _BRACKETS:
        if up_to is None or principal_minor <= up_to:
            part = (principal_minor - above) * percent // 100
            return min(fixed + part, _MOST_MINOR) if principal_minor > 0 else 0
        above = up_to
    raise AssertionError("the last bracket has no end")


BE: Final = CountryPack(
    code="BE",
    zone=ZoneInfo("Europe/Brussels"),
    hours=replace(HOURS, source=OURS),
    holidays=belgian_holidays,
    regional=False,
    languages=("nl", "en", "de"),
    letter=LetterRule(
        free=True, term_days=14, wording=False, source=_BOOK_XIX, confirmed=False
    ),
    costs=CostsRule(_most, _BOOK_XIX, confirmed=False),
    interest=None,
    debt_help=False,
)  # fmt: skip
