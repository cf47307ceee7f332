"""What is said to a provider on the way to its page, and what is written down of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from kasstroom.changes import Changes
from kasstroom.errors import NotFound, Refused, Unavailable
from kasstroom.invoices.model import Invoice
from kasstroom.payments.links import bare
from kasstroom.payments.methods import own_names, usable
from kasstroom.payments.model import (
    FINAL_ATTEMPTS,
    AttemptState,
    PaymentAttempt,
    PaymentLink,
)
from kasstroom.payments.payable import Wish
from kasstroom.payments.ports import PaymentOrder, PaymentQueue
from kasstroom.payments.reported import (
    ProviderPayment,
)
from kasstroom.payments.shop import Providers, Shop
from kasstroom.ports import Books
from kasstroom.settle import settle

SESSION = timedelta(minutes=60)
"""For a provider that wants to be told; on the last retry it is still 40 minutes ahead."""
PATIENCE = timedelta(seconds=15)
"""So long another tab may be busy with the attempt it made; older, its process has ended."""


@dataclass(frozen=True, slots=True)
class Till:
    """What one press of the button works with."""

    books: Books
    providers: Providers
    shop: Shop
    token: str
    wish: Wish
    now: datetime
    new_key: Callable[[], str]
    queue: PaymentQueue | None


@dataclass(slots=True)
class Tried:
    """What this one press did so far."""

    made: set[str] = field(default_factory=set)
    cleared: set[str] = field(default_factory=set)
    down: dict[str, Unavailable] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """The attempt to send the payer to, or one that is `in_the_way` of a new one."""

    attempt: PaymentAttempt
    link: PaymentLink
    invoices: tuple[Invoice, ...]
    in_the_way: bool = False


def is_paid(till: Till, previous: PaymentAttempt) -> bool:
    """Asks its provider, and cancels what is not paid. Unavailable while the payer can still have
    its page open and the provider does not say."""
    over = previous.expires_at is not None and previous.expires_at <= till.now
    try:
        provider = till.providers(previous.org, previous.provider)
        payment = provider.fetch(previous.provider_id)
        if payment.state is AttemptState.PAID:
            _ask_to_book(till, previous)
            return True
        if payment.state not in FINAL_ATTEMPTS:
            provider.cancel(previous.provider_id)
    except Unavailable:
        if not over:
            raise
    except (NotFound, Refused):
        return False  # Another mode, or credentials that are gone: nobody can pay it there.
    return False


def _ask_to_book(till: Till, paid: PaymentAttempt) -> None:
    """Nothing is booked here: the worker does, as for a webhook. Without a queue a sweep does."""
    if till.queue:
        till.queue.put(paid.org, paid.id, paid.provider_id, paid.provider)


def checkout(till: Till, step: Step, tried: Tried) -> str:
    """The address at the provider; empty when there is another step to take."""
    attempt = step.attempt
    provider = till.providers(attempt.org, attempt.provider)
    try:
        payment = provider.create(_order(till, step))
    except Unavailable as error:
        return _after_silence(till, attempt, tried, error)
    if not till.shop.checkout_allowed(payment.checkout_url):
        raise Refused("checkout_not_allowed", "The provider sent a checkout address we do not use.")
    if settle(till.books, lambda: opened(till.books, attempt, payment)):
        return payment.checkout_url
    provider.cancel(payment.id)
    return ""


def _after_silence(till: Till, attempt: PaymentAttempt, tried: Tried, error: Unavailable) -> str:
    """Another tab may have got through with the same attempt, or be busy with it."""
    fresh = till.books.get(PaymentAttempt, attempt.org, attempt.debtor, attempt.id)
    if fresh.checkout_url:
        return fresh.checkout_url
    if attempt.id not in tried.made and till.now < attempt.created_at + PATIENCE:
        raise error
    tried.down[attempt.provider] = error
    return ""


def _order(till: Till, step: Step) -> PaymentOrder:
    attempt, link, shop = step.attempt, step.link, till.shop
    numbers = [invoice.number for invoice in step.invoices if invoice.payable.minor > 0]
    text = ", ".join(numbers[:3]) + (f" +{len(numbers) - 3}" if len(numbers) > 3 else "")
    methods = usable(attempt.provider, attempt.methods or ("ideal",), attempt.amount)
    return PaymentOrder(
        attempt.id, link.org, attempt.amount, f"{shop.creditor(link.org)} {text}"[:140],
        shop.return_url(bare(till.token)), shop.webhook_url(attempt), link.language,
        attempt.idempotency_key, own_names(attempt.provider, methods),
        attempt.created_at + SESSION,
    )  # fmt: skip


def opened(books: Books, attempt: PaymentAttempt, payment: ProviderPayment) -> tuple[Changes, bool]:
    """Writes down what the provider made of the attempt; a webhook may have been faster. False when
    another attempt took its place meanwhile: its page must not be shown."""
    current = books.get(PaymentAttempt, attempt.org, attempt.debtor, attempt.id)
    link = books.get(PaymentLink, attempt.org, attempt.debtor, attempt.link_id)
    in_place = link.attempt_id == attempt.id
    if current.state is not AttemptState.CREATED:
        return Changes(), in_place
    after = replace(
        current,
        state=AttemptState.OPEN,
        provider_id=payment.id,
        checkout_url=payment.checkout_url if in_place else "",
        expires_at=payment.expires_at,
    )
    return Changes(update=(after,), check=(link,)), in_place
