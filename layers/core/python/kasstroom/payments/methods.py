"""Ways to pay, as data: what each guarantees, and where the providers differ.

A method we do not know is valid, because providers add them without asking, and is not taken for
guaranteed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kasstroom.money import EUR, Money

_HOUR, _DAY = 60, 24 * 60


@dataclass(frozen=True, slots=True)
class PaymentMethod:
    """`guaranteed`: once paid, the payer or the bank cannot take it back. `chargeback_days`: so
    long it can be taken back, at the longest. `refund_days`: so long we can give it back through
    the provider; None when the provider does not say. `largest_minor`: None without a limit.
    `currencies`: empty for any. `session_minutes`: so long a payer has before the provider ends
    the payment; None when unknown."""

    name: str
    guaranteed: bool
    chargeback_days: int = 0
    refund_days: int | None = 365
    largest_minor: int | None = None
    currencies: tuple[str, ...] = (EUR,)
    session_minutes: int | None = None

    def takes(self, amount: Money) -> bool:
        """Whether an amount (above zero) can be paid this way."""
        if self.currencies and amount.currency not in self.currencies:
            return False
        return amount.minor > 0 and (
            self.largest_minor is None or amount.minor <= self.largest_minor
        )


LONGEST_CHARGEBACK_DAYS = 540
"""Wero for travel, rental and tickets; the most we know of."""

LONGEST_SESSION_DAYS = 14
"""Of a bank transfer: twelve days, and two for the bank."""

_METHODS = {
    method.name: method
    for method in (
        PaymentMethod("ideal", True, largest_minor=5_000_000, session_minutes=15),
        # Not guaranteed at Mollie: disputes up to 120 days.
        PaymentMethod("wero", False, 120, refund_days=None, session_minutes=15),
        PaymentMethod("bancontact", True, largest_minor=5_000_000, session_minutes=_HOUR),
        PaymentMethod("kbc", True, largest_minor=5_000_000, session_minutes=_HOUR),
        PaymentMethod("belfius", True, largest_minor=5_000_000, session_minutes=_HOUR),
        PaymentMethod("banktransfer", True, session_minutes=LONGEST_SESSION_DAYS * _DAY),
        # 8 weeks without a reason, 13 months when it was not authorised (SEPA CORE rulebook).
        PaymentMethod("directdebit", False, 395, refund_days=180),
        PaymentMethod("creditcard", False, 120, currencies=(), session_minutes=30),
        PaymentMethod(
            "paypal", False, 180, refund_days=180, currencies=(), session_minutes=3 * _HOUR
        ),
    )
}

METHODS = tuple(_METHODS)
"""The names we know; a payment may come in by another."""

_AT_STRIPE = {
    # The window of iDEAL refunds at Stripe is not established: the shorter one known.
    "ideal": {"refund_days": 180, "session_minutes": 30},
    # Stripe knows no disputes of Wero.
    "wero": {"guaranteed": True, "chargeback_days": 0, "session_minutes": 30},
    "bancontact": {"refund_days": 180, "session_minutes": 30},
    "creditcard": {"session_minutes": 30},
}
_DIFFERENT = {("stripe", name): changes for name, changes in _AT_STRIPE.items()}

_OWN_NAMES = {
    "stripe": {
        "creditcard": "card",
        "directdebit": "sepa_debit",
        "banktransfer": "customer_balance",
    }
}
"""What a provider calls a method, where that is not our name (which is Mollie's)."""


def method(provider: str, name: str) -> PaymentMethod:
    """The facts of a method at a provider, by our name or by the provider's own."""
    ours = our_name(provider, name)
    known = _METHODS.get(ours)
    if known is None:
        return PaymentMethod(ours, False, LONGEST_CHARGEBACK_DAYS, None, None, ())
    return replace(known, **_DIFFERENT.get((provider, ours), {}))


def longest_session(provider: str, names: Iterable[str]) -> int:
    """Minutes a payer may take with the slowest of these methods, as far as that is known."""
    return max((method(provider, name).session_minutes or 0 for name in names), default=0)


def our_name(provider: str, name: str) -> str:
    own = _OWN_NAMES.get(provider, {})
    return next((ours for ours, theirs in own.items() if theirs == name), name)


def own_names(provider: str, names: Iterable[str]) -> tuple[str, ...]:
    """What to call our methods at a provider; a `PaymentOrder` wants these."""
    own = _OWN_NAMES.get(provider, {})
    return tuple(own.get(name, name) for name in names)


def usable(provider: str, names: Iterable[str], amount: Money) -> tuple[str, ...]:
    """Of our methods, in their order, those that take the amount at this provider."""
    return tuple(name for name in names if method(provider, name).takes(amount))
