"""On which invoices money lands (art. 6:43 BW: what the payer designates, due, then oldest)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kasstroom.invoices.model import Invoice
from kasstroom.money import Money
from kasstroom.payments.model import Allocation


@dataclass(frozen=True, slots=True)
class Landed:
    """`allocations` carry the payment's sign (what is paid is negative); `invoices` are the
    invoices after it; `left` is what no invoice took."""

    allocations: tuple[Allocation, ...]
    invoices: tuple[Invoice, ...]
    left: Money


def allocate(paid: Money, invoices: tuple[Invoice, ...]) -> Landed:
    """Oldest first, to invoices in the payment's currency. Credit notes among them are used only
    as far as the money does not reach."""
    same = [invoice for invoice in invoices if invoice.open.currency == paid.currency]
    debts = sorted((i for i in same if i.open.minor > 0), key=lambda i: (i.due_on, i.number))
    credits = sorted((i for i in same if i.open.minor < 0), key=lambda i: (i.due_on, i.number))
    owed = sum(invoice.open.minor for invoice in debts)
    credit = -sum(invoice.open.minor for invoice in credits)
    reach = min(owed, paid.minor + credit)
    taken = _spread(reach, debts)
    used = _spread(max(0, reach - paid.minor), credits)
    after, allocations = [], []
    for invoice, minor in taken:
        allocations.append(Allocation(invoice.number, Money(-minor, paid.currency)))
        after.append(replace(invoice, open=invoice.open - Money(minor, paid.currency)))
    for invoice, minor in used:
        allocations.append(Allocation(invoice.number, Money(minor, paid.currency)))
        after.append(replace(invoice, open=invoice.open + Money(minor, paid.currency)))
    left = Money(max(0, paid.minor - reach), paid.currency)
    return Landed(tuple(allocations), tuple(after), left)


def _spread(minor: int, invoices: list[Invoice]) -> list[tuple[Invoice, int]]:
    parts = []
    for invoice in invoices:
        part = min(minor, abs(invoice.open.minor))
        if part > 0:
            parts.append((invoice, part))
            minor -= part
    return parts
