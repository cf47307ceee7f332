"""Mollie's errors by what to do about them; none of their texts, which can quote the key."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from mollie.api.error import (
    NotFoundError,
    RequestError,
    RequestSetupError,
    ResponseError,
    ResponseHandlingError,
)

from kasstroom.errors import NotFound, Refused, Unavailable

_TRY_AGAIN = frozenset({409, 429, 500, 502, 503, 504})
_NOT_US = frozenset({401, 403})
_OTHER_KEY = "Mollie does not accept our key for this; set a valid one."


@contextlib.contextmanager
def answers() -> Iterator[None]:
    """Around every call of the SDK and the reading of what it gave."""
    try:
        yield
    except NotFoundError:
        raise NotFound("payment_not_found", "Mollie does not know this payment.") from None
    except RequestSetupError:
        raise Unavailable("provider_credentials", _OTHER_KEY) from None
    except RequestError:
        raise Unavailable("provider_unavailable", "Mollie does not answer.") from None
    except (ResponseHandlingError, KeyError, TypeError, ValueError, ArithmeticError):
        raise Unavailable("provider_unreadable", "Mollie answered in an unknown form.") from None
    except ResponseError as error:
        raise _refusal(error.status, error.field) from None


def _refusal(status: int, field: str | None) -> Refused | Unavailable:
    if status in _TRY_AGAIN:
        return Unavailable("provider_unavailable", f"Mollie is busy (status {status}).")
    if status in _NOT_US:
        # Kept in the queue: with a right key it can be done after all.
        return Unavailable("provider_credentials", _OTHER_KEY)
    detail = f"Mollie refused the request (status {status}, field {field})."
    return Refused("provider_refused", detail)
