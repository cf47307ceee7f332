"""The Netherlands: the rules the rest of this context counts with."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Final

from kasstroom.compliance.collection_costs import BESLUIT, DebtorType, collection_costs
from kasstroom.compliance.country_pack import (
    ContactHours,
    CostsRule,
    CountryPack,
    InterestRule,
    LetterRule,
)
from kasstroom.compliance.holidays import SUNDAY, holidays
from kasstroom.compliance.letter14 import TERM_DAYS
from kasstroom.compliance.statutory_rates import ClaimType, rate_on
from kasstroom.time import AMSTERDAM

_CLAIM = {
    DebtorType.CONSUMER: ClaimType.CONSUMER,
    DebtorType.BUSINESS: ClaimType.COMMERCIAL,
}
HOURS: Final = ContactHours(
    opens=time(7),
    closes=time(20),
    closed_weekdays=frozenset({SUNDAY}),
    source="art. 4.2 Besluit kwaliteit incassodienstverlening",
)


def _most(principal_minor: int, debtor: DebtorType) -> int:
    return collection_costs([principal_minor], debtor).costs_minor


def _percent_on(debtor: DebtorType, day: date) -> Decimal:
    return rate_on(_CLAIM[debtor], day).percent


NL: Final = CountryPack(
    code="NL",
    zone=AMSTERDAM,
    hours=HOURS,
    holidays=holidays,
    regional=False,
    languages=("nl", "fy", "en"),
    letter=LetterRule(
        free=True,
        term_days=TERM_DAYS,
        wording=True,
        source="art. 6:96 lid 6 BW; HR 25-11-2016, ECLI:NL:HR:2016:2704",
        confirmed=True,
    ),
    costs=CostsRule(_most, BESLUIT, confirmed=True),
    interest=InterestRule(_percent_on, None, "art. 6:119, 6:119a and 6:120 BW", confirmed=True),
    debt_help=True,
)
