"""Stripe's errors by what to do about them; none of their texts, which can quote the key."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import stripe

from kasstroom.errors import NotFound, Refused, Unavailable

_TRY_AGAIN = frozenset({409, 429, 500, 502, 503, 504})
_NOT_US = frozenset({401, 403})


@contextlib.contextmanager
def answers() -> Iterator[None]:
    """Around every call of the SDK and the reading of what it gave."""
    try:
        yield
    except stripe.StripeError as error:
        raise _refusal(error) from None
    except (KeyError, TypeError, ValueError, ArithmeticError):
        raise Unavailable("provider_unreadable", "Stripe answered in an unknown form.") from None


def _refusal(error: stripe.StripeError) -> NotFound | Refused | Unavailable:
    status, param = error.http_status, getattr(error, "param", None)
    if status == 404 or error.code == "resource_missing":
        return NotFound("payment_not_found", "Stripe does not know this payment.")
    if status in _NOT_US:
        # Kept in the queue: with a right key it can be done after all.
        detail = "Stripe does not accept our key for this; set a valid one."
        return Unavailable("provider_credentials", detail)
    if status is None:
        return Unavailable("provider_unavailable", "Stripe does not answer.")
    if status in _TRY_AGAIN or status < 400 or isinstance(error, stripe.RateLimitError):
        return Unavailable("provider_unavailable", f"Stripe is busy (status {status}).")
    code = error.code or "none"
    detail = f"Stripe refused the request (status {status}, code {code}, field {param})."
    return Refused("provider_refused", detail)
