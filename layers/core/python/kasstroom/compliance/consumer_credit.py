"""Is paying later regulated consumer credit? Directive (EU) 2023/2225 (CCD2), from 20 Nov 2026."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

EXEMPT_DAYS = 50
EXEMPT_DAYS_LARGE = 14
"""A seller that is no SME, selling at a distance, stays outside for fourteen days only."""


class Regime(StrEnum):
    EXEMPT = "exempt"
    REGULATED = "regulated"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class SellerTerms:
    """How the organisation offers to pay later to consumers. `third_party`: somebody else offers
    the credit or buys the claim; `interest` and `fees`: charged to the consumer, beyond the limited
    costs of late payment that national law allows."""

    sme: bool = True
    third_party: bool = False
    interest: bool = False
    fees: bool = False
    platform: bool = False


def bnpl_regime(seller: SellerTerms, days: int) -> Regime:
    """`days` from delivery until all is paid. A platform's sale is for a person to judge: the Dutch
    act brings it in scope, the directive does not by itself."""
    longest = EXEMPT_DAYS if seller.sme else EXEMPT_DAYS_LARGE
    if seller.third_party or seller.interest or seller.fees or days > longest:
        return Regime.REGULATED
    return Regime.REVIEW if seller.platform else Regime.EXEMPT


def longest_exempt_days(seller: SellerTerms) -> int | None:
    """The longest term that stays exempt; None when no term does."""
    if seller.third_party or seller.interest or seller.fees or seller.platform:
        return None
    return EXEMPT_DAYS if seller.sme else EXEMPT_DAYS_LARGE
