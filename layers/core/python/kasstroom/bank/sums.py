"""What an amount says about open items: pure arithmetic, bounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from kasstroom.dunning.model import OpenItem

MOST_CONSIDERED = 12
MOST_COMBINED = 4
_LEAST_SHARE = 20


class Fit(StrEnum):
    """How an amount agrees with open items; each is also the code that explains it."""

    EXACT = "amount_exact"
    ALL_OPEN = "all_open_items"
    WITH_OTHERS = "with_other_items"
    NETTED = "credit_notes_netted"
    SMALL_DIFFERENCE = "small_difference"
    DISCOUNT = "discount_taken"
    COMBINATION = "combination"
    SEVERAL_WAYS = "several_ways"
    PART = "part_payment"
    OVER = "paid_more"
    SETTLED = "settled_already"
    NOTHING = "no_amount"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """`minor` is a difference that is small; `discounts` are percents payers may deduct."""

    minor: int = 100
    discounts: tuple[Decimal, ...] = ()


class Explained(NamedTuple):
    """`doubtful`: something else that is open is exactly this amount."""

    fit: Fit
    items: tuple[OpenItem, ...]
    doubtful: bool = False


def of_named(
    paid: int,
    named: Sequence[OpenItem],
    others: Sequence[OpenItem],
    tails: tuple[str, ...],
    tolerance: Tolerance,
) -> Explained:
    """`paid` minor units against the items a line names; `others` are what else is open, oldest
    first. All of one currency."""
    chosen = tuple(named)
    total = sum(item.open.minor for item in chosen)
    if paid == total:
        return Explained(Fit.EXACT, chosen)
    alone = [item for item in chosen if item.open.minor == paid]
    if len(alone) == 1:
        return Explained(Fit.EXACT, (alone[0],))
    more = _ending(others, tails)
    if more and paid == total + sum(item.open.minor for item in more):
        return Explained(Fit.EXACT, chosen + more)
    if found := _netted(paid, chosen, total, others):
        return found
    if _near(paid, total, tolerance):
        return Explained(Fit.SMALL_DIFFERENCE, chosen)
    doubtful = any(item.open.minor == paid for item in others)
    if paid < total:
        deducted = paid in _discounted(total, tolerance)
        return Explained(Fit.DISCOUNT if deducted else Fit.PART, chosen, doubtful)
    rest = combinations(paid - total, [item for item in others if item.open.minor > 0])
    if len(rest) == 1 and not doubtful:
        return Explained(Fit.WITH_OTHERS, chosen + rest[0])
    return Explained(Fit.OVER, chosen, doubtful)


def of_debtor(
    paid: int, items: Sequence[OpenItem], tails: tuple[str, ...], tolerance: Tolerance
) -> Explained:
    """`paid` minor units against all a debtor has open, when nothing was named."""
    same = [item for item in items if item.open.minor == paid]
    if len(same) == 1:
        return Explained(Fit.EXACT, (same[0],))
    if same:
        return Explained(Fit.SEVERAL_WAYS, (same[0],))
    if len(items) > 1 and paid == sum(item.open.minor for item in items):
        return Explained(Fit.ALL_OPEN, tuple(items))
    ended = _ending(items, tails)
    if ended and paid == sum(item.open.minor for item in ended):
        return Explained(Fit.COMBINATION, ended)
    debts = [item for item in items if item.open.minor > 0]
    if found := combinations(paid, debts):
        return Explained(Fit.COMBINATION if len(found) == 1 else Fit.SEVERAL_WAYS, found[0])
    near = [item for item in debts if _near(paid, item.open.minor, tolerance)]
    if len(near) == 1:
        return Explained(Fit.SMALL_DIFFERENCE, (near[0],))
    return Explained(Fit.NOTHING, ())


def _netted(
    paid: int, chosen: tuple[OpenItem, ...], total: int, others: Sequence[OpenItem]
) -> Explained | None:
    """Credit notes the payer deducted: all of them, or one."""
    credits = tuple(item for item in others if item.open.minor < 0)
    if not credits or paid >= total:
        return None
    if paid == total + sum(item.open.minor for item in credits):
        return Explained(Fit.NETTED, chosen + credits)
    one = [item for item in credits if paid == total + item.open.minor]
    return Explained(Fit.NETTED, (*chosen, one[0])) if len(one) == 1 else None


def _near(paid: int, owed: int, tolerance: Tolerance) -> bool:
    """A small difference is small beside the amount too."""
    difference = abs(paid - owed)
    return difference <= tolerance.minor and difference * _LEAST_SHARE <= owed


def _discounted(total: int, tolerance: Tolerance) -> set[int]:
    hundred = Decimal(100)
    return {
        int((total * (hundred - percent) / hundred).quantize(Decimal(1), ROUND_HALF_UP))
        for percent in tolerance.discounts
    }


def _ending(items: Sequence[OpenItem], tails: tuple[str, ...]) -> tuple[OpenItem, ...]:
    """The items whose number ends with loose digits of the text: `8827` of `F-2026-8827`."""
    return tuple([item for item in items if item.number.endswith(tails)]) if tails else ()


def combinations(paid: int, items: Sequence[OpenItem]) -> list[tuple[OpenItem, ...]]:
    """Up to two ways to make `paid` of at most four of the first twelve items: two are enough to
    know that it is not certain."""
    few = [item for item in items[:MOST_CONSIDERED] if item.open.minor <= paid]
    amounts = [item.open.minor for item in few]
    if sum(sorted(amounts)[-MOST_COMBINED:]) < paid:
        return []
    ways: set[tuple[int, ...]] = {(at,) for at, minor in enumerate(amounts) if minor == paid}
    pairs: dict[int, list[tuple[int, int]]] = {}
    for first, one in enumerate(amounts):
        for second in range(first + 1, len(few)):
            pairs.setdefault(one + amounts[second], []).append((first, second))
    ways.update(pairs.get(paid, ()))
    for at, minor in enumerate(amounts):
        for pair in pairs.get(paid - minor, ()):
            if at not in pair:
                ways.add(tuple(sorted((at, *pair))))
    for total, some in pairs.items():
        for other in pairs.get(paid - total, ()):
            ways.update(tuple(sorted((*p, *other))) for p in some if not set(p) & set(other))
    in_order = sorted(ways, key=lambda way: (len(way), way))
    return [tuple(few[at] for at in way) for way in in_order[:2]]
