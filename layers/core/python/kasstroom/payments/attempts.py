"""From the payer's click to the provider's page: one open attempt per link.

Of two tabs, or two presses, one makes the attempt and the other finds it; both come to the same
checkout. A previous attempt is asked after and cancelled at its provider before there is a new one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes, Reference
from kasstroom.errors import Refused, Unavailable
from kasstroom.ids import new_id
from kasstroom.money import Money
from kasstroom.payments.checkout import Step, Till, Tried, checkout, is_paid
from kasstroom.payments.links import by_token, closed, invoices_of
from kasstroom.payments.methods import usable
from kasstroom.payments.model import (
    FINAL_ATTEMPTS,
    AttemptState,
    PaymentAttempt,
    PaymentLink,
)
from kasstroom.payments.payable import Standing, Wish, chosen, payable, standing, way_chosen
from kasstroom.payments.ports import PaymentQueue
from kasstroom.payments.shop import Providers, Shop
from kasstroom.ports import Books
from kasstroom.settle import settle

SWEEP_AFTER_MINUTES = 20
"""iDEAL at Mollie expires after 15 minutes; a lost webhook is found right after."""
STILL_USABLE = timedelta(minutes=2)
MOST_STEPS = 12


@dataclass(frozen=True, slots=True)
class Started:
    """The checkout to send the payer to; or `paid`: the previous attempt turned out to be paid, and
    its booking is on the way."""

    url: str = ""
    paid: bool = False


def start(
    books: Books,
    providers: Providers,
    shop: Shop,
    token: str,
    *,
    now: datetime,
    new_key: Callable[[], str],
    queue: PaymentQueue | None = None,
    wish: Wish = Wish(),
) -> Started:
    """The checkout address to send the payer to. Refused when it cannot be paid like this
    (`payable.chosen`, `payable.way_chosen`); Unavailable when no provider answers.

    An attempt is stored before its provider is called, so that a crash or time-out in between is
    retried with the same idempotency key and can never make two payments. A provider that does not
    answer makes way for the next one; a payment it may have made all the same has no page that
    anybody saw, and the comparison of lists finds it.
    """
    till, tried = Till(books, providers, shop, token, wish, now, new_key, queue), Tried()
    for _ in range(MOST_STEPS):
        step = settle(books, lambda: _plan(till, tried))
        if step.in_the_way:
            if is_paid(till, step.attempt):
                return Started(paid=True)
            tried.cleared.add(step.attempt.id)
        elif url := step.attempt.checkout_url or checkout(till, step, tried):
            return Started(url)
    raise Unavailable("too_busy", "Others are paying on this link at this moment; try again.")


def _plan(till: Till, tried: Tried) -> tuple[Changes, Step]:
    link = by_token(till.books, till.token, till.now)
    invoices = invoices_of(till.books, link)
    if standing(link, invoices) is Standing.STOPPED:
        raise closed()
    amount = chosen(link, payable(link, invoices), till.wish)
    way = way_chosen(till.shop.methods(link.org), amount, till.wish.method)
    current = _current(till.books, link)
    if current and _reusable(current, link, amount, way, till.now, tried):
        return Changes(), Step(current, link, invoices)
    if current and current.state is AttemptState.OPEN and current.id not in tried.cleared:
        return Changes(), Step(current, link, invoices, in_the_way=True)
    attempt = PaymentAttempt(
        link.org, link.debtor, new_id("att", till.now), link.id,
        _provider(till, link.org, way, amount, tried), till.new_key(), amount,
        AttemptState.CREATED, till.now, till.now + timedelta(minutes=SWEEP_AFTER_MINUTES),
        token_hash=link.token_hash, methods=way,
    )  # fmt: skip
    tried.made.add(attempt.id)
    name = Reference(link.org, "attempt", attempt.id, link.debtor, attempt.id)
    changes = Changes(create=(attempt, name), update=(replace(link, attempt_id=attempt.id),))
    return changes, Step(replace(attempt, version=1), link, invoices)


def _current(books: Books, link: PaymentLink) -> PaymentAttempt | None:
    if link.attempt_id is None:
        return None
    return books.find(PaymentAttempt, link.org, link.debtor, link.attempt_id)


def _reusable(
    attempt: PaymentAttempt,
    link: PaymentLink,
    amount: Money,
    way: tuple[str, ...],
    now: datetime,
    tried: Tried,
) -> bool:
    """An unfinished attempt for the same amount, in the same way, from the same address: the one
    that never reached its provider, or one whose checkout stays open long enough to be used."""
    same = attempt.amount == amount and attempt.token_hash in ("", link.token_hash)
    if attempt.state in FINAL_ATTEMPTS or not same or attempt.methods not in ((), way):
        return False
    if attempt.state is AttemptState.CREATED:
        late = attempt.created_at + timedelta(minutes=SWEEP_AFTER_MINUTES) <= now
        return not late and attempt.provider not in tried.down
    return attempt.expires_at is None or attempt.expires_at > now + STILL_USABLE


def _provider(till: Till, org: str, way: tuple[str, ...], amount: Money, tried: Tried) -> str:
    """The organisation's best provider that answers and takes this amount this way."""
    for name in till.providers.choices(org):
        if name not in tried.down and usable(name, way, amount):
            return name
    for error in tried.down.values():
        raise error
    raise Refused("no_provider", f"No provider of {org} takes {amount} with {', '.join(way)}.")


def attempt_of(books: Books, org: str, id: str) -> PaymentAttempt | None:
    name = books.lookup(org, "attempt", id)
    return books.find(PaymentAttempt, org, name.debtor, id) if name else None
