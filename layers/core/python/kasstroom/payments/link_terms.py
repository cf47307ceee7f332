"""What a new link asks: which invoices, how much of them, until when. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kasstroom.dunning.model import OpenItem
from kasstroom.errors import Refused
from kasstroom.money import Money
from kasstroom.payments.model import Instalment, LinkKind
from kasstroom.time import day_of, end_of

VALID_DAYS = 90
MOST_INVOICES = 40
"""What one booking transaction can settle."""
MOST_INSTALMENTS = 120
LATEST_DAYS = 3_660
"""An instalment later than ten years from now is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Terms:
    """`amount`: a part that the creditor sets; `free`: the payer chooses, at least `minimum`."""

    amount: Money | None = None
    free: bool = False
    minimum: Money | None = None
    instalment: Instalment | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link is made of."""

    invoices: tuple[str, ...]
    amount: Money
    kind: LinkKind
    minimum_minor: int
    instalment: Instalment | None


def asked(
    items: tuple[OpenItem, ...], numbers: tuple[str, ...], terms: Terms, now: datetime
) -> Asked:
    """A link over the named open items, or over all of them; Refused with its place in the request.
    A free amount pays the oldest first, whatever the order in which they are named."""
    picked = _picked(items, numbers)
    total = _total(picked)
    if terms.free:
        picked = sorted(picked, key=lambda item: (item.due_on, item.number))
    kind = LinkKind.FREE if terms.free else LinkKind.PART if terms.amount else LinkKind.ALL
    amount = _part(terms, total) if terms.amount is not None else total
    least = _minimum(terms.minimum, total) if terms.minimum is not None else 0
    _fits(terms, day_of(now))
    chosen = tuple(item.number for item in picked)
    return Asked(chosen, amount, kind, least, terms.instalment)


def valid_until(now: datetime, instalment: Instalment | None = None) -> datetime:
    """The end of the last day (Amsterdam), as the page says it. An instalment can still be paid for
    as long after its day as any link after today."""
    first = max(instalment.due_on, day_of(now)) if instalment else day_of(now)
    return end_of(first + timedelta(days=VALID_DAYS))


def _picked(items: tuple[OpenItem, ...], numbers: tuple[str, ...]) -> list[OpenItem]:
    known = {item.number: item for item in items}
    for place, number in enumerate(numbers):
        if number not in known:
            detail = f"{number} is not an open invoice of this debtor."
            raise Refused("invoice_not_open", detail, f"/body/invoices/{place}")
    for place, number in enumerate(numbers):
        if known[number].open.minor > 0 and known[number].claimable.minor <= 0:
            detail = f"All of {number} is disputed; decide on that before it is asked for."
            raise Refused("invoice_disputed", detail, f"/body/invoices/{place}")
    every = [item for item in items if item.claimable.minor]
    picked = [known[number] for number in dict.fromkeys(numbers)] or every[:MOST_INVOICES]
    if len(picked) > MOST_INVOICES:
        detail = f"One link takes at most {MOST_INVOICES} invoices."
        raise Refused("too_many_invoices", detail, "/body/invoices")
    return picked


def _total(picked: Iterable[OpenItem]) -> Money:
    opens = [item.claimable for item in picked]
    currencies = sorted({money.currency for money in opens})
    if len(currencies) > 1:
        detail = f"One link asks one currency; make one for each of {', '.join(currencies)}."
        raise Refused("mixed_currencies", detail, "/body/invoices")
    total = sum(money.minor for money in opens)
    if total <= 0:
        raise Refused("nothing_open", "There is nothing to pay on these invoices.", "/body/debtor")
    return Money(total, currencies[0])


def _part(terms: Terms, total: Money) -> Money:
    assert terms.amount is not None
    if terms.free:
        detail = "The payer chooses the amount, or you set it; leave one of both out."
        raise Refused("amount_twice", detail, "/body/free_amount")
    return _within(terms.amount, total, "/body/amount")


def _minimum(minimum: Money, total: Money) -> int:
    return _within(minimum, total, "/body/free_amount/minimum").minor


def _within(amount: Money, total: Money, at: str) -> Money:
    if amount.currency != total.currency:
        detail = f"These invoices are in {total.currency}."
        raise Refused("wrong_currency", detail, f"{at}/currency")
    if amount.minor <= 0:
        raise Refused("invalid_amount", "Ask an amount above zero.", f"{at}/value")
    if total < amount:
        raise Refused("more_than_open", f"{total} is open on these invoices.", f"{at}/value")
    return amount


def _fits(terms: Terms, today: date) -> None:
    part = terms.instalment
    if part is None:
        return
    if terms.amount is None:
        detail = "Say with `amount` how much this instalment is."
        raise Refused("instalment_without_amount", detail, "/body/amount")
    if not 1 <= part.of <= MOST_INSTALMENTS:
        detail = f"An arrangement has 1 to {MOST_INSTALMENTS} instalments."
        raise Refused("invalid_instalment", detail, "/body/instalment/of")
    if not 1 <= part.number <= part.of:
        detail = f"The number of the instalment is 1 to {part.of}."
        raise Refused("invalid_instalment", detail, "/body/instalment/number")
    if part.due_on > today + timedelta(days=LATEST_DAYS):
        detail = "This day is more than ten years away."
        raise Refused("invalid_instalment", detail, "/body/instalment/due_on")
