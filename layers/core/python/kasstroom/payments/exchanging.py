"""Money in one currency that pays an invoice in another, and that taken back again. Pure.

Two entries that name each other each time, so that the balance of each currency holds.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom.payments.model import Allocation, Entry, EntryKind, Exchanged, MoneyIn
from kasstroom.payments.posting import Posted, entry_of, post

TAKEN, PAID = "/body/taken", "/body/paid"
BOOKS = "kasstroom"


def exchange(
    before: Posted, money: MoneyIn, taken: Money, number: str, *, paid: Money, now: datetime,
    by: str, reason: str,
) -> Posted:  # fmt: skip
    """`taken` of the money in its own currency pays `paid` of an invoice's principal in another;
    the rate is theirs. Refused within one currency: there a cent is a cent."""
    invoice = before.position.invoices[number]
    if taken.currency != money.amount.currency or not 0 < taken.minor <= money.left.minor:
        detail = f"{money.left} of this payment is not allocated; take that at most."
        raise Refused("more_than_left", detail, f"{TAKEN}/value")
    if paid.currency == taken.currency:
        detail = f"{number} is in {paid.currency} as the payment is; allocate it instead."
        raise Refused("same_currency", detail, f"{PAID}/currency")
    if paid.currency != invoice.open.currency or not 0 < paid.minor <= invoice.open.minor:
        detail = f"{number} has {invoice.open} open; pay that at most."
        raise Refused("more_than_open", detail, f"{PAID}/value")
    pays = Allocation(number, paid)
    posted = _swapped(
        before, money, taken.minor, pays, f"{money.id}:{money.version}", now, by, reason
    )
    after = replace(
        money,
        kept_minor=money.kept_minor + taken.minor,
        exchanged=(*money.exchanged, Exchanged(taken.minor, pays)),
    )
    return posted.with_money(after)


def changed_back(
    before: Posted, money: MoneyIn, minor: int, *, now: datetime, by: str, reason: str
) -> tuple[Posted, MoneyIn]:
    """`minor` of what was exchanged is money of its own currency again, the last first: what it
    paid is open again, a part by the rate of then, rounded half up."""
    posted, stays, back = before, list(money.exchanged), 0
    while stays and back < minor:
        last = stays.pop()
        part = min(minor - back, last.taken_minor)
        amount = _share(last, part)
        rest = Exchanged(
            last.taken_minor - part, replace(last.paid, amount=last.paid.amount - amount)
        )
        name = f"{money.id}:{money.version}:back.{len(stays)}"
        freed = replace(last.paid, amount=-amount)
        posted = _swapped(posted, money, -part, freed, name, now, by, reason)
        stays += [rest] if rest.taken_minor else []
        back += part
    after = replace(money, kept_minor=money.kept_minor - back, exchanged=tuple(stays))
    return posted.with_money(after), after


def _share(one: Exchanged, part: int) -> Money:
    paid, whole = one.paid.amount, one.taken_minor
    return Money((2 * paid.minor * part + whole) // (2 * whole), paid.currency)


def _swapped(
    before: Posted, money: MoneyIn, taken: int, pays: Allocation, name: str, now: datetime, by: str,
    reason: str,
) -> Posted:  # fmt: skip
    """Below zero it goes the other way: `taken` is the debtor's again, what it paid is open."""

    def entry(amount: Money, *lands: Allocation) -> Entry:
        return entry_of(
            before.position, EntryKind.EXCHANGE, amount, lands, now, source=BOOKS,
            external_id=f"{name}:{amount.currency}", about=money.id, by=by, reason=reason,
        )  # fmt: skip

    out = entry(Money(taken, money.amount.currency))
    into = entry(-pays.amount, replace(pays, amount=-pays.amount))
    return post(post(before, out), into, paid_on=money.paid_on)
