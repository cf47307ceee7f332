"""Checks what somebody asks Stripe, as strictly as Stripe does."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from kasstroom_sandbox.stripe.errors import stripe_error, wrong

METHODS = frozenset(
    "alma bancontact billie blik card customer_balance eps ideal klarna link mb_way multibanco "
    "p24 paypal revolut_pay satispay sepa_debit swish twint wero".split()
)
_METHODS = "allowed_payment_method_types"
KNOWN = frozenset(
    "mode allowed_payment_method_types line_items success_url cancel_url client_reference_id "
    "metadata payment_intent_data expires_at locale expand customer_email".split()
)
_EURO_ONLY = frozenset({"ideal", "bancontact", "wero", "sepa_debit"})
KNOWN_OF_REFUND = frozenset({"payment_intent", "charge", "amount", "metadata", "reason"})
HIGHEST_IDEAL_MINOR = 5_000_000
SHORTEST_SECONDS, LONGEST_SECONDS = 30 * 60, 24 * 3600
_SLACK_SECONDS = 5


def check_session(wish: dict[str, Any], now: int) -> None:
    """Raises a 400 that names the first parameter that is wrong."""
    check_known(wish, KNOWN)
    if wish.get("mode") != "payment":
        raise wrong("mode", "The sandbox takes payment mode only.")
    price = _price(wish.get("line_items"))
    _check_url("success_url", wish.get("success_url"), required=True)
    _check_url("cancel_url", wish.get("cancel_url"))
    _check_methods(wish.get("allowed_payment_method_types"), price)
    check_metadata("metadata", wish.get("metadata"))
    intent = wish.get("payment_intent_data") or {}
    if not isinstance(intent, dict):
        raise wrong("payment_intent_data", "Invalid object")
    check_metadata("payment_intent_data[metadata]", intent.get("metadata"))
    _check_expiry(wish.get("expires_at"), now)
    if len(str(wish.get("client_reference_id") or "")) > 200:
        raise wrong("client_reference_id", "Longer than 200 characters")


def check_known(wish: dict[str, Any], known: frozenset[str]) -> None:
    for name in wish.keys() - known:
        message = f"Received unknown parameter: {name[:60]}"
        raise stripe_error(400, message, code="parameter_unknown", param=name[:60])


def check_metadata(name: str, value: Any) -> None:
    if value in (None, ""):
        return
    fits = isinstance(value, dict) and len(value) <= 50
    if not fits or not all(isinstance(v, str) and len(v) <= 500 for v in value.values()):
        raise wrong(name, "Metadata has at most 50 texts of 500 characters")


def _price(items: Any) -> dict[str, Any]:
    if not isinstance(items, list) or len(items) != 1 or not isinstance(items[0], dict):
        raise wrong("line_items", "The sandbox takes exactly one line item.")
    price = items[0].get("price_data")
    if not isinstance(price, dict):
        raise wrong("line_items[0][price_data]", "Missing required param")
    currency, amount = price.get("currency"), price.get("unit_amount")
    if not isinstance(currency, str) or len(currency) != 3 or currency != currency.lower():
        raise wrong("line_items[0][price_data][currency]", "Invalid currency")
    digits = isinstance(amount, str) and amount.isascii() and amount.isdigit()
    if not digits or not 0 < int(amount[:12]) <= 99_999_999:
        raise wrong("line_items[0][price_data][unit_amount]", "Invalid positive integer")
    product = price.get("product_data")
    if not isinstance(product, dict) or not isinstance(product.get("name"), str):
        raise wrong("line_items[0][price_data][product_data][name]", "Missing required param")
    if not product["name"]:
        raise wrong("line_items[0][price_data][product_data][name]", "Empty string")
    return price


def _check_url(name: str, url: Any, required: bool = False) -> None:
    if url is None and not required:
        return
    try:
        parts = urlsplit(url) if isinstance(url, str) and len(url) <= 5000 else None
    except ValueError:
        parts = None
    if not parts or parts.scheme not in ("http", "https") or not parts.hostname:
        raise wrong(name, "Not a valid URL")


def _check_methods(methods: Any, price: dict[str, Any]) -> None:
    if methods is None:
        return
    if not isinstance(methods, list) or not methods:
        raise wrong(_METHODS, "Invalid array")
    for number, method in enumerate(methods):
        if method not in METHODS:
            raise wrong(f"{_METHODS}[{number}]", "Not a payment method")
        if method in _EURO_ONLY and price["currency"] != "eur":
            raise wrong("line_items", f"{method} takes eur only")
    if methods == ["ideal"] and int(price["unit_amount"]) > HIGHEST_IDEAL_MINOR:
        message = "The amount is more than iDEAL takes."
        raise stripe_error(400, message, code="amount_too_large", param="line_items")


def _check_expiry(given: Any, now: int) -> None:
    if given is None:
        return
    if not isinstance(given, str) or not given.isascii() or not given.isdigit() or len(given) > 12:
        raise wrong("expires_at", "Invalid timestamp")
    life = int(given) - now
    if not SHORTEST_SECONDS - _SLACK_SECONDS <= life <= LONGEST_SECONDS + _SLACK_SECONDS:
        raise wrong("expires_at", "It must be between 30 minutes and 24 hours from now.")
