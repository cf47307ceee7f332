"""What can be paid on a link now, and with which of the ways to pay. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from kasstroom.errors import Refused
from kasstroom.invoices.model import Invoice
from kasstroom.money import EUR, Money
from kasstroom.payments.methods import usable
from kasstroom.payments.model import (
    Entry,
    EntryKind,
    LinkKind,
    LinkState,
    PaymentLink,
)

FIRST_WAY = ("ideal", "wero")
"""One button: at Dutch banks iDEAL becomes Wero, and both names stand on it."""
_MONEY = frozenset(
    {
        EntryKind.PAYMENT,
        EntryKind.REFUND,
        EntryKind.REFUND_RETURNED,
        EntryKind.CHARGEBACK,
        EntryKind.REVERSAL,
    }
)


CREDITED, WRITTEN_OFF, DISPUTED = "credited", "written_off", "disputed"
"""Why a link ended by itself: it opens again when that is over, what people ended does not."""


class Standing(StrEnum):
    """`stopped`: there is nothing to pay and nobody paid it; the page is not there any more.
    `disputed`: what is left is looked into, and nothing is asked until then."""

    PAYABLE = "payable"
    PAID = "paid"
    DISPUTED = "disputed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the payer pressed: an `amount` of their own on a `free` link, the amount that the page
    `shown` to them asked, and one of the ways to pay. Nothing filled in: all of it, iDEAL."""

    amount: Money | None = None
    shown: Money | None = None
    method: str = ""


def open_total(invoices: Iterable[Invoice]) -> Money:
    """What is still asked for: invoices netted with credit notes, never below zero, without what is
    disputed of them."""
    asked = tuple(invoices)
    currency = asked[0].open.currency if asked else EUR
    return Money(max(0, sum(invoice.claimable.minor for invoice in asked)), currency)


def payable(link: PaymentLink, invoices: Iterable[Invoice]) -> Money:
    """The most that can be paid on this link now: of a `part` link what has not come in yet, and
    never more than what is open."""
    total = open_total(invoices)
    if link.kind is not LinkKind.PART:
        return total
    return Money(max(0, min(total.minor, link.amount.minor - link.paid_minor)), total.currency)


def smallest(link: PaymentLink, most: Money) -> Money:
    """The least that can be paid of `most`: a last rest below the minimum can always be paid."""
    least = max(1, link.minimum_minor) if link.kind is LinkKind.FREE else most.minor
    return Money(min(least, most.minor), most.currency)


def standing(link: PaymentLink, invoices: tuple[Invoice, ...]) -> Standing:
    """Credited or written off altogether, a link stops as if it never was; paid, on this link or
    another way, it thanks; disputed, it says so."""
    if payable(link, invoices):
        return Standing.PAYABLE
    if link.state is LinkState.PAID:
        return Standing.PAID
    if any(invoice.disputed for invoice in invoices):
        return Standing.DISPUTED
    paid = link.paid_minor > 0 or any(i.settled_on for i in invoices)
    return Standing.PAID if paid else Standing.STOPPED


def is_ended(link: PaymentLink) -> bool:
    """Whether people ended it: nothing that happens to its invoices opens it again."""
    by_itself = link.ended_for in (CREDITED, WRITTEN_OFF, DISPUTED)
    return link.archived_at is not None or link.state is LinkState.REVOKED and not by_itself


def followed(link: PaymentLink, invoices: tuple[Invoice, ...]) -> PaymentLink:
    """The link as its invoices are now, whichever way they came there."""
    if is_ended(link):
        return link
    stands = standing(link, invoices)
    if stands is Standing.DISPUTED:
        return replace(link, state=LinkState.REVOKED, ended_for=DISPUTED)
    if stands is Standing.STOPPED:
        given_up = any(invoice.written_off_minor for invoice in invoices)
        why = WRITTEN_OFF if given_up else CREDITED
        return replace(link, state=LinkState.REVOKED, ended_for=why)
    state = LinkState.PAID if stands is Standing.PAID else LinkState.OPEN
    return replace(link, state=state, ended_for="")


def chosen(link: PaymentLink, most: Money, wish: Wish) -> Money:
    """The amount to pay. Refused with a code for the page: `nothing_open`, `amount_changed`,
    `amount_missing`, `amount_too_low` or `amount_too_high`."""
    if not most:
        raise Refused("nothing_open", "There is nothing left to pay on this link.")
    if link.kind is not LinkKind.FREE:
        if wish.shown not in (None, most):
            raise Refused("amount_changed", f"The amount is {most} now; look at the page again.")
        return most
    least = smallest(link, most)
    if wish.amount is None or wish.amount.currency != most.currency:
        raise Refused("amount_missing", f"Fill in an amount in {most.currency}.")
    if wish.amount < least:
        raise Refused("amount_too_low", f"Pay at least {least}.")
    if most < wish.amount:
        raise Refused("amount_too_high", f"Pay at most {most}.")
    return wish.amount


def ways(enabled: Iterable[str], amount: Money) -> tuple[tuple[str, ...], ...]:
    """The ways to pay this amount online, one per button, iDEAL and Wero first and together."""
    able = usable("", dict.fromkeys(enabled), amount)
    first = tuple(name for name in FIRST_WAY if name in able)
    others = tuple((name,) for name in able if name not in FIRST_WAY)
    return (*((first,) if first else ()), *others)


def way_chosen(enabled: Iterable[str], amount: Money, method: str) -> tuple[str, ...]:
    """The methods behind the button that was pressed. Refused: `not_online` when the amount cannot
    be paid online, `unknown_method` for a way that is not offered."""
    offered = ways(enabled, amount)
    if not offered:
        raise Refused("not_online", f"{amount} cannot be paid online; transfer it.")
    if not method:
        return offered[0]
    for way in offered:
        if method in way:
            return way
    raise Refused("unknown_method", f"This cannot be paid with {method[:40]!r}.")


def received_on(link: PaymentLink, entries: Iterable[Entry]) -> int:
    """What entries add to what came in on a link, in minor units of its currency."""
    mine = (e for e in entries if e.kind in _MONEY and e.amount.currency == link.amount.currency)
    return -sum(entry.amount.minor for entry in mine)


def is_settled(link: PaymentLink, rest_minor: int) -> bool:
    """Whether a link is paid when `rest_minor` of its invoices is open after a booking."""
    asked = link.kind is LinkKind.PART and link.paid_minor >= link.amount.minor
    return rest_minor <= 0 or asked
