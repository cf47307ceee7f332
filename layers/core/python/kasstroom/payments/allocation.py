"""On which invoices money lands: what the payer designates, of each debt its costs, then interest,
then principal (art. 6:43 and 6:44 BW)."""

from __future__ import annotations

from collections import Counter
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
    the oldest; what is disputed of any of them last. Credit notes among them are used only as far
    as the money does not reach."""
    same = [i for i in invoices if i.open.currency == paid.currency]
    by_age = sorted(same, key=lambda i: (i.due_on, i.number))
    owing = [i for i in by_age if i.payable.minor > 0]
    credits = [i for i in by_age if i.payable.minor < 0]
    credit = -sum(i.payable.minor for i in credits)
    first = tuple(dict.fromkeys((*designated, *(i.number for i in owing))))
    rest, taken = paid.minor + credit, Counter[tuple[str, Part]]()
    for debts in ([_agreed(i) for i in owing], [_disputed(i) for i in owing if i.disputed]):
        round_ = min(rest, sum(_takes(debt, order) for debt in debts))
        for part in split(round_, debts, order, designated=first):
            taken.update(_of_part(part))
        rest -= round_
    reach = paid.minor + credit - rest
    used = _spread(max(0, reach - paid.minor), credits)
    left = Money(max(0, paid.minor - reach), paid.currency)
    paying = (Allocation(n, Money(-m, paid.currency), of) for (n, of), m in taken.items() if m)
    return Landed((*paying, *used), left)


def _agreed(i: Invoice) -> Debt:
    """What nobody disputes of an invoice; a dispute is about the principal first."""
    held = i.disputed.minor
    principal = max(0, i.open.minor - held)
    interest = max(0, i.interest_minor - max(0, held - i.open.minor))
    costs = i.claimable.minor - principal - interest
    return Debt(i.number, i.due_on, costs, interest, principal)


def _disputed(i: Invoice) -> Debt:
    agreed = _agreed(i)
    return Debt(
        i.number, i.due_on, i.costs_minor - agreed.costs_minor,
        i.interest_minor - agreed.interest_minor, i.open.minor - agreed.principal_minor,
    )  # fmt: skip


def _takes(debt: Debt, order: Order) -> int:
    return debt.total_minor if order is Order.LEGAL else debt.principal_minor


def _of_part(part: DebtPart) -> dict[tuple[str, Part], int]:
    return {
        (part.id, Part.COSTS): part.costs_minor,
        (part.id, Part.INTEREST): part.interest_minor,
        (part.id, Part.PRINCIPAL): part.principal_minor,
    }


def _spread(minor: int, credits: list[Invoice]) -> list[Allocation]:
    """Credit notes used up, oldest first."""
    parts = []
    for invoice in credits:
        used = min(minor, -invoice.payable.minor)
        if used > 0:
            parts.append(Allocation(invoice.number, Money(used, invoice.open.currency)))
            minor -= used
    return parts
