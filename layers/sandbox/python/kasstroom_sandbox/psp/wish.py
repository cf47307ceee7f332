"""Checks what somebody asks the provider, as strictly as Mollie does."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from kasstroom_sandbox.psp.errors import wrong
from kasstroom_sandbox.targets import allowed_target

METHODS = frozenset(
    "applepay bancontact banktransfer belfius billie creditcard directdebit eps giftcard ideal "
    "in3 kbc klarna mybank paypal paysafecard przelewy24 riverty satispay trustly twint "
    "voucher wero".split()
)
_AMOUNT = re.compile(r"\d{1,9}\.\d{2}", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_LOCALE = re.compile(r"[a-z]{2}_[A-Z]{2}", re.ASCII)
HIGHEST_IDEAL = Decimal("50000.00")
MAX_METADATA_BYTES = 1024


def check_payment(wish: dict[str, Any], sandbox_url: str) -> None:
    """Raises a 422 that names the first field that is wrong."""
    check_amount(wish.get("amount"))
    description = wish.get("description")
    if not isinstance(description, str) or not description.strip():
        raise wrong("description", "The description is missing.")
    if len(description) > 255:
        raise wrong("description", "The description is longer than 255 characters.")
    _check_url("redirectUrl", wish.get("redirectUrl"), required=True)
    _check_url("cancelUrl", wish.get("cancelUrl"))
    _check_url("webhookUrl", wish.get("webhookUrl"))
    _check_reachable(wish.get("webhookUrl"), sandbox_url)
    _check_method(wish.get("method"), wish["amount"])
    _check_extras(wish)


def check_amount(amount: Any) -> None:
    """`{"currency": "EUR", "value": "10.00"}`: a string with exactly two decimals, above zero."""
    if not isinstance(amount, dict):
        raise wrong("amount", "The amount is missing or is not an object.")
    currency, value = amount.get("currency"), amount.get("value")
    if not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
        raise wrong("amount.currency", "The currency is not an ISO 4217 code.")
    if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
        raise wrong("amount.value", "The value is not a string with two decimals, like 10.00.")
    if Decimal(value) <= 0:
        raise wrong("amount", "The amount is lower than the minimum of 0.01.")


def _check_url(field: str, url: Any, required: bool = False) -> None:
    if url is None and not required:
        return
    try:
        parts = urlsplit(url) if isinstance(url, str) and len(url) <= 2048 else None
    except ValueError:
        parts = None
    clean = isinstance(url, str) and url.isascii() and url.isprintable() and " " not in url
    if not parts or not clean or parts.scheme not in ("http", "https") or not parts.hostname:
        raise wrong(field, f"The {field} is missing or is not an http(s) address.")


def _check_reachable(url: str | None, sandbox_url: str) -> None:
    if url and not allowed_target(url, sandbox_url):
        raise wrong("webhookUrl", "The webhook URL cannot be reached from here: use this machine.")


def _check_method(method: Any, amount: dict[str, str]) -> None:
    methods = method if isinstance(method, list) else [method] if method is not None else []
    if not all(isinstance(one, str) and one in METHODS for one in methods):
        raise wrong("method", "The payment method is not known.")
    if methods == ["ideal"] and amount["currency"] != "EUR":
        raise wrong("amount.currency", "iDEAL takes EUR only.")
    if methods == ["ideal"] and Decimal(amount["value"]) > HIGHEST_IDEAL:
        raise wrong("amount", f"The amount is higher than the maximum of {HIGHEST_IDEAL}.")


def _check_extras(wish: dict[str, Any]) -> None:
    locale = wish.get("locale")
    if locale is not None and not (isinstance(locale, str) and _LOCALE.fullmatch(locale)):
        raise wrong("locale", "The locale is not one like nl_NL or en_US.")
    if wish.get("sequenceType", "oneoff") not in ("oneoff", "first"):
        raise wrong("sequenceType", "The sandbox takes oneoff and first.")
    if len(json.dumps(wish.get("metadata"))) > MAX_METADATA_BYTES:
        raise wrong("metadata", f"The metadata is longer than {MAX_METADATA_BYTES} bytes.")
