"""From the payer's click to the provider's page: one open attempt per link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes, Reference
from kasstroom.errors import Refused
from kasstroom.ids import new_id
from kasstroom.invoices.model import Invoice
from kasstroom.money import EUR, Money
from kasstroom.payments.links import by_token
from kasstroom.payments.model import (
    FINAL_ATTEMPTS,
    AttemptState,
    PaymentAttempt,
    PaymentLink,
    ProviderPayment,
)
from kasstroom.payments.ports import PaymentOrder, PaymentProvider
from kasstroom.payments.shop import Shop
from kasstroom.ports import Books
from kasstroom.settle import settle

SWEEP_AFTER_MINUTES = 20
"""iDEAL at Mollie expires after 15 minutes; a lost webhook is found right after."""
STILL_USABLE = timedelta(minutes=2)
LARGEST_IDEAL_MINOR = 5_000_000


@dataclass(frozen=True, slots=True)
class _Plan:
    """The attempt to send the payer to, and the one it replaces at the provider."""

    attempt: PaymentAttempt
    invoices: tuple[Invoice, ...]
    link: PaymentLink
    replaces: str = ""


def invoices_of(books: Books, link: PaymentLink) -> tuple[Invoice, ...]:
    found = (books.find(Invoice, link.org, link.debtor, number) for number in link.invoices)
    return tuple(invoice for invoice in found if invoice)


def open_total(invoices: tuple[Invoice, ...]) -> Money:
    """What is still to be paid on a link: invoices netted with credit notes, never below zero."""
    currency = invoices[0].open.currency if invoices else EUR
    return Money(max(0, sum(invoice.open.minor for invoice in invoices)), currency)


def start(
    books: Books,
    provider_of: Callable[[str], PaymentProvider],
    shop: Shop,
    token: str,
    *,
    now: datetime,
    new_key: Callable[[], str],
) -> str:
    """The checkout address to send the payer to.

    The attempt is stored before the provider is called, so that a crash or time-out in between is
    retried with the same idempotency key and can never make two payments.
    """
    planned = settle(books, lambda: _plan(books, shop, provider_of, token, now, new_key))
    attempt = planned.attempt
    if attempt.checkout_url:
        return attempt.checkout_url
    provider = provider_of(attempt.org)
    if planned.replaces:
        provider.cancel(planned.replaces)
    payment = provider.create(_order(planned, shop, token))
    if not shop.checkout_allowed(payment.checkout_url):
        raise Refused("checkout_not_allowed", "The provider sent a checkout address we do not use.")
    settle(books, lambda: opened(books, attempt, payment))
    return payment.checkout_url


def _plan(
    books: Books,
    shop: Shop,
    provider_of: Callable[[str], PaymentProvider],
    token: str,
    now: datetime,
    new_key: Callable[[], str],
) -> tuple[Changes, _Plan]:
    link = by_token(books, token, now)
    invoices = invoices_of(books, link)
    amount = open_total(invoices)
    if not amount:
        raise Refused("nothing_open", "There is nothing left to pay on this link.")
    if amount.currency != EUR or amount.minor > LARGEST_IDEAL_MINOR:
        raise Refused("not_with_ideal", "This amount cannot be paid with iDEAL; transfer it.")
    current = _current(books, link)
    if current and _reusable(current, amount, now):
        return Changes(), _Plan(current, invoices, link)
    attempt = PaymentAttempt(
        link.org, link.debtor, new_id("att", now), link.id, provider_of(link.org).name, new_key(),
        amount, AttemptState.CREATED, now, now + timedelta(minutes=SWEEP_AFTER_MINUTES),
    )  # fmt: skip
    name = Reference(link.org, "attempt", attempt.id, link.debtor, attempt.id)
    changes = Changes(create=(attempt, name), update=(replace(link, attempt_id=attempt.id),))
    replaces = current.provider_id if current and current.state is AttemptState.OPEN else ""
    return changes, _Plan(replace(attempt, version=1), invoices, link, replaces)


def _current(books: Books, link: PaymentLink) -> PaymentAttempt | None:
    if link.attempt_id is None:
        return None
    return books.find(PaymentAttempt, link.org, link.debtor, link.attempt_id)


def _reusable(attempt: PaymentAttempt, amount: Money, now: datetime) -> bool:
    """An unfinished attempt for the same amount: the one that never reached the provider, or one
    whose checkout stays open long enough to be used."""
    if attempt.state in FINAL_ATTEMPTS or attempt.amount != amount:
        return False
    if attempt.state is AttemptState.CREATED:
        return attempt.sweep_at > now
    return attempt.expires_at is None or attempt.expires_at > now + STILL_USABLE


def _order(planned: _Plan, shop: Shop, token: str) -> PaymentOrder:
    attempt, link = planned.attempt, planned.link
    numbers = [invoice.number for invoice in planned.invoices if invoice.open.minor > 0]
    text = ", ".join(numbers[:3]) + (f" +{len(numbers) - 3}" if len(numbers) > 3 else "")
    return PaymentOrder(
        attempt.id, link.org, attempt.amount, f"{shop.creditor(link.org)} {text}"[:140],
        shop.return_url(token), shop.webhook_url(attempt), link.language, attempt.idempotency_key,
    )  # fmt: skip


def opened(
    books: Books, attempt: PaymentAttempt, payment: ProviderPayment
) -> tuple[Changes, PaymentAttempt]:
    """Writes down what the provider made of the attempt; a webhook may have been faster."""
    current = books.get(PaymentAttempt, attempt.org, attempt.debtor, attempt.id)
    if current.state is not AttemptState.CREATED:
        return Changes(), current
    after = replace(
        current,
        state=AttemptState.OPEN,
        provider_id=payment.id,
        checkout_url=payment.checkout_url,
        expires_at=payment.expires_at,
    )
    return Changes(update=(after,)), after


def attempt_of(books: Books, org: str, id: str) -> PaymentAttempt | None:
    name = books.lookup(org, "attempt", id)
    return books.find(PaymentAttempt, org, name.debtor, id) if name else None
