"""On which invoices money lands: what the payer designates, of each debt its costs, then interest,
then principal (art. 6:43 and 6:44 BW)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kasstroom.compliance.allocation import Debt, Order, split
from kasstroom.compliance.allocation import Part as DebtPart
from kasstroom.invoices.model import Invoice
from kasstroom.money import Money
from kasstroom.payments.model import Allocation, Part


@dataclass(frozen=True, slots=True)
class Landed:
    """`allocations` carry the payment's sign (what is paid is negative); `left` is what no invoice
    took."""

    allocations: tuple[Allocation, ...]
    left: Money


def allocate(
    paid: Money,
    invoices: Iterable[Invoice],
    *,
    order: Order = Order.LEGAL,
    designated: tuple[str, ...] = (),
) -> Landed:
    """To invoices in the payment's currency: the designated ones first, in the order given, then
    the oldest. Credit notes among them are used only as far as the money does not reach."""
    same = [i for i in invoices if i.open.currency == paid.currency]
    by_age = sorted(same, key=lambda i: (i.due_on, i.number))
    debts = [_debt(i) for i in by_age if i.payable.minor > 0]
    credits = [i for i in by_age if i.payable.minor < 0]
    owed = sum(_takes(debt, order) for debt in debts)
    credit = -sum(i.payable.minor for i in credits)
    reach = min(owed, paid.minor + credit)
    first = (*designated, *(debt.id for debt in debts))
    parts = split(reach, debts, order, designated=tuple(dict.fromkeys(first)))
    taken = [a for part in parts for a in _of_part(part, paid.currency)]
    used = _spread(max(0, reach - paid.minor), credits)
    left = Money(max(0, paid.minor - reach), paid.currency)
    return Landed((*taken, *used), left)


def _debt(i: Invoice) -> Debt:
    return Debt(i.number, i.due_on, i.costs_minor, i.interest_minor, i.open.minor)


def _takes(debt: Debt, order: Order) -> int:
    return debt.total_minor if order is Order.LEGAL else debt.principal_minor


def _of_part(part: DebtPart, currency: str) -> tuple[Allocation, ...]:
    amounts = (
        (part.costs_minor, Part.COSTS),
        (part.interest_minor, Part.INTEREST),
        (part.principal_minor, Part.PRINCIPAL),
    )
    return tuple(Allocation(part.id, Money(-m, currency), of) for m, of in amounts if m)


def _spread(minor: int, credits: list[Invoice]) -> list[Allocation]:
    """Credit notes used up, oldest first."""
    parts = []
    for invoice in credits:
        used = min(minor, -invoice.payable.minor)
        if used > 0:
            parts.append(Allocation(invoice.number, Money(used, invoice.open.currency)))
            minor -= used
    return parts
