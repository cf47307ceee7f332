"""What a payment pays: which debt first (art. 6:43 BW), and of a debt its costs, then its interest,
then its principal (art. 6:44 BW). Whole cents of one currency in, the same cents out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import Any

from kasstroom.errors import Refused


class Order(StrEnum):
    """What of a debt is paid first. Art. 6:44 BW is default law: a creditor may take a payment as
    paying principals only, and then keeps its costs and interest open."""

    LEGAL = "costs_first"
    PRINCIPAL_ONLY = "principal_only"


@dataclass(frozen=True, slots=True)
class Debt:
    """What is owed on one obligation, none of it below zero. `rate` is the interest it bears in
    percent a year: of debts that are due, the most burdensome one is paid first."""

    id: str
    due_on: date
    costs_minor: int
    interest_minor: int
    principal_minor: int
    rate: Decimal = Decimal(0)

    @property
    def total_minor(self) -> int:
        return self.costs_minor + self.interest_minor + self.principal_minor


@dataclass(frozen=True, slots=True)
class Part:
    """What of a payment went to one debt."""

    id: str
    costs_minor: int
    interest_minor: int
    principal_minor: int

    @property
    def total_minor(self) -> int:
        return self.costs_minor + self.interest_minor + self.principal_minor


def split(
    paid_minor: int,
    debts: Sequence[Debt],
    policy: Order,
    *,
    designated: tuple[str, ...] = (),
    paid_on: date | None = None,
) -> tuple[Part, ...]:
    """What each debt gets, in paying order; a debt that gets nothing is left out. What the parts
    do not add up to is paid too much. `paid_on` tells which debts are due: without it all are.

    Refused when an amount is below zero or two debts have the same id. A designated id that is not
    among the debts changes nothing: money that came in has to land somewhere.
    """
    _checked(paid_minor, debts)
    parts = []
    for group in paying_order(debts, designated=designated, paid_on=paid_on):
        owed = [_takes(debt, policy) for debt in group]
        for debt, share in zip(group, _shares(min(paid_minor, sum(owed)), owed), strict=True):
            paid_minor -= share
            parts.append(_within(share, debt, policy))
    return tuple(part for part in parts if part.total_minor)


def paying_order(
    debts: Sequence[Debt], *, designated: tuple[str, ...] = (), paid_on: date | None = None
) -> tuple[tuple[Debt, ...], ...]:
    """Art. 6:43 BW: what the debtor designates; else what is due, of that the most burdensome, of
    that the oldest. Debts of one group are equal in all of it and share in proportion."""
    rank = _rank(designated, paid_on)
    ordered = sorted(debts, key=lambda debt: (rank(debt), debt.id))
    return tuple(tuple(group) for _, group in groupby(ordered, rank))


def _rank(designated: tuple[str, ...], paid_on: date | None) -> Callable[[Debt], tuple[Any, ...]]:
    places = {id_: place for place, id_ in enumerate(designated)}

    def rank(debt: Debt) -> tuple[Any, ...]:
        not_due = paid_on is not None and debt.due_on > paid_on
        return (places.get(debt.id, len(places)), not_due, -debt.rate, debt.due_on)

    return rank


def _takes(debt: Debt, policy: Order) -> int:
    return debt.total_minor if policy is Order.LEGAL else debt.principal_minor


def _within(minor: int, debt: Debt, policy: Order) -> Part:
    if policy is Order.PRINCIPAL_ONLY:
        return Part(debt.id, 0, 0, minor)
    costs = min(minor, debt.costs_minor)
    interest = min(minor - costs, debt.interest_minor)
    return Part(debt.id, costs, interest, minor - costs - interest)


def _shares(minor: int, owed: Sequence[int]) -> list[int]:
    """In proportion to what is owed; a cent that does not divide goes to the largest remainder."""
    total = sum(owed)
    if total == 0:
        return [0] * len(owed)
    shares = [minor * each // total for each in owed]
    by_remainder = sorted(range(len(owed)), key=lambda at: -(minor * owed[at] % total))
    for at in by_remainder[: minor - sum(shares)]:
        shares[at] += 1
    return shares


def _checked(paid_minor: int, debts: Sequence[Debt]) -> None:
    amounts = [paid_minor]
    for debt in debts:
        amounts += [debt.costs_minor, debt.interest_minor, debt.principal_minor]
    if min(amounts) < 0:
        raise Refused("negative_amount", "A payment and what is owed cannot be below zero.")
    if len({debt.id for debt in debts}) < len(debts):
        raise Refused("debt_twice", "Two debts have the same id; give each its own.")
