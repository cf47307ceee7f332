"""POST /v1/calculations/allocation: which debt a payment pays, and why that one first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kasstroom.changes import Command
from kasstroom.compliance.allocation import Debt, Order, Part, paying_order, split
from kasstroom.compliance.explained import Note, counted, minor_of, within_reach
from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom.time import Day

_RATE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,4})?\Z")


@dataclass(frozen=True, slots=True)
class DebtAsked(Command):
    """`rate` is the interest it bears in percent a year, as text: of debts that are due, the most
    burdensome one is paid first."""

    id: str
    due_on: Day
    principal: Money
    costs: Money | None = None
    interest: Money | None = None
    rate: str = "0"


@dataclass(frozen=True, slots=True)
class AllocationAsked(Command):
    """`designated` are ids of debts, as the payer named them; `paid_on` tells which are due,
    without it all are."""

    paid: Money
    debts: tuple[DebtAsked, ...]
    designated: tuple[str, ...] = ()
    paid_on: Day | None = None
    order: Order = Order.LEGAL


@dataclass(frozen=True, slots=True)
class Split:
    costs: Money
    interest: Money
    principal: Money
    total: Money


@dataclass(frozen=True, slots=True)
class AllocationStep:
    """In paying order. `rank` is shared by debts that are equal before the law: they share in
    proportion. `gets` is what of the payment goes there, `left` what stays owed."""

    id: str
    rank: int
    why: str
    detail: str
    gets: Split
    left: Split
    source: str


@dataclass(frozen=True, slots=True)
class AllocationCalculation:
    """`unallocated` is paid too much: what no debt took."""

    paid: Money
    allocated: Money
    unallocated: Money
    order: Order
    steps: tuple[AllocationStep, ...]
    notes: tuple[Note, ...]


_WHY = {
    "designated": ("The payer named this debt.", "art. 6:43 lid 1 BW"),
    "equal": (
        "As due, burdensome and old as another one: they share in proportion.",
        "art. 6:43 lid 2 BW",
    ),
    "due": ("Due; of those the most burdensome, and then the oldest.", "art. 6:43 lid 2 BW"),
    "not_due": ("Not yet due, so after what is.", "art. 6:43 lid 2 BW"),
}
_LEGAL = Note(
    "costs_first",
    "Of a debt the costs are paid first, then the interest, then the principal; a creditor may"
    " refuse a payment offered in another order.",
    "art. 6:44 BW",
)
_PRINCIPAL = Note(
    "principal_only",
    "Your own choice, in the debtor's favour: only principals are paid, costs and interest stay"
    " open.",
    "art. 6:44 BW is default law",
)


def allocation_calculation(asked: AllocationAsked) -> AllocationCalculation:
    """Refused, with a pointer, for an amount below zero, two currencies, an id given twice or a
    designated id that is no debt."""
    currency = asked.paid.currency
    paid = minor_of(asked.paid, "/body/paid", currency)
    counted(asked.debts, "/body/debts")
    debts = [_debt(each, f"/body/debts/{at}", currency) for at, each in enumerate(asked.debts)]
    _known_once([debt.id for debt in debts], asked.designated)
    chosen = {"designated": asked.designated, "paid_on": asked.paid_on}
    parts = {part.id: part for part in split(paid, debts, asked.order, **chosen)}
    steps = tuple(
        _step(debt, rank, _why(debt, group, asked), parts, currency)
        for rank, group in enumerate(paying_order(debts, **chosen), 1)
        for debt in group
    )
    allocated = Money(sum(part.total_minor for part in parts.values()), currency)
    note = _LEGAL if asked.order is Order.LEGAL else _PRINCIPAL
    left = asked.paid - allocated
    return AllocationCalculation(asked.paid, allocated, left, asked.order, steps, (note,))


def _debt(asked: DebtAsked, pointer: str, currency: str) -> Debt:
    within_reach(asked.due_on, f"{pointer}/due_on")
    if not _RATE.match(asked.rate):
        detail = f"{asked.rate!r} is not a yearly percentage such as '4' or '10.4'."
        raise Refused("invalid_rate", detail, f"{pointer}/rate")
    return Debt(
        asked.id,
        asked.due_on,
        minor_of(asked.costs, f"{pointer}/costs", currency),
        minor_of(asked.interest, f"{pointer}/interest", currency),
        minor_of(asked.principal, f"{pointer}/principal", currency),
        Decimal(asked.rate),
    )


def _known_once(ids: Sequence[str], designated: Sequence[str]) -> None:
    for at, id_ in enumerate(ids):
        if id_ in ids[:at]:
            detail = "Another debt has this id; give each its own."
            raise Refused("debt_twice", detail, f"/body/debts/{at}/id")
    for at, id_ in enumerate(designated):
        if id_ not in ids or id_ in designated[:at]:
            detail = f"{id_!r} has to be the id of one of the debts, and named once."
            raise Refused("designated_unknown", detail, f"/body/designated/{at}")


def _why(debt: Debt, group: Sequence[Debt], asked: AllocationAsked) -> str:
    if debt.id in asked.designated:
        return "designated"
    if asked.paid_on is not None and debt.due_on > asked.paid_on:
        return "not_due"
    return "equal" if len(group) > 1 else "due"


def _step(debt: Debt, rank: int, why: str, parts: dict[str, Part], currency: str) -> AllocationStep:
    gets = parts.get(debt.id, Part(debt.id, 0, 0, 0))
    left = Part(
        debt.id,
        debt.costs_minor - gets.costs_minor,
        debt.interest_minor - gets.interest_minor,
        debt.principal_minor - gets.principal_minor,
    )
    detail, source = _WHY[why]
    shown = (_split(gets, currency), _split(left, currency))
    return AllocationStep(debt.id, rank, why, detail, *shown, source)


def _split(part: Part, currency: str) -> Split:
    minors = (part.costs_minor, part.interest_minor, part.principal_minor, part.total_minor)
    return Split(*(Money(minor, currency) for minor in minors))
