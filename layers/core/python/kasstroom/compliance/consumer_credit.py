"""Is paying later regulated consumer credit? Directive (EU) 2023/2225 (CCD2).

What would be regulated is for a person to decide on (art. 22 GDPR; art. 18 CCD2 gives the consumer
a person too): the directive sets duties, it forbids nothing. It is forbidden only to who offers
credit without a licence (art. 2:60 Wft), and whether that is so the books do not know: such a
seller says it with `"regulated_credit": "declined"` in its policy (`kasstroom.credit.policy`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Exemption:
    """The seller's own deferred payment that stays outside, for agreements from `applies_from` on:
    all paid within so many days of delivery. A seller that is no SME has the shorter time when it
    sells at a distance."""

    applies_from: date
    days: int
    days_large: int


EXEMPTIONS = (Exemption(date(2026, 11, 20), days=50, days_large=14),)
"""Oldest first. What Dutch law exempted before the first day is not modelled here: an older
agreement is judged by the first row, so that the guard is never off. A change of the law is one row
more."""


class Regime(StrEnum):
    EXEMPT = "exempt"
    REGULATED = "regulated"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class SellerTerms:
    """How the organisation offers to pay later to consumers. `third_party`: somebody else than the
    supplier offers the credit or buys the claim; `interest` and `fees`: anything charged to the
    consumer, be it one euro, beyond the limited costs of late payment that national law allows."""

    sme: bool = True
    third_party: bool = False
    interest: bool = False
    fees: bool = False
    platform: bool = False


def bnpl_regime(seller: SellerTerms, days: int, agreed_on: date | None = None) -> Regime:
    """`days` from delivery until all is paid; `agreed_on` the day of the agreement, today's law
    when it is left out. A platform's sale is for a person to judge: the Dutch act brings it in
    scope, the directive does not by itself. For natural persons outside their trade only."""
    exemption = exemption_on(agreed_on)
    longest = exemption.days if seller.sme else exemption.days_large
    if seller.third_party or seller.interest or seller.fees or days > longest:
        return Regime.REGULATED
    return Regime.REVIEW if seller.platform else Regime.EXEMPT


def longest_exempt_days(seller: SellerTerms, agreed_on: date | None = None) -> int | None:
    """The longest term that stays exempt; None when no term does."""
    if seller.third_party or seller.interest or seller.fees or seller.platform:
        return None
    exemption = exemption_on(agreed_on)
    return exemption.days if seller.sme else exemption.days_large


def exemption_on(agreed_on: date | None) -> Exemption:
    """The row for an agreement of this day; the newest without a day, the first before all."""
    if agreed_on is None:
        return EXEMPTIONS[-1]
    applying = [row for row in EXEMPTIONS if row.applies_from <= agreed_on]
    return applying[-1] if applying else EXEMPTIONS[0]
