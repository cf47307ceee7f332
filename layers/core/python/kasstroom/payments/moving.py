"""Money that lands elsewhere after all: from one invoice to another, from or to nowhere. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime

from kasstroom.errors import Refused
from kasstroom.events.payments import PaymentReallocated
from kasstroom.money import Money
from kasstroom.payments.landing import open_of
from kasstroom.payments.model import Allocation, EntryKind, MoneyIn
from kasstroom.payments.posting import Posted, entry_of, post

AT = "/body/allocations"


def move(
    before: Posted,
    money: MoneyIn,
    wanted: tuple[Allocation, ...],
    *,
    now: datetime,
    by: str,
    reason: str,
) -> Posted:
    """The payment rests on `wanted` (amounts above zero) and nowhere else; what is over is left
    with the debtor. One entry with the differences, which add up to nothing by themselves.

    Refused with its place when more is wanted than there is, or more than an invoice has open.
    """
    _fits(money, wanted)
    moved = _differences(money.allocations, wanted)
    _within(before, moved, wanted)
    if not moved:
        return before
    entry = entry_of(
        before.position, EntryKind.REALLOCATION, Money.zero(money.amount.currency), moved, now,
        source="kasstroom", external_id=f"{money.id}:{money.version}", about=money.id, by=by,
        reason=reason,
    )  # fmt: skip
    posted = post(before, entry, paid_on=money.paid_on)
    numbers = tuple(dict.fromkeys(a.invoice for a in wanted))
    event = PaymentReallocated(
        org=money.org, debtor=money.debtor, at=now, subject=money.id, invoices=numbers, by=by
    )
    return posted.with_money(replace(money, allocations=wanted)).told(event)


def _fits(money: MoneyIn, wanted: tuple[Allocation, ...]) -> None:
    seen = set()
    for place, allocation in enumerate(wanted):
        if allocation.amount.currency != money.amount.currency:
            detail = f"This payment is in {money.amount.currency}."
            raise Refused("wrong_currency", detail, f"{AT}/{place}/amount")
        if allocation.amount.minor <= 0:
            detail = "Allocate more than zero, or leave the invoice out."
            raise Refused("not_positive", detail, f"{AT}/{place}/amount")
        if (allocation.invoice, allocation.part) in seen:
            detail = f"{allocation.invoice} is named twice; add the amounts up."
            raise Refused("invoice_twice", detail, f"{AT}/{place}/invoice")
        seen.add((allocation.invoice, allocation.part))
    here = money.amount.minor - money.returned_minor - money.kept_minor
    total = sum(allocation.amount.minor for allocation in wanted)
    if total > here:
        most = Money(max(0, here), money.amount.currency)
        raise Refused("more_than_received", f"At most {most} of this payment is here.", AT)


def _differences(
    rests: tuple[Allocation, ...], wanted: tuple[Allocation, ...]
) -> tuple[Allocation, ...]:
    """With the entry's sign: what an invoice gets is negative. What is freed comes first."""
    change: dict[tuple[str, str], int] = defaultdict(int)
    for sign, allocations in ((1, rests), (-1, wanted)):
        for allocation in allocations:
            change[allocation.invoice, allocation.part] += sign * allocation.amount.minor
    known = {(a.invoice, a.part): a for a in (*rests, *wanted)}
    parts = sorted(((minor, key) for key, minor in change.items() if minor), reverse=True)
    return tuple(
        replace(known[key], amount=Money(minor, known[key].amount.currency)) for minor, key in parts
    )


def _within(before: Posted, moved: tuple[Allocation, ...], wanted: tuple[Allocation, ...]) -> None:
    """No invoice takes more than it has open of that part."""
    places = {(a.invoice, a.part): place for place, a in enumerate(wanted)}
    for allocation in moved:
        invoice = before.position.invoices[allocation.invoice]
        open_minor = open_of(invoice, allocation.part)
        if -allocation.amount.minor > max(0, open_minor):
            place = places[allocation.invoice, allocation.part]
            had = Money(max(0, open_minor), allocation.amount.currency)
            detail = f"{allocation.invoice} has {had} open of its {allocation.part}."
            raise Refused("more_than_open", detail, f"{AT}/{place}/amount")
