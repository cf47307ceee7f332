"""Out-of-court collection costs (art. 6:96 BW; Besluit vergoeding voor buitengerechtelijke
incassokosten, Stb. 2012, 141): a share of the principal in brackets, with a minimum and a maximum.
Amounts are eurocents; interest and costs are no part of the principal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from kasstroom.errors import Refused

BESLUIT = "art. 2 Besluit vergoeding voor buitengerechtelijke incassokosten"
IN_ONE_LETTER = "art. 6:96 lid 7 BW"
EACH_INVOICE = "art. 6:96 lid 4 BW; CJEU C-585/20"
INSTALMENTS = "art. 2a Besluit vergoeding voor buitengerechtelijke incassokosten"
VAT = "art. 2 lid 3 Besluit vergoeding voor buitengerechtelijke incassokosten"


class DebtorType(StrEnum):
    """A consumer is a natural person who does not act in a trade or profession."""

    CONSUMER = "consumer"
    BUSINESS = "business"


class Bound(StrEnum):
    """What the costs are when it is not the sum of the brackets."""

    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    EACH_INVOICE = "each_invoice"
    INSTALMENTS = "instalments"
    NO_CLAIM = "no_claim"


@dataclass(frozen=True, slots=True)
class Scale:
    """`brackets` are the width in cents (None: the rest) and the percentage, lowest first, for
    debtors in default after `after`."""

    after: date
    brackets: tuple[tuple[int | None, Decimal], ...]
    minimum_minor: int
    maximum_minor: int


SCALES = (
    Scale(
        date(2012, 6, 30),
        (
            (250_000, Decimal(15)),
            (250_000, Decimal(10)),
            (500_000, Decimal(5)),
            (19_000_000, Decimal(1)),
            (None, Decimal("0.5")),
        ),
        minimum_minor=4_000,
        maximum_minor=677_500,
    ),
)
"""Oldest first; a change of the law is one row more."""

VAT_PERCENT = Decimal(21)
"""The general rate, since 2012-10-01."""

SMALL_INSTALMENT_MINOR = 26_667
"""Up to here the minimum applies, and instalments do not stack it (since 2024-10-01)."""


@dataclass(frozen=True, slots=True)
class Slice:
    """What one bracket gave: `amount` is exact, in cents."""

    above_minor: int
    up_to_minor: int
    percent: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Costs:
    """`counted_minor` is what the brackets add up to, rounded half up once; `bound` says why
    `costs_minor` differs from it."""

    principal_minor: int
    slices: tuple[Slice, ...]
    counted_minor: int
    bound: Bound | None
    costs_minor: int
    vat_percent: Decimal = Decimal(0)
    vat_minor: int = 0

    @property
    def total_minor(self) -> int:
        return self.costs_minor + self.vat_minor


def scale_on(in_default_on: date | None) -> Scale:
    """The newest without a day. Refused for a default before 2012-07-01 (art. 3 Besluit)."""
    if in_default_on is None:
        return SCALES[-1]
    applying = [scale for scale in SCALES if scale.after < in_default_on]
    if not applying:
        raise Refused(
            "before_the_scale",
            "The scale is for debtors in default from 2012-07-01 on; older claims are not in it.",
        )
    return applying[-1]


def costs_of(principal_minor: int, scale: Scale = SCALES[-1]) -> Costs:
    """The costs over one principal, without VAT; none without a claim."""
    if principal_minor <= 0:
        return Costs(0, (), 0, Bound.NO_CLAIM, 0)
    slices = _slices(principal_minor, scale)
    counted = _rounded(sum((each.amount for each in slices), Decimal(0)))
    costs = min(max(counted, scale.minimum_minor), scale.maximum_minor)
    bound = None
    if costs != counted:
        bound = Bound.MINIMUM if costs > counted else Bound.MAXIMUM
    return Costs(principal_minor, slices, counted, bound, costs)


def collection_costs(
    principals_minor: Sequence[int], debtor: DebtorType, *, in_default_on: date | None = None
) -> Costs:
    """For all claims that are dunned together: their principals are added and bear one fee. A
    business owes at least the minimum for each late invoice; the fee over the sum counts towards
    it, so nothing is charged twice."""
    scale = scale_on(in_default_on)
    found = costs_of(sum(principals_minor), scale)
    late = sum(1 for minor in principals_minor if minor > 0)
    least = late * scale.minimum_minor
    if debtor is DebtorType.CONSUMER or least <= found.costs_minor:
        return found
    return _set(found, least, Bound.EACH_INVOICE)


def instalment_costs(
    instalments_minor: Sequence[int],
    *,
    charged_minor: int = 0,
    in_default_on: date | None = None,
) -> Costs:
    """For missed instalments of one consumer contract. Those up to EUR 266.67 bear together the
    highest fee that one of them would bear, less what was `charged_minor` for such instalments in
    the last six months; larger ones bear the ordinary fee over their sum. Never more than the fee
    over the sum of all."""
    scale = scale_on(in_default_on)
    whole = costs_of(sum(instalments_minor), scale)
    small = [m for m in instalments_minor if 0 < m <= SMALL_INSTALMENT_MINOR]
    if not small:
        return whole
    large = sum(instalments_minor) - sum(small)
    highest = max(costs_of(minor, scale).costs_minor for minor in small)
    fee = max(0, highest - charged_minor) + costs_of(large, scale).costs_minor
    return whole if fee >= whole.costs_minor else _set(whole, fee, Bound.INSTALMENTS)


def with_vat(costs: Costs) -> Costs:
    """With VAT on top, also of the minimum and the maximum. Only for a creditor who has the costs
    from a service that charges VAT, cannot deduct it, and says so in the letter."""
    vat = _rounded(costs.costs_minor * VAT_PERCENT / 100)
    return replace(costs, vat_percent=VAT_PERCENT, vat_minor=vat)


def _set(costs: Costs, minor: int, bound: Bound) -> Costs:
    return replace(costs, costs_minor=minor, bound=bound)


def _slices(principal_minor: int, scale: Scale) -> tuple[Slice, ...]:
    slices, above = [], 0
    for width, percent in scale.brackets:
        up_to = principal_minor if width is None else min(principal_minor, above + width)
        if up_to > above:
            slices.append(Slice(above, up_to, percent, (up_to - above) * percent / 100))
        above = up_to
    return tuple(slices)


def _rounded(cents: Decimal) -> int:
    return int(cents.quantize(Decimal(1), ROUND_HALF_UP))
