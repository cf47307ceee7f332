"""What an insurer pays for a debt: pure arithmetic, in the order the policy says."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kasstroom.insurance.terms import Deduction, PolicyTerms
from kasstroom.money import Money


@dataclass(frozen=True, slots=True)
class Step:
    """One deduction with what was left after it."""

    deduction: Deduction
    left: Money


@dataclass(frozen=True, slots=True)
class Indemnity:
    """`amount` is what may be expected; `aggregate` is what this claim takes of the aggregate
    first loss. `below_threshold`: the loss is too small to claim."""

    amount: Money
    aggregate: Money
    steps: tuple[Step, ...] = ()
    below_threshold: bool = False


def indemnity(
    debt: Money,
    limit: Money,
    terms: PolicyTerms,
    *,
    percentage: int | None = None,
    aggregate_used: Money | None = None,
    paid: Money | None = None,
) -> Indemnity:
    """`(min(debt, limit) - each first loss) x percentage - what is left of the aggregate first
    loss`, by default in that order; never below zero, never above limit x percentage or the rest of
    the maximum indemnity; nothing when the insured loss is not above the threshold. `percentage` is
    the cover's own, else the policy's. Rounded to the smallest unit once, at the percentage.
    """
    zero = Money.zero(debt.currency)
    percent = terms.insured_percentage if percentage is None else percentage
    if _below_threshold(debt, limit, terms):
        return Indemnity(zero, zero, (), below_threshold=True)
    left, taken, steps = debt, zero, []
    for deduction in terms.deductions:
        before = left
        left = max(_after(deduction, left, limit, percent, terms, aggregate_used, paid), zero)
        if deduction is Deduction.AGGREGATE_FIRST_LOSS:
            taken = before - left
        steps.append(Step(deduction, left))
    # Whatever the order, nobody is paid more than the insured part of the limit.
    amount = min(left, insured_part(min(debt, limit), percent))
    return Indemnity(max(amount, zero), taken, tuple(steps))


def _below_threshold(debt: Money, limit: Money, terms: PolicyTerms) -> bool:
    return terms.claims_threshold is not None and min(debt, limit) <= terms.claims_threshold


def _after(
    deduction: Deduction,
    left: Money,
    limit: Money,
    percent: int,
    terms: PolicyTerms,
    aggregate_used: Money | None,
    paid: Money | None,
) -> Money:
    zero = Money.zero(left.currency)
    if deduction is Deduction.LIMIT:
        return min(left, limit)
    if deduction is Deduction.EACH_FIRST_LOSS:
        return left - (terms.each_first_loss or zero)
    if deduction is Deduction.PERCENTAGE:
        return insured_part(left, percent)
    if deduction is Deduction.AGGREGATE_FIRST_LOSS:
        rest = (terms.aggregate_first_loss or zero) - (aggregate_used or zero)
        return left - max(rest, zero)
    if terms.maximum_indemnity is None:
        return left
    return min(left, max(terms.maximum_indemnity - (paid or zero), zero))


def insured_part(amount: Money, percentage: int) -> Money:
    """Half up to the smallest unit."""
    return Money.of(amount.decimal * Decimal(percentage) / 100, amount.currency)
